/** What an answer of the service must look like before it is used: asked at the edge, once. What it means is the asker's. */

import { isObject } from "../kernel/json.ts";

/** Whether something that came has the members that are used of it. */
export type Shape = (found: unknown) => boolean;

/** The code of a refusal; empty where it has none. */
export function codeOf(refusal: unknown): string {
  return isObject(refusal) && typeof refusal["code"] === "string" ? refusal["code"] : "";
}

/** What a refusal says to whoever asked: what happened and what to do; null where it says nothing. */
export function sentenceOf(refusal: unknown): string | null {
  if (!isObject(refusal) || typeof refusal["title"] !== "string") return null;
  return typeof refusal["detail"] === "string" ? `${refusal["title"]} ${refusal["detail"]}` : refusal["title"];
}

/** What of the sent a refusal points at; null where at nothing. */
export function pointerOf(refusal: unknown): string | null {
  return isObject(refusal) && typeof refusal["pointer"] === "string" ? refusal["pointer"] : null;
}

/** A time or a day in ISO 8601, which can be shown. */
export function isInstant(found: unknown): found is string {
  return typeof found === "string" && !Number.isNaN(Date.parse(found));
}
