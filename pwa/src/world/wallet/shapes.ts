/** What an answer of the service must look like before it is used: asked at the edge, once. What it means is the asker's. */

/** Whether something that came has the members that are used of it. */
export type Shape = (found: unknown) => boolean;

/** An object with members. */
export function isTold(found: unknown): found is Readonly<Record<string, unknown>> {
  return typeof found === "object" && found !== null && !Array.isArray(found);
}

/** The code of a refusal; empty where it has none. */
export function codeOf(refusal: unknown): string {
  return isTold(refusal) && typeof refusal["code"] === "string" ? refusal["code"] : "";
}

/** A time or a day in ISO 8601, which can be shown. */
export function isInstant(found: unknown): found is string {
  return typeof found === "string" && !Number.isNaN(Date.parse(found));
}
