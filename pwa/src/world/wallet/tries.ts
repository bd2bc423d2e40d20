/**
 * How often a PIN may be tried (TRUST section 8): five times, then after 1, 5, 15 and 60 minutes, then what it opens is erased.
 *
 * Pure. The count is kept by the caller, and raised before a PIN is looked at: a page that is closed in between gains nothing.
 * A clock set back begins the wait anew; one set forward shortens it, and the count still ends at nine.
 */
import type { PinAnswer } from "../../stories/holder/ports.ts";

export interface Tries {
  /** Wrong ones since the last right one. */
  readonly wrong: number;
  /** When the newest of them was, by this device's clock, in milliseconds. */
  readonly at: number;
}
export const NO_TRIES: Tries = { wrong: 0, at: 0 };

const FREE = 5;
const MINUTE = 60_000;
const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
const MOST = FREE + WAITS.length;
/** How many newcomers may have asked for a PIN behind her drawing since she came in by hers: each of them learns that it is not the one that he named. */
const MOST_ASKED = 20;

/** One more wrong one. */
export function countedTry(tries: Tries, now: number): Tries {
  return { wrong: tries.wrong + 1, at: now };
}

/** As it is to be kept on: after a clock was set back the wait begins anew, and stays within its length. */
export function settled(tries: Tries, now: number): Tries {
  return now < tries.at ? { ...tries, at: now } : tries;
}

export function mayTry(tries: Tries, now: number): boolean {
  return !isSpent(tries) && waitOf(tries, now) === 0;
}

/** No try is left: what the PIN opens is erased, and the count begins anew. */
export function isSpent(tries: Tries): boolean {
  return tries.wrong >= MOST;
}

/** As many have asked as may: what her PIN opens is erased before another does. */
export function isAskedOut(asked: Tries): boolean {
  return asked.wrong >= MOST_ASKED;
}

/** As it stands without a try (`counted` from `before`) that turned out to be another's; what was counted meanwhile stays. */
export function takenOff(stands: Tries, before: Tries, counted: Tries): Tries {
  if (stands.wrong === counted.wrong && stands.at === counted.at) return before;
  return stands.wrong > before.wrong ? { ...stands, wrong: stands.wrong - 1 } : stands;
}

/** What is told of a PIN that does not open, by one count: a drawing's own, or hers who is open. `tried`: it was counted in it. */
export function answerOf(tries: Tries, now: number, tried: boolean): PinAnswer {
  return {
    opened: false, tried, left: Math.max(1, FREE - tries.wrong), wait: Math.ceil(waitOf(tries, now) / 1000), last: tries.wrong === MOST - 1, erased: false,
  };
}

function waitOf(tries: Tries, now: number): number {
  const wait = WAITS[tries.wrong - FREE] ?? 0;
  return Math.min(wait, Math.max(0, tries.at + wait - now));
}
