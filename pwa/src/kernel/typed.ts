/**
 * Text that people type, and text of others that is shown: in NFC, without signs that nobody sees (TRUST section 11, DOMAIN A40).
 * The twin of `schemas/typed.py`; tests/vectors/shown.json holds the two together.
 */

/** Controls, bidirectional overrides, and what Unicode draws as nothing (Default_Ignorable_Code_Point). */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;
const ALL_UNSEEN = new RegExp(UNSEEN, "gu");
const SHOWN_BLANKS = /[\t-\r\u0085\u2028\u2029 \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;
/** What is over a letter, after NFC, beyond what living scripts write: heaped up to paint over what stands above. */
const HEAPED = /(\p{M}{3})\p{M}+/gu;
/** What is a blank to everybody: a byte order mark is none. */
const BLANKS = /[^\S\ufeff]+/g;

/** The text with single blanks and none at its ends, or null where it is longer than `most` or has an unseen sign. */
export function tidied(text: string, most: number): string | null {
  if ([...text].length > 2 * most) return null;
  const tidy = text.replace(BLANKS, " ").replace(/^ | $/g, "").normalize("NFC");
  return [...tidy].length > most || UNSEEN.test(tidy) ? null : tidy;
}

/** Text of others as it is shown: nothing unseen, single blanks, at most three marks over a letter, none without one. */
export function shown(text: string): string {
  const seen = text.replace(SHOWN_BLANKS, " ").replace(ALL_UNSEEN, "").replace(SHOWN_BLANKS, " ").replace(/^ | $/g, "");
  return seen.normalize("NFC").replace(/^\p{M}+/u, "").replace(HEAPED, "$1");
}

/** A name without case and marks, which documents write now so and now so: they tell no two people apart. */
export function folded(name: string): string {
  return shown(name).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
