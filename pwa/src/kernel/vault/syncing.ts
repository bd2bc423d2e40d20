/**
 * A round of synchronising, without the network (TRUST section 8): what to fetch from the server that keeps the vault's
 * backup, and after merging what to send, which manifest to put in which one's place, and what the server may drop.
 *
 *     look     local wallet, last manifest known, the server's manifest  ->  blobs to fetch
 *     combine  the same, and the fetched blobs                            ->  the merged wallet, blobs to send, a manifest
 *
 * The caller keeps the merged wallet first, then sends the blobs, then puts the manifest, then keeps it as the last one
 * known, then lets the server drop. Where another phone came first (409) it looks again, with the merged wallet; where a
 * blob is not there any more, too. Cut off anywhere, nothing is lost and the next round goes on.
 */
import type { Random } from "../ports.ts";
import { type Contents, hashOf, openItem, rowsOf, type SealedItem } from "./contents.ts";
import type { OpenWallet } from "./holder.ts";
import { itemKeys } from "./keys.ts";
import { type Manifest, type Row, sealManifest, type Write } from "./manifest.ts";
import { merge, requireNewer, shared, staleServer } from "./merging.ts";

/** How the server names a sealed item, and how long it is. */
export interface BlobName {
  readonly item: string;
  readonly hash: string;
  readonly size: number;
}

/** What the server showed, once it was seen to be no older than what this phone knew. */
export interface Look {
  readonly remote: { readonly blob: Uint8Array; readonly manifest: Manifest } | null;
  readonly fetch: readonly BlobName[];
}

export interface Round {
  /** To be kept first. Where it holds passes marked `gone`, the holder is to be asked. */
  readonly wallet: OpenWallet;
  /** Something came or went: without it the wallet need not be kept anew. */
  readonly changed: boolean;
  readonly send: readonly (BlobName & { readonly blob: Uint8Array })[];
  /** null where the server has it all. `after` = the number of the manifest that it replaces, 0 before the first. */
  readonly put: { readonly manifest: Uint8Array; readonly after: number; readonly sequence: number } | null;
  /** The last manifest known from now on, once `put` was answered. */
  readonly known: Uint8Array;
  /** What the server may drop once `put` was answered. */
  readonly drop: readonly BlobName[];
}

/**
 * What there is to fetch. `remote` = the server's manifest, null where it has none; `known` = the last one known, null on a
 * new phone, and where the holder wants the server's believed although it was found too old (a merge loses nothing).
 * Refuses `stale_server`, also where the server lost what this phone knew it to have; `vault_unreadable`.
 */
export function look(wallet: OpenWallet, remote: Uint8Array | null, known: Uint8Array | null): Look {
  if (remote === null) {
    if (known !== null) throw staleServer();
    return { remote: null, fetch: [] };
  }
  const manifest = requireNewer(remote, known, wallet.vaultKey);
  const here = blobsOf(wallet.contents);
  const fetch = namesOf(manifest.rows).filter((name) => !here.has(name.hash) && !isOver(wallet.contents, name));
  return { remote: { blob: remote, manifest }, fetch };
}

/**
 * The merged wallet and what to send. `wallet` was kept, so that each item lies sealed; `blobs` = what `look` asked for, by
 * hash. Refuses `stale_server` where one is missing; `vault_unreadable` where one is not what the manifest says.
 */
export function combine(wallet: OpenWallet, { remote }: Look, blobs: ReadonlyMap<string, Uint8Array>, random: Random): Round {
  const mine = wallet.contents;
  const merged = remote === null ? mine : merge(mine, remoteContents(wallet, remote.manifest, blobs));
  const round = { wallet: wallet.with(merged), changed: !sameRows(allRows(mine), allRows(merged)) };
  const rows = allRows(shared(merged));
  if (remote !== null && sameRows(rows, remote.manifest.rows)) return { ...round, send: [], put: null, known: remote.blob, drop: [] };
  const after = remote?.manifest.sequence ?? 0;
  const next: Manifest = { device: mine.device, sequence: after + 1, previous: remote === null ? null : hashOf(remote.blob), rows };
  const manifest = sealManifest(next, { vaultKey: wallet.vaultKey, vaultId: mine.vaultId, random });
  const there = new Set(remote === null ? [] : namesOf(remote.manifest.rows).map(({ hash }) => hash));
  const named = new Set(namesOf(rows).map(({ hash }) => hash));
  const here = blobsOf(merged);
  const send = namesOf(rows).flatMap(({ item, hash, size }) => {
    const blob = there.has(hash) ? undefined : here.get(hash);
    return blob === undefined ? [] : [{ item, hash, size, blob }];
  });
  const drop = remote === null ? [] : namesOf(remote.manifest.rows).filter(({ hash }) => !named.has(hash));
  return { ...round, send, put: { manifest, after, sequence: next.sequence }, known: manifest, drop };
}

/** The other phones' contents, as far as a merge looks at them. */
function remoteContents(wallet: OpenWallet, { rows, ...manifest }: Manifest, blobs: ReadonlyMap<string, Uint8Array>): Contents {
  const { contents } = wallet;
  const here = new Map(sealedItems(contents).map((item) => [hashOf(item.blob), item]));
  const keyOf = itemKeys(wallet.vaultKey);
  const items = namesOf(rows).flatMap((name) => {
    const mine = here.get(name.hash);
    if (mine !== undefined) return [{ ...mine, gone: false }];
    if (isOver(contents, name)) return [];
    const blob = blobs.get(name.hash);
    if (blob === undefined) throw staleServer();
    return [openItem(name.item, name, { blob, keyOf, gone: false })];
  });
  return { ...manifest, vaultId: contents.vaultId, items, seen: new Map([...rows].map(([name, { version }]) => [name, version])) };
}

/** Known here and alive here no more: it need not come. */
function isOver({ items, seen }: Contents, { item, device, number }: Write & BlobName): boolean {
  const known = number <= (seen.get(item)?.get(device) ?? 0);
  return known && !items.some((each) => !each.gone && each.name === item && each.device === device && each.number === number);
}

function namesOf(rows: ReadonlyMap<string, Row>): readonly (Write & BlobName)[] {
  return [...rows].flatMap(([item, row]) => (row.deleted ? [] : row.writes.map((write) => ({ ...write, item }))));
}

function blobsOf(contents: Contents): ReadonlyMap<string, Uint8Array> {
  return new Map(sealedItems(contents).map(({ blob }) => [hashOf(blob), blob]));
}

function allRows(contents: Contents): ReadonlyMap<string, Row> {
  return rowsOf(sealedItems(contents), contents.seen);
}

function sealedItems({ items }: Contents): readonly SealedItem[] {
  return items.map(({ blob, ...item }) => {
    if (blob === null) throw new Error("a wallet is kept, and so sealed, before it is synchronised");
    return { ...item, blob };
  });
}

/** The same items, known as far, by the same writes; their order is each phone's own. */
function sameRows(one: ReadonlyMap<string, Row>, other: ReadonlyMap<string, Row>): boolean {
  return one.size === other.size && [...one].every(([name, row]) => isSame(row, other.get(name)));
}

function isSame(one: Row, other: Row | undefined): boolean {
  const told = ({ version, writes, deleted }: Row): string =>
    JSON.stringify([[...version].sort(), writes.map(({ device, number, hash }) => [device, number, hash].join(" ")).sort(), deleted]);
  return other !== undefined && told(one) === told(other);
}
