/**
 * The manifest of a vault, sealed and open: which items there are, by which writes, known up to where (TRUST section 8).
 *
 *     {"version": 2, "device": …, "sequence": n, "previous": hash of the former manifest | null,
 *      "items": {id: {"version": {device: n, …}, "writes": [{"device", "number", "hash", "size"}, …]}}}
 *
 * A *write* is one device's n-th body of an item. `version` says, for each device, up to which of its writes the item is
 * known; a write that is known and no longer listed was replaced or deleted. So an item without writes is a tombstone
 * ("deleted": true), and two writes of one item were made by phones that did not know of each other. With writes,
 * "deleted" says that the holder of this phone was not asked yet. Version 1 (one write an item) is read as well. The twin
 * of that part of `wallet/contents.py`.
 */
import { VAULT_JSON } from "../bounds.ts";
import { fromBase64url } from "../bytes.ts";
import { readJson, writeJson } from "../codec.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../json.ts";
import type { Random } from "../ports.ts";
import { Refused } from "../refused.ts";
import { SUBKEY, subkey } from "./keys.ts";
import { ID_SIZE, KIND, open, seal } from "./pvl1.ts";

const VERSION = 2;
const FIRST_VERSION = 1;

/** Device -> how many of its writes are known. */
export type Version = ReadonlyMap<string, number>;

/** One body of an item, as its sealed blob is named. */
export interface Write {
  readonly device: string;
  readonly number: number;
  readonly hash: string;
  readonly size: number;
}

export interface Row {
  readonly version: Version;
  readonly writes: readonly Write[];
  readonly deleted: boolean;
}

export interface Manifest {
  readonly device: string;
  readonly sequence: number;
  readonly previous: string | null;
  /** By item name, in the order they came. */
  readonly rows: ReadonlyMap<string, Row>;
}

export interface ManifestSealing {
  readonly vaultKey: Uint8Array;
  readonly vaultId: Uint8Array;
  readonly random: Random;
}

/** The manifest of that vault. Refuses `vault_unreadable` for a wrong key, another kind, a wrong shape. */
export function openManifest(blob: Uint8Array, vaultKey: Uint8Array): { manifest: Manifest; vaultId: Uint8Array } {
  const { header, plaintext } = open(blob, subkey(vaultKey, SUBKEY.manifest));
  const manifest = readManifest(readVaultJson(plaintext));
  if (header.kind !== KIND.manifest || BigInt(manifest.sequence) !== header.sequence) throw damaged();
  return { manifest, vaultId: header.vaultId };
}

export function sealManifest(manifest: Manifest, { vaultKey, vaultId, random }: ManifestSealing): Uint8Array {
  const key = subkey(vaultKey, SUBKEY.manifest);
  return seal(writeJson(written(manifest)), { key, kind: KIND.manifest, vaultId, sequence: manifest.sequence, random });
}

/** The JSON inside a blob that opened. Refuses `vault_unreadable`. */
export function readVaultJson(plaintext: Uint8Array): JsonObject {
  try {
    return readJson(plaintext, VAULT_JSON);
  } catch (fault) {
    throw fault instanceof Refused ? damaged() : fault;
  }
}

/** The 16 bytes of an item's name. Refuses `vault_unreadable`. */
export function idOf(name: string): Uint8Array {
  const id = fromBase64url(name, 64);
  if (id?.length !== ID_SIZE) throw damaged();
  return id;
}

export function damaged(): Refused {
  return new Refused("vault_unreadable", "the vault opened, but what it names is missing or damaged");
}

function written({ device, sequence, previous, rows }: Manifest): JsonObject {
  const items = [...rows].map(([name, { version, writes, deleted }]): [string, JsonValue] => {
    const counted = Object.fromEntries([...version].sort(([one], [other]) => (one < other ? -1 : 1)));
    const named = writes.map((write): JsonObject => ({ device: write.device, number: write.number, hash: write.hash, size: write.size }));
    return [name, { version: counted, writes: named, ...(deleted ? { deleted } : {}) }];
  });
  return { version: VERSION, device, sequence, previous, items: Object.fromEntries(items) };
}

function readManifest(document: JsonObject): Manifest {
  const version = member(document, "version");
  const previous = member(document, "previous");
  if (version !== VERSION && version !== FIRST_VERSION) throw damaged();
  const read = version === FIRST_VERSION ? readFirstRow : readRow;
  return {
    device: text(member(document, "device")),
    sequence: count(member(document, "sequence")),
    previous: previous === null ? null : text(previous),
    rows: new Map(Object.entries(object(member(document, "items"))).map(([name, row]) => [name, read(object(row))])),
  };
}

function readRow(row: JsonObject): Row {
  const version = readVersion(row);
  const writes = member(row, "writes");
  if (!Array.isArray(writes)) throw damaged();
  return { version, writes: writes.map((write) => readWrite(object(write), version)), deleted: member(row, "deleted") === true };
}

/** A row of version 1: the item's one write is the one that its version counts. */
function readFirstRow(row: JsonObject): Row {
  const version = readVersion(row);
  const [only, ...others] = version;
  if (only === undefined || others.length > 0) throw damaged();
  const [device, number] = only;
  return { version, writes: [readWrite({ ...row, device, number }, version)], deleted: false };
}

function readVersion(row: JsonObject): Version {
  return new Map(Object.entries(object(member(row, "version"))).map(([device, number]) => [device, count(number)]));
}

function readWrite(write: JsonObject, version: Version): Write {
  const device = text(member(write, "device"));
  const number = count(member(write, "number"));
  if (number > (version.get(device) ?? 0)) throw damaged();
  return { device, number, hash: text(member(write, "hash")), size: count(member(write, "size")) };
}

function text(value: JsonValue | undefined): string {
  if (typeof value !== "string") throw damaged();
  return value;
}

function count(value: JsonValue | undefined): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) throw damaged();
  return value;
}

function object(value: JsonValue | undefined): JsonObject {
  if (!isObject(value)) throw damaged();
  return value;
}
