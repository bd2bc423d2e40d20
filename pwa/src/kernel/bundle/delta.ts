/**
 * From one state of the bundle to a later one in a few hundred characters, for a phone to show to another (TRUST 5).
 *
 * Only what online keys sign may change so; the rest comes by file. Nothing is trusted because it came so: files are
 * rebuilt out of those installed, then install.ts checks them like any other. The text's form is deltatext.ts's.
 */
import { hex, sameBytes, sha256, textOf, utf8 } from "../bytes.ts";
import { writeCbor } from "../cbor.ts";
import { framesOf } from "../frames.ts";
import { Refused } from "../refused.ts";
import { type Files, placeOf } from "./chain.ts";
import { type Delta, fileItem, LIST, readDelta, unreadable, type Words, writeDelta } from "./deltatext.ts";
import { type Installing, installFiles } from "./install.ts";
import type { InstalledBundle } from "./installed.ts";
import { type Layout, needed, readLayout, rootsOf } from "./layout.ts";
import { refused } from "./olpc.ts";

const KEYSTATE = "/keystate.json";
const WORDS = /[0-9A-Za-z]+/g;

/** SHA-256 in hex of a file as it was -> as it is now: who has both need not be told. */
type Renamed = ReadonlyMap<string, string>;
/** A file before and after. */
type Pair = readonly [Uint8Array, Uint8Array];

/** The text that leads from `old` to `fresh`. Refuses `delta_needs_file`, `delta_too_large`, `bundle_refused`. */
export function makeDelta(old: Files, fresh: Files): string {
  const [was, now] = [readLayout(old), readLayout(fresh)];
  const [before, after] = [needed(old, was), needed(fresh, now)];
  const pairs = changedTargets(before, after, was, now);
  const files = new Map<string, Uint8Array | Words>();
  for (const [path, pair] of pairs) if (path.endsWith(KEYSTATE)) files.set(path, difference(pair, new Map()));
  const renamed = new Map([...pairs.values()].map(renaming));
  for (const role of onlineRoles(was)) {
    const path = at(now.roles, role);
    const pair: Pair = [at(before, at(was.roles, role)), at(after, path)];
    if (sameBytes(...pair)) continue;
    files.set(path, difference(pair, renamed));
    renamed.set(...renaming(pair));
  }
  const lists = [...pairs].filter(([path]) => path.endsWith(LIST)).map(([path, pair]) => [path, flippedPlaces(pair)] as const);
  return writeDelta({ from: was.version, to: now.version, files, lists: new Map(lists) });
}

/** The text as frames for a camera (FORMAT section 9). Refuses `delta_too_large` where nine do not hold it. */
export function showDelta(text: string): string[] {
  try {
    return framesOf(text);
  } catch (fault) {
    throw fault instanceof Refused ? new Refused("delta_too_large", "more than nine frames hold") : fault;
  }
}

/** The files of the later state, out of the installed ones; none checked. Refuses `delta_not_for_this_list` and more. */
export function applyDelta(delta: Delta, files: Files): Map<string, Uint8Array> {
  const was = readLayout(files);
  const states = [...delta.files.keys()].filter((path) => path.endsWith(KEYSTATE));
  const changed = [...delta.lists.keys(), ...states].sort(byCharacter);
  if (delta.from !== was.version || changed.some((path) => !was.targets.has(path))) {
    throw new Refused("delta_not_for_this_list", "an update for another list than the installed one");
  }
  const found = needed(files, was);
  const renamed = new Map<string, string>();
  for (const path of changed) {
    const before = at(found, placeOf(path, at(was.targets, path)));
    const places = delta.lists.get(path);
    const after = places === undefined ? patched(before, at(delta.files, path), new Map()) : flip(before, places);
    renamed.set(...renaming([before, after]));
    found.set(placeOf(path, sha256(after)), after);
  }
  const told = new Map([...delta.files.keys()].filter((path) => !states.includes(path)).map((path) => [roleOf(path), path]));
  const roles = onlineRoles(was);
  if (told.size + states.length !== delta.files.size || [...told.keys()].some((role) => !roles.includes(role))) {
    throw unreadable("an update of a role that it may not change, or of one role twice");
  }
  for (const role of roles) {
    const path = told.get(role);
    if (path === undefined) continue;
    const before = at(files, at(was.roles, role));
    const after = patched(before, at(delta.files, path), renamed);
    found.set(path, after);
    renamed.set(...renaming([before, after]));
  }
  return needed(found, readLayout(found));
}

