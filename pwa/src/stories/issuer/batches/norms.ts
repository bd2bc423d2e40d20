/** What is said of the norms of a cohort file before it is judged. The server reads and judges alone. */

import type { Key } from "../../../words/text.ts";

const NORM = /^2[0-9]{8}$/;

export function isNorm(code: string): boolean {
  return NORM.test(code);
}

/** How far the reading of the chosen file is: none was chosen, it is under way, or over. */
export type Reading = "none" | "under_way" | "over";

/** What the officer is told of the norms, and what stands in the way while there are none: without one the server judges no row. */
export function normsWord(reading: Reading, many: number): Key {
  if (reading === "none") return "upload.norms_none";
  if (reading === "under_way") return "upload.norms_reading";
  return many === 0 ? "upload.norms_unseen" : "upload.norms_hint";
}
