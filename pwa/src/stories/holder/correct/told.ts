/** Which answers home tells of. Plain data, no drawing. */
import type { DisputeLine, DisputeState } from "../ports.ts";

/** Corrected at the issuer, where hers is revoked; nothing of it came to this phone. */
const NOTHING_CAME: ReadonlySet<DisputeState> = new Set(["untaken", "unheld", "unlisted"]);

/** An answer that she did not look at yet. */
export function isFresh({ state, heard }: Pick<DisputeLine, "state" | "heard">): boolean {
  return state !== "open" && !heard;
}

/**
 * Answered as corrected, and nothing took the pass's place: told until a new code brings what does, or she asks again. `lines`:
 * the newest first.
 */
export function isLeft({ id, pass, state }: Pick<DisputeLine, "id" | "pass" | "state">, lines: readonly Pick<DisputeLine, "id" | "pass">[]): boolean {
  return NOTHING_CAME.has(state) && lines.find((line) => line.pass === pass)?.id === id;
}
