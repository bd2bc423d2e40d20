/**
 * CBOR as the formats allow it: deterministic (RFC 8949 4.2.1), no float, no tag inside, bounded before anything is
 * allocated. Reading refuses what writing would not produce.
 */
import type { CborBounds } from "./bounds.ts";
import { concat, utf8 } from "./bytes.ts";
import { Refused } from "./refused.ts";

export type CborKey = number | string;
export type CborMap = Map<CborKey, Cbor>;
export type Cbor = null | boolean | number | string | Uint8Array | Cbor[] | CborMap;

const UINT = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const SIMPLE = 7;
const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

interface Head {
  readonly major: number;
  readonly argument: number;
}

/** Reads one item after another from the same bytes. */
export class CborReader {
  private at = 0;
  /** Items that may still come. */
  private room: number;
  private readonly bytes: Uint8Array;
  private readonly bounds: CborBounds;

  constructor(bytes: Uint8Array, bounds: CborBounds) {
    this.bytes = bytes;
    this.bounds = bounds;
    this.room = bounds.items;
  }

  /** The tag that comes next, however long it is written; null when the next item has none. */
  tag(): number | null {
    const first = this.bytes[this.at];
    if (first === undefined) throw new Refused("malformed_cbor", "nothing to read");
    if (first >> 5 !== 6) return null;
    const info = first & 31;
    const width = info < 24 ? 0 : 2 ** (info - 24);
    if (info > 27 || width >= this.bytes.length) throw new Refused("malformed_cbor", "a tag cut short");
    return width === 0 ? info : this.number(1, width);
  }

  /** Passes the tag that comes next; one longer than it needs is `noncanonical_cbor`. */
  pass(): void {
    this.head();
  }

  /** Enters the array that comes next; anything but an array of that many entries is `malformed_cbor`. */
  array(entries: number): void {
    // An array written longer than it needs is told as such; any other item, however written, is none.
    if ((this.bytes[this.at] ?? 0) >> 5 !== ARRAY) throw new Refused("malformed_cbor", "not the array that belongs here");
    const { major, argument } = this.head();
    if (major !== ARRAY || argument !== entries) throw new Refused("malformed_cbor", "not the array that belongs here");
    this.room -= 1 + entries;
  }

  /** The unsigned integer that comes next; any other item, however written, is `malformed_cbor`. */
  uint(): number {
    const value = (this.bytes[this.at] ?? 0xff) >> 5 === UINT ? this.item(1) : null;
    if (typeof value !== "number") throw new Refused("malformed_cbor", "not the integer that belongs here");
    return value;
  }

  end(): void {
    if (this.at !== this.bytes.length) throw new Refused("malformed_cbor", "bytes after the item");
  }

  /** The next item; `depth` of an item that stands alone is 1. */
  item(depth: number): Cbor {
    const { major, argument } = this.head();
    if (major === UINT) return argument;
    if (major === NEGATIVE) return -1 - argument;
    if (major === BYTES) return this.take(argument, this.bounds.bytes).slice();
    if (major === TEXT) return text(this.take(argument, this.bounds.text));
    if (major === ARRAY) {
      this.enter(argument, 1, depth);
      return Array.from({ length: argument }, () => this.item(depth + 1));
    }
    if (major === MAP) return this.map(argument, depth);
    if (major === SIMPLE && argument <= 22 && argument >= 20) return argument === 22 ? null : argument === 21;
    throw new Refused("malformed_cbor", "a tag, float or simple value that no format here has");
  }

  private map(entries: number, depth: number): CborMap {
    this.enter(entries, 2, depth);
    const map: CborMap = new Map();
    let former: Uint8Array | null = null;
    for (let entry = 0; entry < entries; entry += 1) {
      const from = this.at;
      const key = this.key(depth);
      const encoded = this.bytes.subarray(from, this.at);
      if (former !== null && order(former, encoded) >= 0) throw new Refused("noncanonical_cbor", "keys not ascending");
      former = encoded;
      map.set(key, this.item(depth + 1));
    }
    return map;
  }

