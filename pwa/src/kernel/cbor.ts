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
  private items = 0;
  private readonly bytes: Uint8Array;
  private readonly bounds: CborBounds;

  constructor(bytes: Uint8Array, bounds: CborBounds) {
    this.bytes = bytes;
    this.bounds = bounds;
  }

  /** The tag that comes next, or null when the next item has none. */
  tag(): number | null {
    const first = this.bytes[this.at];
    if (first === undefined) throw new Refused("malformed_cbor", "nothing to read");
    return first >> 5 === 6 ? this.head().argument : null;
  }

  /** The number of entries of the array that comes next; any other item is `malformed_cbor`. */
  array(): number {
    const { major, argument } = this.head();
    if (major !== ARRAY) throw new Refused("malformed_cbor", "no array");
    return argument;
  }

  end(): void {
    if (this.at !== this.bytes.length) throw new Refused("malformed_cbor", "bytes after the item");
  }

  /** The next item; `depth` of an item that stands alone is 1. */
  item(depth: number): Cbor {
    const { major, argument } = this.head();
    this.items += 1;
    if (this.items > this.bounds.items) throw new Refused("limits_exceeded", "too many CBOR items");
    if (major === UINT) return argument;
    if (major === NEGATIVE) return -1 - argument;
    if (major === BYTES) return this.take(argument, this.bounds.bytes).slice();
    if (major === TEXT) return text(this.take(argument, this.bounds.text));
    if (major === ARRAY) {
      this.enter(argument, argument, depth);
      return Array.from({ length: argument }, () => this.item(depth + 1));
    }
    if (major === MAP) return this.map(argument, depth);
    if (major === SIMPLE && argument <= 22 && argument >= 20) return argument === 22 ? null : argument === 21;
    throw new Refused("malformed_cbor", "a tag, float or simple value that no format here has");
  }

  private map(entries: number, depth: number): CborMap {
    this.enter(entries, 2 * entries, depth);
    const map: CborMap = new Map();
    let former: Uint8Array | null = null;
    for (let entry = 0; entry < entries; entry += 1) {
      const from = this.at;
      const key = this.item(depth + 1);
      if (typeof key !== "string" && (typeof key !== "number" || key < 0)) {
        throw new Refused("malformed_cbor", "a key that is neither unsigned nor text");
      }
      const encoded = this.bytes.subarray(from, this.at);
      if (former !== null && order(former, encoded) >= 0) throw new Refused("noncanonical_cbor", "keys not ascending");
      former = encoded;
      map.set(key, this.item(depth + 1));
    }
    return map;
  }

  private enter(entries: number, least: number, depth: number): void {
    if (least > this.bytes.length - this.at) throw new Refused("malformed_cbor", "cut short");
    if (entries > this.bounds.members) throw new Refused("limits_exceeded", "too many entries");
    if (depth > this.bounds.depth) throw new Refused("limits_exceeded", "nested too deep");
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

  private argument(width: number, major: number): number {
    let value = 0;
    for (let place = 0; place < width; place += 1) value = value * 256 + (this.bytes[this.at + place] ?? 0);
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

/** Reads bytes that hold exactly one item. Refuses `malformed_cbor`, `noncanonical_cbor`, `limits_exceeded`. */
export function readCbor(bytes: Uint8Array, bounds: CborBounds): Cbor {
  const reader = new CborReader(bytes, bounds);
  const value = reader.item(1);
  reader.end();
  return value;
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
