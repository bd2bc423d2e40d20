/**
 * Status bitstrings: read, count, combine, inflate (Bitstring Status List 1.0; TRUST section 6). Who may sign a list and
 * how old it may be is not asked here.
 */
import { LIST_BYTES, LIST_GZIP, LIST_INFLATED } from "./bounds.ts";
import { fromBase64url } from "./bytes.ts";
import { gunzip } from "./gunzip.ts";
import { Refused } from "./refused.ts";

/** The bit at `index`, most significant first (BSL 1.0 3.2). The caller has asked that it lies inside. */
export function bit(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
}

export function countBits(bits: Uint8Array): number {
  let count = 0;
  for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) count += 1;
  return count;
}

/** Bits set in either. */
export function union(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, place) => byte | (other[place] ?? 0));
}

/** Bits set in both. */
export function common(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, place) => byte & (other[place] ?? 0));
}

/** Bits set in `one` and not in `other`. */
export function minus(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, place) => byte & ~(other[place] ?? 0));
}

/** False where a list is all zero, shifted, cut, or read in the other bit order. */
export function holdsCanaries(bits: Uint8Array, set: readonly number[], clear: readonly number[]): boolean {
  const size = bits.length * 8;
  if ([...set, ...clear].some((index) => index < 0 || index >= size)) return false;
  return set.every((index) => bit(bits, index)) && !clear.some((index) => bit(bits, index));
}

/** `encodedList` -> bits, a multiple of 16,384 bytes. Refuses `limits_exceeded`, `invalid_value` (BSL 1.0 3.4). */
export async function expandList(encoded: string): Promise<Uint8Array> {
  const characters = Math.ceil((LIST_GZIP * 4) / 3);
  if (encoded.length > characters + 1) throw new Refused("limits_exceeded", "the packed list is too long");
  const packed = encoded.startsWith("u") ? fromBase64url(encoded.slice(1), characters) : null;
  if (packed === null) throw new Refused("invalid_value", "the list is not multibase base64url");
  const bits = await gunzip(packed, LIST_INFLATED);
  if (bits.length === 0 || bits.length % LIST_BYTES !== 0) {
    throw new Refused("invalid_value", "the list's length is not a multiple of 16,384 bytes");
  }
  return bits;
}
