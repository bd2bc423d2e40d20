/**
 * The form of `VD1-R` (FORMAT section 9): what a text may hold, written and read in one deterministic way.
 *
 * `[1, from version, to version, {file: bytes or words}, {list: gaps}]` as CBOR in base45. A file is its new bytes, or an
 * array: words passed over, the word that stands there now, and so on (docs/decisions/0021). What they are applied to,
 * and whether the result is believed, is not known here.
 */
import { base45, fromBase45 } from "../base45.ts";
import { DELTA_CBOR, DELTA_FILES, QR_TEXT } from "../bounds.ts";
import { fromHex, hex } from "../bytes.ts";
import { type Cbor, CborReader, writeCbor } from "../cbor.ts";
import { Refused } from "../refused.ts";
import { UPDATE_PREFIX } from "../../words/terms.ts";

const EDITION = 1;
const LARGEST = 0xffffffff;
const WORD = /^[0-9A-Za-z]+$/;
const HEX = /^(?:[0-9a-f]{2})+$/;
// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;
const GAP_BITS = 21;
/** How the path of a status list ends. */
export const LIST = ".bits";

/** How a file differs from the one before: words passed over, then the word that stands there now. */
export type Words = readonly (readonly [number, string])[];

/** Of metadata and key states the bytes or the words, of each list the places that flip. */
export interface Delta {
  readonly from: number;
  readonly to: number;
  readonly files: ReadonlyMap<string, Uint8Array | Words>;
  readonly lists: ReadonlyMap<string, readonly number[]>;
}

/** The text of a delta. Refuses `delta_too_large` above 4,296 characters, 64 files or 64 lists. */
export function writeDelta({ from, to, files, lists }: Delta): string {
  const changed = new Map([...files].map(([path, change]) => [path, fileItem(change)] as const));
  const gaps = new Map([...lists].map(([path, places]) => [path, gapsOf(places)] as const));
  const text = UPDATE_PREFIX + base45(writeCbor([EDITION, from, to, changed, gaps]));
  if (text.length > QR_TEXT || Math.max(files.size, lists.size) > DELTA_FILES) {
    throw new Refused("delta_too_large", "more than an update by codes may hold");
  }
  return text;
}

/** One file as it travels: a byte string, or an array of pairs; a word that is hex of whole bytes as those bytes. */
export function fileItem(change: Uint8Array | Words): Cbor {
  if (change instanceof Uint8Array) return change;
  return change.flatMap(([passed, word]) => [passed, HEX.test(word) ? fromHex(word) : word]);
}

/** How many places are passed over before each, as LEB128: seven bits a byte, the lowest first. */
function gapsOf(places: readonly number[]): Uint8Array {
  const out: number[] = [];
  let former = -1;
  for (const at of places) {
    let gap = at - former - 1;
    for (; gap > 0x7f; gap >>= 7) out.push((gap & 0x7f) | 0x80);
    out.push(gap);
    former = at;
  }
  return Uint8Array.from(out);
}

/** A text, bounded first. Refuses `limits_exceeded`, `unsupported_prefix`, `delta_unreadable`. */
export function readDelta(text: string): Delta {
  if (text.length > QR_TEXT) throw new Refused("limits_exceeded", "an update over its bound");
  if (!text.startsWith(UPDATE_PREFIX)) throw new Refused("unsupported_prefix", "not an update");
  try {
    const reader = new CborReader(fromBase45(text.slice(UPDATE_PREFIX.length)), DELTA_CBOR);
    const item = reader.item(1);
    reader.end();
    return deltaOf(item);
  } catch (fault) {
    throw fault instanceof Refused && fault.code !== "delta_unreadable" ? unreadable("an update of the wrong form") : fault;
  }
}

function deltaOf(item: Cbor): Delta {
  if (!Array.isArray(item) || item.length !== 5) throw unreadable("another form of updates");
  const [edition, from, to, files, lists] = item;
  if (edition !== EDITION || !isCount(from) || !isCount(to)) throw unreadable("another edition of updates");
  const delta = { from, to, files: entries(files, readFile), lists: entries(lists, placesOf) };
  if (delta.files.size === 0 || [...delta.lists.keys()].some((path) => !path.endsWith(LIST))) {
    throw unreadable("an update of nothing, or of a list that is none");
  }
  return delta;
}

function entries<T>(item: Cbor | undefined, read: (value: Cbor) => T): ReadonlyMap<string, T> {
  if (!(item instanceof Map) || item.size > DELTA_FILES) throw unreadable("no map, or too many files");
  return new Map([...item].map(([path, value]) => {
    if (typeof path !== "string" || !ASCII.test(path)) throw unreadable("a path that is none");
    return [path, read(value)];
  }));
}

function readFile(item: Cbor): Uint8Array | Words {
  if (item instanceof Uint8Array) return item;
  if (!Array.isArray(item) || item.length === 0 || item.length % 2 !== 0) throw unreadable("words that are not in pairs");
  return Array.from({ length: item.length / 2 }, (_, pair) => {
    const passed = item[2 * pair];
    if (!isCount(passed)) throw unreadable("words that are not in pairs");
    return [passed, readWord(item[2 * pair + 1])] as const;
  });
}

function readWord(item: Cbor | undefined): string {
  const word = item instanceof Uint8Array ? hex(item) : item;
  if (typeof word !== "string" || !WORD.test(word)) throw unreadable("a word that is none");
  if (typeof item === "string" && HEX.test(word)) throw unreadable("hex that is written as text");
  return word;
}

/** What `gapsOf` wrote; a number longer than it needs, or cut short, is refused. */
function placesOf(item: Cbor): readonly number[] {
  if (!(item instanceof Uint8Array) || item.length === 0) throw unreadable("gaps that are none");
  const places: number[] = [];
  let at = -1;
  let gap = 0;
  let shift = 0;
  for (const byte of item) {
    gap |= (byte & 0x7f) << shift;
    shift += 7;
    if (shift > GAP_BITS || (byte === 0 && shift > 7)) throw unreadable("a gap longer than it needs");
    if (byte > 0x7f) continue;
    at += gap + 1;
    places.push(at);
    gap = shift = 0;
  }
  if (shift > 0) throw unreadable("a gap that is cut short");
  return places;
}

/** An unsigned integer of at most four bytes. */
function isCount(item: Cbor | undefined): item is number {
  return typeof item === "number" && item >= 0 && item <= LARGEST;
}

/** `delta_unreadable`; `detail` is a literal. */
export function unreadable(detail: string): Refused {
  return new Refused("delta_unreadable", detail);
}
