/** POST to our own origin (the kernel's `Post`). What the answer means is the kernel's to say. */
import { PICKUP_JSON } from "../kernel/bounds.ts";
import type { Post } from "../kernel/ports.ts";
import { ask } from "./fetch.ts";

/** Refuses `network_unavailable`. */
export const post: Post = async (path, body, mediaType) => {
  const headers = { "Content-Type": mediaType, Accept: "application/json, application/problem+json" };
  const answer = await ask(new Request(path, { method: "POST", body: Uint8Array.from(body), headers }), PICKUP_JSON.bytes);
  return { mediaType: answer.headers.get("Content-Type") ?? "", body: new Uint8Array(await answer.arrayBuffer()) };
};
