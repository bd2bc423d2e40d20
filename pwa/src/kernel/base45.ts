/**
 * base45 (RFC 9285), strict: no trimming, no lower case, nothing but what the encoder itself writes.
 */
import { Refused } from "./refused.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const VALUES: Readonly<Record<string, number>> = Object.fromEntries([...ALPHABET].map((character, value) => [character, value]));

/** Two bytes become three characters, a last single byte two. */
export function base45(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    let rest = pair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
    for (let place = pair ? 3 : 2; place > 0; place -= 1) {
      text += ALPHABET.charAt(rest % 45);
      rest = Math.floor(rest / 45);
    }
  }
  return text;
}

/** Bytes of a base45 text. Refuses `malformed_base45`. The caller bounds the text. */
export function fromBase45(text: string): Uint8Array {
  const tail = text.length % 3;
  if (tail === 1) throw new Refused("malformed_base45", "length leaves one character");
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (tail === 2 ? 1 : 0));
  let to = 0;
  for (let at = 0; at < text.length; at += 3) {
    const whole = at + 2 < text.length;
    const value = digit(text, at) + digit(text, at + 1) * 45 + (whole ? digit(text, at + 2) * 2025 : 0);
    if (value > (whole ? 0xffff : 0xff)) throw new Refused("malformed_base45", "group too large");
    if (whole) bytes[to++] = value >> 8;
    bytes[to++] = value & 255;
  }
  return bytes;
}

function digit(text: string, at: number): number {
  const value = VALUES[text.charAt(at)];
  if (value === undefined) throw new Refused("malformed_base45", "character outside the alphabet");
  return value;
}
