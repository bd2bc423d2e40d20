/** What a scanner's note tells of a code of several parts (FORMAT section 9): not of one that was judged just now. Pure. */
import { FRAME_PREFIX } from "../../words/terms.ts";

const SET_ID = 6;

/** `tell`: how far it is; `quiet`: taken without a word; `ignore`: not taken at all. */
export type Frame = "tell" | "quiet" | "ignore";

/** Which set a frame is of; null for any other text. */
export function setOf(text: string): string | null {
  return text.startsWith(FRAME_PREFIX) ? text.slice(0, FRAME_PREFIX.length + SET_ID) : null;
}

/**
 * A scanner held on a code that changes types the parts of a set again that was judged already. While the result stands they
 * are nothing new; where the next code may come at once, the whole set is judged once more and only its parts are not told of.
 */
export function frameOf(text: string, judged: string | null, resultStands: boolean): Frame {
  if (judged === null || setOf(text) !== judged) return "tell";
  return resultStands ? "ignore" : "quiet";
}
