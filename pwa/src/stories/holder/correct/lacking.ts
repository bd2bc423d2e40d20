/** What a correction lacks before it is sent. Plain data, no drawing. The twin of `says_no_other_name` in `schemas/disputes.py`. */
import { shown } from "../../../kernel/typed.ts";
import type { DisputeKind } from "../ports.ts";

/** `no_name`, `same_name`: no pass that comes could take the place of hers, for it may say only words that she wrote (decision 56). */
export type Lacking = "empty" | "no_name" | "same_name";

/** `written`: the name in her pass; `wanted`: how it should read; `words`: what she tells. Null where nothing lacks. */
export function lackingIn(kind: DisputeKind, written: string, wanted: string, words: string): Lacking | null {
  if (kind !== "name") return words.trim() === "" ? "empty" : null;
  const name = shown(wanted);
  return name === "" ? "no_name" : name === shown(written) ? "same_name" : null;
}
