/** The words for a competence's level, as cards and slips write them; another type's level is its own code. No view. */
import { LEVELS } from "../../../words/terms.ts";
import type { Key } from "../../../words/text.ts";

/** What is read of a level by who works at the counter. */
export function levelWords(code: string, say: (key: Key) => string): string {
  const known = LEVELS.find((each) => each === code);
  return known === undefined ? code : say(`level.${known}`);
}
