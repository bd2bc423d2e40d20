/**
 * The console's way to its server: our own origin, the session's cookie, our header on each request (TRUST section 10), the
 * language in use. What is refused becomes a Refusal with the server's own sentence.
 */
import createClient, { type Client } from "openapi-fetch";

import { Refusal } from "../../stories/issuer/ports.ts";
import type { paths } from "../../words/api.d.ts";

type Asked<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

export class Console {
  readonly client: Client<paths>;
  /** When the last answer came: the session's idle time begins anew with it. */
  answered = 0;
  readonly #ended = new Set<() => void>();

  constructor(origin: string) {
    this.client = createClient<paths>({ baseUrl: origin, credentials: "same-origin", referrerPolicy: "no-referrer", cache: "no-store", headers: { "X-Puente": "1" } });
    this.client.use({ onRequest: ({ request }) => { request.headers.set("Accept-Language", document.documentElement.lang); } });
  }

  /** The answer of a request that is answered with something. */
  async ask<T>(asked: Asked<T>): Promise<T> {
    const data = await this.#answer(asked);
    if (data === undefined) throw new Refusal("internal");
    return data;
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
    this.answered = Date.now();
    if (response.ok) return data;
    const { code, title } = problemOf(error);
    if (code === "not_signed_in") this.#ended.forEach((ended) => ended());
    throw new Refusal(code, title);
  }
}

/** A problem document, or whatever a machine on the way answered instead. */
function problemOf(error: unknown): { readonly code: string; readonly title: string | null } {
  const { code, title } = (typeof error === "object" && error !== null ? error : {}) as { readonly code?: unknown; readonly title?: unknown };
  return typeof code === "string" ? { code, title: typeof title === "string" ? title : null } : { code: "offline", title: null };
}
