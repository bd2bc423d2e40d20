/** What a verdict sounds and feels like (LOOK section 6). All that is not a valid one sounds alike, so that a queue does not hear who failed. */
import type { Verdict } from "../../words/report.ts";

export interface Signal {
  /** Notes in Hz, one after the other. */
  readonly notes: readonly number[];
  /** 0 to 1. */
  readonly loudness: number;
  /** Milliseconds on, off, on. */
  readonly buzz: readonly number[];
}

const NOTE = { low: 196, middle: 587, high: 880 } as const;
const SHORT = 80;
const OTHER: Signal = { notes: [NOTE.low], loudness: 0.25, buzz: [SHORT, SHORT, SHORT] };
const SIGNALS: Readonly<Record<Verdict, Signal>> = {
  valid: { notes: [NOTE.middle, NOTE.high], loudness: 0.4, buzz: [SHORT] },
  valid_as_of: { notes: [NOTE.middle], loudness: 0.4, buzz: [SHORT] },
  expired: OTHER,
  revoked: OTHER,
  under_review: OTHER,
  cannot_verify: OTHER,
};

/** The signal of a verdict as far as the person asked for one. */
export function signalOf(verdict: Verdict, { sound, vibration }: { readonly sound: boolean; readonly vibration: boolean }): Signal {
  const { notes, loudness, buzz } = SIGNALS[verdict];
  return { notes: sound ? notes : [], loudness, buzz: vibration ? buzz : [] };
}
