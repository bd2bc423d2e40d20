/** The words for a competence's level, as cards and slips write them; another type's level is its own code. No view. */
import type { Key } from "../../../words/text.ts";

const LEVELS = ["basico", "intermedio", "avanzado"] as const;

/** null: there are no other words for it than itself. */
export function levelKey(code: string): Key | null {
  const known = LEVELS.find((each) => each === code);
  return known === undefined ? null : `level.${known}`;
}

/** What is read of a level by who works at the counter. */
export function levelWords(code: string, say: (key: Key) => string): string {
  const key = levelKey(code);
  return key === null ? code : say(key);
}
