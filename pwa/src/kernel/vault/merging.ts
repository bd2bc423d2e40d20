/**
 * Two phones' changes become one (TRUST section 8). The twin of `wallet/merging.py`; both run the same cases.
 *
 * A union that forgets only what it is known to have seen replaced: a write lives on unless the other phone knows it and
 * has it no more. So concurrent edits of one item both stay, the later first and the other as a copy; a deletion wins over
 * the writes that it had seen and over no other. One thing is not taken from another phone without asking: a pass that it
 * deleted stays here, marked `gone`, until the holder says yes (`OpenWallet.drop`) or no (`OpenWallet.retain`). What is
 * shared (everything but the marked ones) comes out alike whoever merges with whom, in whatever order, how often.
 */
import { hex, sameBytes, sha256 } from "../bytes.ts";
import { canonical } from "../canonical.ts";
import { type JsonObject, member } from "../json.ts";
import { Refused } from "../refused.ts";
import { type Contents, copyName, hashOf, type Item } from "./contents.ts";
import { CREDENTIAL } from "./kept.ts";
import { type Manifest, openManifest, type Row, type Version } from "./manifest.ts";

const MOMENTS = ["changedAt", "receivedAt", "at"] as const;

const DIGESTS = new WeakMap<JsonObject, string>();

/** The items of each write, by the digest of their bodies: one, but where a file was copied with its device's name. */
type Alive = ReadonlyMap<string, ReadonlyMap<string, Item>>;

/** This phone's contents with another's, as the server showed them. */
export function merge(mine: Contents, theirs: Contents): Contents {
  if (!sameBytes(mine.vaultId, theirs.vaultId)) throw new Error("contents of two vaults");
  const other = shared(theirs);
  const ours = aliveOf(shared(mine));
  const others = aliveOf(other);
  const here = mine.items.flatMap((item) => keptHere(item, other, others));
  const news = other.items.filter((item) => twinOf(item, ours) === undefined && lives(item, mine, ours));
  return { ...mine, items: inOrder([...mine.items, ...other.items], [...here, ...news]), seen: joined(mine.seen, other.seen) };
}

/** What other phones are told: without the passes that the holder was not asked about yet. */
export function shared(contents: Contents): Contents {
  return { ...contents, items: contents.items.filter(({ gone }) => !gone) };
}

/** The passes that another phone deleted and that the holder of this one is to be asked about. */
export function asked({ items }: Contents): readonly Item[] {
  return items.filter(({ gone }) => gone);
}

/**
 * The server's manifest, opened, once it follows the one that this phone knew last (null before the first). Refuses
 * `stale_server` for a lower number, another manifest of the same number, a next one that does not name the known one,
 * and for one that does not know what the known one knew; `vault_unreadable`.
 */
export function requireNewer(remote: Uint8Array, known: Uint8Array | null, vaultKey: Uint8Array): Manifest {
  const { manifest: shown } = openManifest(remote, vaultKey);
  if (known === null || sameBytes(remote, known)) return shown;
  const { manifest: last } = openManifest(known, vaultKey);
  const follows = shown.sequence > last.sequence && (shown.sequence > last.sequence + 1 || shown.previous === hashOf(known));
  if (!follows || !knowsAll(shown, last)) throw staleServer();
  return shown;
}

export function staleServer(): Refused {
  return new Refused("stale_server", "the server showed an older state than this device has seen");
}

/** What becomes of an item of this phone. */
function keptHere(item: Item, other: Contents, others: Alive): readonly Item[] {
  const twin = twinOf(item, others);
  if (item.gone || (twin === undefined && !lives(item, other, others))) {
    return member(item.body, "type") === CREDENTIAL ? [{ ...item, gone: true }] : [];
  }
  return [twin === undefined ? item : { ...item, blob: twin.blob ?? item.blob }];
}

/** The very same write, as the other phone has it. */
function twinOf(item: Item, alive: Alive): Item | undefined {
  return alive.get(copyName(item))?.get(digest(item));
}

/** Alive there too, or not known there. By the write alone: where one was made twice (a copied file), both live. */
function lives(item: Item, other: Contents, others: Alive): boolean {
  return others.has(copyName(item)) || item.number > (other.seen.get(item.name)?.get(item.device) ?? 0);
}

/** In the order that items came; of one item the later write first, and none marked where one is alive. */
function inOrder(arrivals: readonly Item[], kept: readonly Item[]): readonly Item[] {
  const byName = new Map<string, Item[]>(arrivals.map(({ name }) => [name, []]));
  for (const item of kept) byName.get(item.name)?.push(item);
  return [...byName.values()].flatMap((writes) => {
    const alive = writes.filter(({ gone }) => !gone);
    return (alive.length > 0 ? alive : writes).map((item) => ({ item, rank: rank(item) })).sort(byRank).map(({ item }) => item);
  });
}

function joined(one: ReadonlyMap<string, Version>, other: ReadonlyMap<string, Version>): ReadonlyMap<string, Version> {
  const all = new Map(one);
  for (const [name, version] of other) {
    const known = new Map(all.get(name));
    for (const [device, number] of version) known.set(device, Math.max(number, known.get(device) ?? 0));
    all.set(name, known);
  }
  return all;
}

/** Whether nothing that was known is unknown again, and nothing that was gone is back. */
function knowsAll(shown: Manifest, last: Manifest): boolean {
  return [...last.rows].every(([name, row]) => {
    const now = shown.rows.get(name);
    if (now === undefined || [...row.version].some(([device, number]) => (now.version.get(device) ?? 0) < number)) return false;
    return now.writes.every(({ device, number }) => number > (row.version.get(device) ?? 0) || isAlive(row, device, number));
  });
}

function isAlive(row: Row, device: string, number: number): boolean {
  return !row.deleted && row.writes.some((write) => write.device === device && write.number === number);
}

function aliveOf({ items }: Contents): Alive {
  const alive = new Map<string, Map<string, Item>>();
  for (const item of items) alive.set(copyName(item), new Map(alive.get(copyName(item))).set(digest(item), item));
  return alive;
}

/** A body never changes, so its digest is made once. */
function digest({ body }: Item): string {
  const made = DIGESTS.get(body) ?? hex(sha256(canonical(body)));
  DIGESTS.set(body, made);
  return made;
}

function rank(item: Item): readonly [string, string] {
  const moment = MOMENTS.map((name) => member(item.body, name)).find((value) => value !== undefined);
  return [typeof moment === "string" ? moment : "", digest(item)];
}

function byRank({ rank: [one, first] }: { rank: readonly [string, string] }, { rank: [other, second] }: { rank: readonly [string, string] }): number {
  if (one !== other) return one < other ? 1 : -1;
  if (first !== second) return first < second ? 1 : -1;
  return 0;
}
