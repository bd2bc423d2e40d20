/**
 * The console's way to its server: our own origin, the session's cookie, our header on each request (TRUST section 10), the
 * language in use. What is refused becomes a Refusal with the server's own sentence.
 */
import createClient, { type Client } from "openapi-fetch";

import { Refusal } from "../../stories/issuer/ports.ts";
import type { paths } from "../../words/api.d.ts";
import { codeOf, pointerOf, sentenceOf } from "../shapes.ts";

type Asked<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

const MARK = "X-Puente";
/** Of what the page asks by itself: nobody is known to sit before it, and no session stays awake for it. */
export const QUIETLY = { headers: { [MARK]: "quiet" } } as const;

export class Console {
  readonly client: Client<paths>;
  /** When the last answer to her own asking came: the session's idle time begins anew with it. */
  answered = 0;
  readonly #ended = new Set<() => void>();

  constructor(origin: string) {
    this.client = createClient<paths>({ baseUrl: origin, credentials: "same-origin", referrerPolicy: "no-referrer", cache: "no-store", headers: { [MARK]: "1" } });
    this.client.use({
      onRequest: ({ request }) => { request.headers.set("Accept-Language", document.documentElement.lang); },
      onResponse: ({ request }) => { if (request.headers.get(MARK) !== "quiet") this.answered = Date.now(); },
    });
  }

  /** The answer of a request that is answered with something. */
  async ask<T>(asked: Asked<T>): Promise<T> {
    const data = await this.#answer(asked);
    if (data === undefined) throw new Refusal("internal");
    return data;
  }

  /** The answer of one that may be answered with nothing: null then. */
  async maybe<T>(asked: Asked<T>): Promise<T | null> {
    return (await this.#answer(asked)) ?? null;
  }

  /** A request that is answered with nothing. */
  async tell(asked: Asked<unknown>): Promise<void> {
    await this.#answer(asked);
  }

  onEnded(ended: () => void): () => void {
    this.#ended.add(ended);
    return () => void this.#ended.delete(ended);
  }

  async #answer<T>(asked: Asked<T>): Promise<T | undefined> {
    const { data, error, response } = await asked.catch(() => {
      throw new Refusal("offline");
    });
    if (response.ok) return data;
    const code = codeOf(error); // a problem document, or whatever a machine on the way answered instead
    if (code === "") throw new Refusal("offline");
    if (code === "not_signed_in") this.#ended.forEach((ended) => ended());
    throw new Refusal(code, sentenceOf(error), pointerOf(error));
  }
}
