/** What two people read to each other to tell one phone from another. Plain data, no drawing. */
import { CROCKFORD } from "../../kernel/question.ts";

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LETTERS = 4;

/** The first 20 bits of a phone's name at the server, as four letters that can be read aloud. */
export function deviceCode(id: string): string {
  const bits = [...id.slice(0, LETTERS)].reduce((before, sign) => before * 64 + Math.max(0, BASE64URL.indexOf(sign)), 0) >>> 4;
  return Array.from({ length: LETTERS }, (_, place) => CROCKFORD.charAt((bits >>> (5 * (LETTERS - 1 - place))) % 32)).join("");
}
