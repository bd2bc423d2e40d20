/** Which answers home tells of. Plain data, no drawing. */
import type { DisputeLine } from "../ports.ts";

/** An answer that she did not look at yet. */
export function isFresh({ state, heard }: Pick<DisputeLine, "state" | "heard">): boolean {
  return state !== "open" && !heard;
}

/**
 * Answered as corrected, and nothing took the pass's place: told until a new code brings what does, or she asks again. `lines`:
 * the newest first.
 */
export function isLeft({ id, pass, state }: Pick<DisputeLine, "id" | "pass" | "state">, lines: readonly Pick<DisputeLine, "id" | "pass">[]): boolean {
  return state === "untaken" && lines.find((line) => line.pass === pass)?.id === id;
}
