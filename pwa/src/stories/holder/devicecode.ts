/** What two people read to each other to tell one phone from another. Plain data, no drawing. */
import { fromBase64url } from "../../kernel/bytes.ts";
import { crockford } from "../../kernel/question.ts";

const LETTERS = 4;

/** The first 20 bits of a phone's name at the server, as four letters that can be read aloud. */
export function deviceCode(id: string): string {
  return crockford(fromBase64url(id.slice(0, LETTERS), LETTERS) ?? new Uint8Array(3), LETTERS);
}
