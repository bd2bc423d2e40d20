/** Text that people type: bounded, in NFC, and without signs that nobody sees (TRUST section 11, DOMAIN A40). */

/** Controls, bidirectional overrides, zero-width and soft-hyphen characters. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
/** What is a blank to everybody: a byte order mark is none. */
const BLANKS = /[^\S\ufeff]+/g;

/** The text with single blanks and none at its ends, or null where it is longer than `most` or has an unseen sign. */
export function tidied(text: string, most: number): string | null {
  if ([...text].length > 2 * most) return null;
  const tidy = text.replace(BLANKS, " ").replace(/^ | $/g, "").normalize("NFC");
  return [...tidy].length > most || UNSEEN.test(tidy) ? null : tidy;
}
