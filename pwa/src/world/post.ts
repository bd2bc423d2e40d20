/** POST to our own origin: bounded, timed, without cookies (the kernel's `Post`). What the answer means is the kernel's to say. */
import { PICKUP_JSON } from "../kernel/bounds.ts";
import type { Post } from "../kernel/ports.ts";
import { Refused } from "../kernel/refused.ts";
import { bodyOf } from "./fetch.ts";

const PATIENCE = 20_000;

/** Refuses `network_unavailable`: nobody answered, or not in time, or somebody in between answered for the service. */
export const post: Post = async (path, body, mediaType) => {
  try {
    const answer = await fetch(path, {
      method: "POST", body: Uint8Array.from(body), headers: { "Content-Type": mediaType, Accept: "application/json, application/problem+json" }, credentials: "omit",
      redirect: "error", referrerPolicy: "no-referrer", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
    });
    const kind = answer.headers.get("Content-Type") ?? "";
    if (!/^application\/(problem\+)?json\b/.test(kind)) throw new Error("not the service");
    return { mediaType: kind, body: await bodyOf(answer, PICKUP_JSON.bytes) };
  } catch {
    throw new Refused("network_unavailable", "the issuer did not answer");
  }
};
