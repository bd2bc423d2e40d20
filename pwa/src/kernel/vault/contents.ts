/**
 * What lies inside a vault once it is open: items, as the manifest names them (TRUST section 8). The twin of
 * `wallet/contents.py`. The manifest is the truth: an item that it does not name is not there, one that it names and that
 * is missing or changed is damage. An item is sealed under its own key and is written anew only when it changed.
 */
import { base64url, sha256 } from "../bytes.ts";
import { writeJson } from "../codec.ts";
import type { JsonObject } from "../json.ts";
import type { Random } from "../ports.ts";
import { Refused } from "../refused.ts";
import { itemKeys } from "./keys.ts";
import { damaged, idOf, type Manifest, openManifest, readVaultJson, type Row, sealManifest, type Version, type Write } from "./manifest.ts";
import { ID_SIZE, KIND, open, seal } from "./pvl1.ts";
import type { SealedVault } from "./sealed.ts";

/**
 * One thing kept, as one write made it; `blob` is how it lies sealed, null until it does.
 * `gone`: another phone deleted it, and it stays here until the holder agrees (merging.ts).
 */
export interface Item {
  readonly name: string;
  readonly device: string;
  readonly number: number;
  readonly body: JsonObject;
  readonly gone: boolean;
  readonly blob: Uint8Array | null;
}

type KeyOf = ReturnType<typeof itemKeys>;
const HASHES = new WeakMap<Uint8Array, string>();

export type SealedItem = Item & { readonly blob: Uint8Array };

/** An open vault's items, in the order they came. `seen` holds the version of every item that ever was, also of those deleted. */
export interface Contents {
  readonly vaultId: Uint8Array;
  readonly device: string;
  readonly sequence: number;
  /** The hash of the manifest that they were read by. */
  readonly previous: string | null;
  readonly items: readonly Item[];
  readonly seen: ReadonlyMap<string, Version>;
}

/** An id that says nothing. */
export function newName(random: Random): string {
  return base64url(random(ID_SIZE));
}

/** The write's own name, for where an item has several. */
export function copyName({ name, device, number }: Item): string {
  return `${name}.${device}.${number}`;
}

/** With one more item, or one more write of an item that was deleted. */
export function addItem(contents: Contents, name: string, body: JsonObject): Contents {
  const item = written(contents, name, body);
  return { ...contents, items: [...contents.items, item], seen: noted(contents, item) };
}

/** The item of that name, or the one write of that name. Refuses `not_found`. */
export function findItem(contents: Contents, name: string): Item {
  const found = contents.items.find((item) => isNamed(item, name));
  if (found === undefined) throw new Refused("not_found", "no item of that name in the wallet");
  return found;
}

/** With that body in the place of the former, and no longer marked as gone. Refuses `not_found`. */
export function changeItem(contents: Contents, name: string, body: JsonObject): Contents {
  const former = findItem(contents, name);
  const item = written(contents, former.name, body);
  const others = contents.items.filter((each) => each === former || each.name !== item.name || !each.gone);
  return { ...contents, items: others.map((each) => (each === former ? item : each)), seen: noted(contents, item) };
}

/** Without that item, or that one write of it. */
export function dropItem(contents: Contents, name: string): Contents {
  return { ...contents, items: contents.items.filter((item) => !isNamed(item, name)) };
}

/** Everything in the vault. Refuses `vault_unreadable` for a wrong key, a missing or a changed item. */
export function openContents(sealed: SealedVault, vaultKey: Uint8Array): Contents {
  const { manifest } = openManifest(sealed.manifest, vaultKey);
  const blobs = new Map(sealed.items.map((blob) => [hashOf(blob), blob]));
  const keyOf = itemKeys(vaultKey);
  return {
    vaultId: sealed.vaultId,
    device: manifest.device,
    sequence: manifest.sequence,
    previous: hashOf(sealed.manifest),
    items: [...manifest.rows].flatMap(([name, row]) => row.writes.map((write) => openItem(name, write, { blob: blobs.get(write.hash), keyOf, gone: row.deleted }))),
    seen: new Map([...manifest.rows].map(([name, { version }]) => [name, version])),
  };
}

/** The next state of the vault: its sequence is one higher. Only what changed is sealed anew. */
export function sealContents(contents: Contents, { vaultKey, wraps, random }: { vaultKey: Uint8Array; wraps: readonly Uint8Array[]; random: Random }): {
  readonly contents: Contents;
  readonly sealed: SealedVault;
} {
  const { vaultId, device, previous, seen } = contents;
  const sequence = contents.sequence + 1;
  const keyOf = itemKeys(vaultKey);
  const items = contents.items.map((item) => ({ ...item, blob: item.blob ?? sealItem(item, { keyOf, vaultId, sequence, random }) }));
  const manifest: Manifest = { device, sequence, previous, rows: rowsOf(items, seen) };
  const blob = sealManifest(manifest, { vaultKey, vaultId, random });
  const sealed = { vaultId, sequence: BigInt(sequence), manifest: blob, wraps, items: items.map((item) => item.blob) };
  return { contents: { ...contents, sequence, previous: hashOf(blob), items }, sealed };
}

/** One item's blob, opened. Refuses `vault_unreadable` where it is missing, changed or another's. */
export function openItem(name: string, write: Write, { blob, keyOf, gone }: { blob: Uint8Array | undefined; keyOf: KeyOf; gone: boolean }): Item {
  if (blob?.length !== write.size || hashOf(blob) !== write.hash) throw damaged();
  const { plaintext } = open(blob, keyOf(idOf(name)));
  return { name, device: write.device, number: write.number, body: readVaultJson(plaintext), gone, blob };
}

/** The manifest's rows of items that lie sealed: those there are in their order, then those deleted. */
export function rowsOf(items: readonly SealedItem[], seen: ReadonlyMap<string, Version>): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  for (const { name, device, number, gone, blob } of items) {
    const write = { device, number, hash: hashOf(blob), size: blob.length };
    rows.set(name, { version: seen.get(name) ?? new Map(), writes: [...(rows.get(name)?.writes ?? []), write], deleted: gone });
  }
  for (const [name, version] of seen) if (!rows.has(name)) rows.set(name, { version, writes: [], deleted: true });
  return rows;
}

/** How a blob is named: SHA-256 in base64url. A blob never changes, so its name is made once. */
export function hashOf(blob: Uint8Array): string {
  const hash = HASHES.get(blob) ?? base64url(sha256(blob));
  HASHES.set(blob, hash);
  return hash;
}

function sealItem({ name, body }: Item, sealing: { keyOf: KeyOf; vaultId: Uint8Array; sequence: number; random: Random }): Uint8Array {
  const { keyOf, ...rest } = sealing;
  return seal(writeJson(body), { key: keyOf(idOf(name)), kind: KIND.item, ...rest });
}

function written({ device, seen }: Contents, name: string, body: JsonObject): Item {
  return { name, device, number: (seen.get(name)?.get(device) ?? 0) + 1, body, gone: false, blob: null };
}

function noted({ seen }: Contents, { name, device, number }: Item): ReadonlyMap<string, Version> {
  return new Map(seen).set(name, new Map(seen.get(name)).set(device, number));
}

function isNamed(item: Item, name: string): boolean {
  return name === item.name || name === copyName(item);
}
