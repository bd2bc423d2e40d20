/** How long a code stands on the screen, whether the wallet stays open meanwhile, and what is told of it aloud. Plain, no drawing. */
import type { Manner } from "../ports.ts";

/** An answer can be read for two minutes after it was asked for (TRUST V24); a live code is made anew in steps. */
export const ANSWER_MS = 120_000;
export const STEP_MS = 30_000;
/** The most that a live code keeps the wallet open without any act of hers: somebody looks for his phone, reads, compares. */
const OPEN_MS = 5 * 60_000;

/** Until when an answer can be read, at the most: the question was made no later than it was read here. */
export function answerEnds(readAt: number): number {
  return readAt + ANSWER_MS;
}

/** While she holds a code before somebody's camera she touches nothing, and the wallet is not left alone. */
export function staysOpen(manner: Manner, shownAt: number, now: number): boolean {
  return now >= shownAt && now - shownAt < (manner === "answer" ? ANSWER_MS : OPEN_MS);
}

/** What is said aloud: ten seconds before the end; that the code changed, once one took another's place. */
export function aloudOf(left: number, renewed: boolean): "soon" | "changed" | null {
  const seconds = Math.ceil(left / 1000);
  if (seconds === 10) return "soon";
  return renewed && seconds > 10 && left > STEP_MS - 3_000 ? "changed" : null;
}
