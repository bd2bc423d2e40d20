/**
 * Bytes and their text forms: hex, base64, base64url, base58btc, multibase, UTF-8, SHA-256. All strict: what decodes
 * encodes back to the same text. base45 has its own file.
 */
import { sha256 as hash } from "@noble/hashes/sha2.js";

import { Refused } from "./refused.ts";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE58_LIMIT = 128;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** SHA-256, 32 bytes (FIPS 180-4). */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash(bytes);
}

/** UTF-8 of a text. A lone surrogate becomes U+FFFD: who signs the text asks `isWellFormed` first. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of UTF-8 bytes, a byte order mark kept as the character it is. Refuses `invalid_value`. */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Refused("invalid_value", "bytes are not UTF-8");
  }
}

/** False when a surrogate stands alone, which no UTF-8 can carry. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** Bytes of lower-case hex. Refuses `invalid_value`. */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new Refused("invalid_value", "not lower-case hex");
  return Uint8Array.from({ length: text.length / 2 }, (_, place) => Number.parseInt(text.slice(2 * place, 2 * place + 2), 16));
}

function to64(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const left = Math.min(3, bytes.length - at);
    const triple = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let place = 0; place <= left; place += 1) text += alphabet.charAt((triple >> (18 - 6 * place)) & 63);
  }
  return text;
}

function from64(text: string, alphabet: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 255;
      at += 1;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}

/** base64url without padding (RFC 4648 section 5). */
export function base64url(bytes: Uint8Array): string {
  return to64(bytes, `${BASE64}-_`);
}

/** Bytes of canonical base64url without padding, or null. `limit` counts characters and is asked first. */
export function fromBase64url(text: string, limit: number): Uint8Array | null {
  return text.length > limit ? null : from64(text, `${BASE64}-_`);
}

/** base64 with padding (RFC 4648 section 4). */
export function base64(bytes: Uint8Array): string {
  return to64(bytes, `${BASE64}+/`) + "=".repeat((3 - (bytes.length % 3)) % 3);
}

/** Bytes of canonical, padded base64, or null. */
export function fromBase64(text: string, limit: number): Uint8Array | null {
  if (text.length > limit || text.length % 4 !== 0) return null;
  const bytes = from64(text.replace(/={1,2}$/, ""), `${BASE64}+/`);
  return bytes !== null && base64(bytes) === text ? bytes : null;
}

/** base58btc, leading zero bytes as `1`. */
export function base58(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let place = 0; place < digits.length; place += 1) {
      carry += (digits[place] ?? 0) << 8;
      digits[place] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  const body = digits.reverse().map((digit) => BASE58.charAt(digit));
  return "1".repeat(zeros < 0 ? bytes.length : zeros) + body.join("");
}

/** Bytes of base58btc, or null. Quadratic, so the 128 characters of TRUST 11 are asked first. */
export function fromBase58(text: string): Uint8Array | null {
  if (text.length > BASE58_LIMIT) return null;
  const bytes: number[] = [];
  for (const character of text) {
    let carry = BASE58.indexOf(character);
    if (carry < 0) return null;
    for (let place = 0; place < bytes.length; place += 1) {
      carry += (bytes[place] ?? 0) * 58;
      bytes[place] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  const ones = text.search(/[^1]/);
  for (let zero = ones < 0 ? text.length : ones; zero > 0; zero -= 1) bytes.push(0);
  return Uint8Array.from(bytes.reverse());
}

/** Bytes of a multibase text in base58btc (`z`) or base64url (`u`), or null. */
export function fromMultibase(text: string, limit: number): Uint8Array | null {
  if (text.length > limit) return null;
  if (text.startsWith("z")) return fromBase58(text.slice(1));
  return text.startsWith("u") ? fromBase64url(text.slice(1), limit) : null;
}

/** Whether these bytes begin so. */
export function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, place) => bytes[place] === byte);
}

/** A text file's bytes as UTF-8 without a byte order mark: some editors save UTF-16, or mark what they save. The twin of `encoding.plain_utf8`. */
export function plainUtf8(raw: Uint8Array): Uint8Array {
  const marked = MARKS.find(([mark]) => startsWith(raw, mark));
  if (marked === undefined) return raw;
  const [, encoding] = marked;
  try {
    return utf8(new TextDecoder(encoding, { fatal: true }).decode(raw));
  } catch {
    return raw;
  }
}

/** What a spreadsheet knows a UTF-8 file by. */
const UTF8_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);
const MARKS = [[UTF8_MARK, "utf-8"], [Uint8Array.of(0xff, 0xfe), "utf-16le"], [Uint8Array.of(0xfe, 0xff), "utf-16be"]] as const;
