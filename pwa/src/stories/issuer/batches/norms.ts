/** What is said of the norms of a cohort file before it is judged. The server reads and judges alone. */

import type { Key } from "../../../words/text.ts";

const NORM = /^2[0-9]{8}$/;

export function isNorm(code: string): boolean {
  return NORM.test(code);
}

/** How far the reading of the chosen file is: none was chosen, it is under way, over, or the file could not be read. */
export type Reading = "none" | "under_way" | "over" | "failed";

/** What the officer is told of the norms, and what stands in the way while there are none: without one the server judges no row. */
export function normsWord(reading: Reading, many: number): Key {
  if (reading === "none") return "upload.norms_none";
  if (reading === "under_way") return "upload.norms_reading";
  if (reading === "failed") return "upload.norms_failed";
  return many === 0 ? "upload.norms_unseen" : "upload.norms_hint";
}