  private key(depth: number): CborKey {
    const first = this.bytes[this.at];
    if (first === undefined) throw new Refused("malformed_cbor", "cut short");
    const key = first >> 5 === UINT || first >> 5 === TEXT ? this.item(depth + 1) : null;
    if (typeof key === "string" || typeof key === "number") return key;
    throw new Refused("malformed_cbor", "a key that is neither unsigned nor text");
  }

  /** The bounds of an array or map, before anything is made of it; `each` = items, and least bytes, of one entry. */
  private enter(entries: number, each: number, depth: number): void {
    if (entries * each > this.bytes.length - this.at) throw new Refused("malformed_cbor", "cut short");
    this.room -= entries * each;
    if (entries > this.bounds.members || depth > this.bounds.depth || this.room < 0) {
      throw new Refused("limits_exceeded", "too many items, or too deep");
    }
  }

  private take(length: number, limit: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new Refused("malformed_cbor", "cut short");
    if (length > limit) throw new Refused("limits_exceeded", "a text or byte string too long");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private head(): Head {
    const first = this.bytes[this.at];
    if (first === undefined) throw new Refused("malformed_cbor", "cut short");
    this.at += 1;
    const major = first >> 5;
    const info = first & 31;
    if (info < 24) return { major, argument: info };
    if (info === 31 && major >= BYTES && major <= MAP) throw new Refused("noncanonical_cbor", "indefinite length");
    if (info > 27 || major === SIMPLE) throw new Refused("malformed_cbor", "a head that no format here has");
    const width = 2 ** (info - 24);
    if (width > this.bytes.length - this.at) throw new Refused("malformed_cbor", "cut short");
    return { major, argument: this.argument(width, major) };
  }

  private number(from: number, width: number): number {
    return this.bytes.subarray(from, from + width).reduce((value, byte) => value * 256 + byte, 0);
  }

  private argument(width: number, major: number): number {
    const value = this.number(this.at, width);
    this.at += width;
    const least = width === 1 ? 24 : 256 ** (width / 2);
    if (value < least) throw new Refused("noncanonical_cbor", "not the shortest form");
    const largest = major === NEGATIVE ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER;
    if (value > largest) {
      const isNumber = major === UINT || major === NEGATIVE;
      throw new Refused(isNumber ? "limits_exceeded" : "malformed_cbor", "beyond 2^53 - 1");
    }
    return value;
  }
}

function text(bytes: Uint8Array): string {
  try {
    return utf8Decoder.decode(bytes);
  } catch {
    throw new Refused("malformed_cbor", "text is not UTF-8");
  }
}

/** Bytewise order of encoded keys (RFC 8949 4.2.1). */
function order(one: Uint8Array, other: Uint8Array): number {
  const shared = Math.min(one.length, other.length);
  for (let place = 0; place < shared; place += 1) {
    const difference = (one[place] ?? 0) - (other[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** A head in its shortest form, for tags and for arrays whose entries follow. */
export function cborHead(major: number, argument: number): Uint8Array {
  if (argument < 24) return Uint8Array.of((major << 5) | argument);
  const width = argument < 0x100 ? 1 : argument < 0x10000 ? 2 : argument < 0x100000000 ? 4 : 8;
  const bytes = new Uint8Array(1 + width);
  bytes[0] = (major << 5) | (24 + Math.log2(width));
  for (let place = width, rest = argument; place > 0; place -= 1, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  return bytes;
}

/** The deterministic bytes of a value. Refuses `invalid_value` for a number that is no safe integer. */
export function writeCbor(value: Cbor): Uint8Array {
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === "boolean") return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Refused("invalid_value", "a number that is no integer");
    return value < 0 ? cborHead(NEGATIVE, -1 - value) : cborHead(UINT, value);
  }
  if (typeof value === "string") {
    const encoded = utf8(value);
    return concat(cborHead(TEXT, encoded.length), encoded);
  }
  if (value instanceof Uint8Array) return concat(cborHead(BYTES, value.length), value);
  if (Array.isArray(value)) return concat(cborHead(ARRAY, value.length), ...value.map(writeCbor));
  const entries = [...value].map(([key, held]) => [writeCbor(key), writeCbor(held)] as const);
  entries.sort(([one], [other]) => order(one, other));
  return concat(cborHead(MAP, entries.length), ...entries.flat());
}
