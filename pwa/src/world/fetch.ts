/** Bytes from our own origin, bounded while they arrive. No other host is ever asked. */
import { Refused } from "../kernel/refused.ts";

/** Bounds of TRUST section 11. */
export const CONTAINER_LIMIT = 4 * 1024 * 1024;
export const ROOT_LIMIT = 64 * 1024;

/** A request ends when nothing came for so long, and in any case after the second: a network may take it and never answer. */
export const SILENT_MS = 10_000;
export const WHOLE_MS = 120_000;

/** A page came where a file was asked for: this network answers by itself until somebody signs in to it. */
export class ForeignPage extends Error {}
/** 511 is RFC 6585's own for it; a page with any other status may be our own service's, that failed. */
const SIGN_IN: ReadonlySet<number> = new Set([200, 511]);

/** Reads a path of our own origin. Rejects when the network is off or silent, the answer is not 200, or it is over the limit. */
export async function bytesOf(path: string, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const found = await partOf(path, limit);
  if (found === null) throw new Error("answer 404");
  return found;
}

/** The same; null where there is nothing under that path. */
export async function partOf(path: string, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const whole = setTimeout(end, WHOLE_MS);
  let silence = setTimeout(end, SILENT_MS);
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(end, SILENT_MS);
  };
  try {
    const answer = await fetch(path, { cache: "no-cache", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", signal: ending.signal });
    if (answer.status === 404) return null;
    const page = /^text\/html\b/i.test(answer.headers.get("Content-Type") ?? "");
    if (page && SIGN_IN.has(answer.status)) throw new ForeignPage(`a page with ${answer.status}`);
    if (answer.status !== 200) throw new Error(`answer ${answer.status}`);
    return await bodyOf(answer, limit, heard);
  } finally {
    clearTimeout(whole);
    clearTimeout(silence);
  }
}

/** How long an answer is waited for, its body too: longer than a slow network takes, shorter than a person does. */
const PATIENCE = 30_000;
/** What our service answers with; anything else was answered by somebody in between. */
const OURS = /^application\/((problem\+)?json|octet-stream)\b/;
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Asks our service, without cookies; the answer is whole, in time and within the limit. Refuses `network_unavailable`: nobody
 * answered, or not in time, or too much, or somebody else did.
 */
export async function ask(request: Request, limit: number): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(request, { credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", cache: "no-store", signal });
    const { status, headers } = answer;
    if (answer.body === null || NO_BODY.has(status)) return new Response(null, { status, headers });
    if (!OURS.test(headers.get("Content-Type") ?? "")) throw new Error("not the service");
    return new Response(await bodyOf(answer, limit), { status, headers });
  } catch {
    throw new Refused("network_unavailable", "the service did not answer");
  }
}

/** The whole body of an answer. Rejects over the limit, before more is taken in; `heard` is called at each part of it. */
export async function bodyOf({ body }: Response, limit: number, heard: () => void = () => undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) throw new Error("an answer without a body");
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    heard();
    size += part.value.length;
    if (size > limit) {
      await reader.cancel();
      throw new Error("the answer is larger than allowed");
    }
    chunks.push(part.value);
  }
  const whole = new Uint8Array(size);
  let place = 0;
  for (const chunk of chunks) {
    whole.set(chunk, place);
    place += chunk.length;
  }
  return whole;
}