/** Reads a text, applies it to the installed `files`, installs with every check. Refuses as those three do. */
export async function takeDelta(text: string, files: Files, installing: Installing): Promise<{ readonly bundle: InstalledBundle; readonly files: Files }> {
  const delta = readDelta(text);
  const fresh = applyDelta(delta, files);
  const bundle = await installFiles(fresh, installing);
  if (bundle.version !== delta.to) throw refused("an update leads to another version than it says");
  return { bundle, files: fresh };
}

/** The roles that an update may change, those that are named before those that name them. */
function onlineRoles({ roles }: Layout): readonly string[] {
  const parts = [...roles.keys()].filter((role) => !["targets", "snapshot", "timestamp"].includes(role));
  return [...parts.sort(byCharacter), "snapshot", "timestamp"];
}

/** The role that a metadata file is of: `metadata/7.status-norma.json` -> `status-norma`. */
function roleOf(path: string): string {
  return path.replace(/^metadata\//, "").replace(/\.json$/, "").replace(/^[^.]*\./, "");
}

/** The lists and key states that changed; everything else must be as it was, and the version later. */
function changedTargets(old: Files, fresh: Files, was: Layout, now: Layout): ReadonlyMap<string, Pair> {
  const roots = [new Map(rootsOf(old)), new Map(rootsOf(fresh))] as const;
  const [before, after] = [at(old, at(was.roles, "targets")), at(fresh, at(now.roles, "targets"))];
  const same = sameFiles(...roots) && sameBytes(before, after) && sameNames(was.roles, now.roles) && sameNames(was.targets, now.targets);
  const changed = [...now.targets.keys()].filter((path) => same && !sameBytes(at(was.targets, path), at(now.targets, path)));
  if (!same || now.version <= was.version || changed.some((path) => !path.endsWith(LIST) && !path.endsWith(KEYSTATE))) {
    throw new Refused("delta_needs_file", "more changed than status, or nothing did");
  }
  const pair = (path: string): Pair => [at(old, placeOf(path, at(was.targets, path))), at(fresh, placeOf(path, at(now.targets, path)))];
  return new Map(changed.sort(byCharacter).map((path) => [path, pair(path)]));
}

function sameNames(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  return one.size === other.size && [...one.keys()].every((name) => other.has(name));
}

function sameFiles(one: Files, other: Files): boolean {
  return sameNames(one, other) && [...one].every(([path, raw]) => sameBytes(raw, at(other, path)));
}

/** What is there under a name: the caller has asked before. */
function at<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found === undefined) throw new Error("a name that was asked for before is gone");
  return found;
}

function renaming([before, after]: Pair): [string, string] {
  return [hex(sha256(before)), hex(sha256(after))];
}

/** The words that differ, where both files have one form and it is shorter so; else the file as it is. */
function difference([before, after]: Pair, renamed: Renamed): Uint8Array | Words {
  const [old, fresh] = [textOf(before), textOf(after)];
  if (old.replace(WORDS, "0") !== fresh.replace(WORDS, "0")) return after;
  const now = fresh.match(WORDS) ?? [];
  const words: (readonly [number, string])[] = [];
  let former = -1;
  for (const [place, word] of (old.match(WORDS) ?? []).entries()) {
    const here = now[place] ?? "";
    if ((renamed.get(word) ?? word) === here) continue;
    words.push([place - former - 1, here]);
    former = place;
  }
  return words.length > 0 && writeCbor(fileItem(words)).length < writeCbor(after).length ? words : after;
}

/** The file that `difference` was made from. */
function patched(before: Uint8Array, change: Uint8Array | Words, renamed: Renamed): Uint8Array {
  if (change instanceof Uint8Array) return change;
  const places = new Map<number, string>();
  let last = -1;
  for (const [passed, word] of change) {
    last += passed + 1;
    places.set(last, word);
  }
  let place = 0;
  const after = textOf(before).replace(WORDS, (word) => places.get(place++) ?? renamed.get(word) ?? word);
  if (last >= place) throw unreadable("a word beyond the end of its file");
  return utf8(after);
}

/** The places at which two lists differ, ascending: newly set; in a suspension list newly cleared ones too. */
function flippedPlaces([before, after]: Pair): readonly number[] {
  const places: number[] = [];
  for (const [byte, one] of before.entries()) {
    const flips = one ^ (after[byte] ?? 0);
    for (let n = 0; flips > 0 && n < 8; n += 1) if ((flips & (0x80 >> n)) !== 0) places.push(byte * 8 + n);
  }
  return places;
}

function flip(before: Uint8Array, places: readonly number[]): Uint8Array {
  const after = before.slice();
  for (const place of places) {
    if (place >= before.length * 8) throw unreadable("a place outside its list");
    after[place >> 3] = (after[place >> 3] ?? 0) ^ (0x80 >> (place & 7));
  }
  return after;
}

/** Paths are ASCII: this is the order of their bytes. */
function byCharacter(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
