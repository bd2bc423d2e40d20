/** Bytes from our own origin, bounded while they arrive. No other host is ever asked. */

/** Bounds of TRUST section 11. */
export const CONTAINER_LIMIT = 4 * 1024 * 1024;
export const ROOT_LIMIT = 64 * 1024;

/** Reads a path of our own origin. Rejects when the network is off, the answer is not 200, or it is over the limit. */
export async function bytesOf(path: string, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const found = await partOf(path, limit);
  if (found === null) throw new Error("answer 404");
  return found;
}

/** The same; null where there is nothing under that path. */
export async function partOf(path: string, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await fetch(path, { cache: "no-cache", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" });
  if (answer.status === 404) return null;
  if (answer.status !== 200) throw new Error(`answer ${answer.status}`);
  return bodyOf(answer, limit);
}

/** The whole body of an answer. Rejects over the limit, before more is taken in. */
export async function bodyOf({ body }: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) throw new Error("an answer without a body");
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
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
