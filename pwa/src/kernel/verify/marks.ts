/**
 * Marks: what a step found and went on with (TRUST section 4). A refusal ends a pass; a mark colours its verdict (V26).
 */
import type { Refused } from "../refused.ts";
import { type Code, CODES } from "../../words/codes.ts";

export interface Mark {
  readonly step: string;
  readonly code: Code;
}

const ROWS = Object.keys(CODES);

export function mark(step: string, code: Code): Mark {
  return { step, code };
}

/** Each code once, by step, within a step by its row in the table of codes. */
export function inStepOrder(marks: readonly Mark[]): readonly Mark[] {
  const rank = ({ step, code }: Mark): number => Number(step.slice(1)) * ROWS.length + ROWS.indexOf(code);
  const first = new Map<Code, Mark>();
  for (const one of [...marks].sort((left, right) => rank(left) - rank(right))) {
    if (!first.has(one.code)) first.set(one.code, one);
  }
  return [...first.values()];
}

/** The code that ended a pass, as the last of its reasons. A refusal without a step is a programmer's mistake. */
export function endOf(ended: Refused): Mark {
  if (ended.step === null) throw new Error(`a refusal of no step ended a verification: ${ended.code}`);
  return { step: ended.step, code: ended.code };
}
