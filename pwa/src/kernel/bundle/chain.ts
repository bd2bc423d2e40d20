/**
 * From a trusted root to every target's hash: install steps 2 and 3 (TUF 1.0.31 section 5.3 to 5.6). No fetching.
 *
 * Files are taken by their consistent-snapshot names out of what a carrier brought; none is trusted by its name.
 * Versions never fall, with the one exception of section 5.3.11.
 */
import { DELEGATIONS, type JsonBounds, ROOT_STEPS, TUF_ROOT, TUF_SNAPSHOT, TUF_TARGETS, TUF_TIMESTAMP } from "../bounds.ts";
import { hex, sameBytes, sha256 } from "../bytes.ts";
import type { Ed25519Check } from "../ed25519.ts";
import { equals, type JsonObject, member } from "../json.ts";
import type { Instant } from "./installed.ts";
import { asBytes, asCount, asList, asObject, asText, type Metadata, readMetadata, readRole, requireRole, type Role } from "./metadata.ts";
import { refused } from "./olpc.ts";

const STATUS = "status-";
const TOP = ["root", "timestamp", "snapshot", "targets"] as const;
type Top = (typeof TOP)[number];

export type Files = ReadonlyMap<string, Uint8Array>;

/** A root that is trusted: its file and the four roles it names. */
export interface Root {
  readonly metadata: Metadata;
  readonly roles: Readonly<Record<Top, Role>>;
}

/** What a role says of one file, and when that role signed. */
export interface Target {
  readonly length: number;
  readonly digest: Uint8Array;
  readonly custom: JsonObject;
  readonly role: string;
  readonly signedAt: Instant;
}

/** All roles accepted. `versions` is what a later install may not fall below. */
export interface Chain {
  readonly timestamp: Metadata;
  readonly snapshot: Metadata;
  readonly targets: Metadata;
  readonly versions: ReadonlyMap<string, number>;
  readonly files: ReadonlyMap<string, Target>;
}

/** A root file and its roles, not yet trusted. */
export function readRoot(raw: Uint8Array, crypto: Ed25519Check): Root {
  const metadata = readMetadata(raw, "root", TUF_ROOT);
  const { signed } = metadata;
  if (member(signed, "consistent_snapshot") !== true) throw refused("the root does not promise consistent snapshots");
  const keys = asObject(member(signed, "keys"));
  const rows = asObject(member(signed, "roles"));
  const role = (name: Top): Role => readRole(keys, asObject(member(rows, name)), crypto);
  return {
    metadata,
    roles: { root: role("root"), timestamp: role("timestamp"), snapshot: role("snapshot"), targets: role("targets") },
  };
}

/** N+1, N+2 … as far as they go, each signed by the old and by the new root keys (5.3.2 to 5.3.8). */
export async function followRoots(files: Files, start: Root, crypto: Ed25519Check): Promise<Root> {
  let trusted = start;
  await requireRole(trusted.roles.root, trusted.metadata, crypto);
  for (let step = 0; step < ROOT_STEPS; step += 1) {
    const version = trusted.metadata.version + 1;
    const raw = files.get(`metadata/${version}.root.json`);
    if (raw === undefined) return trusted;
    const next = readRoot(raw, crypto);
    if (next.metadata.version !== version) throw refused("a root does not carry the version of its name");
    await requireRole(trusted.roles.root, next.metadata, crypto);
    await requireRole(next.roles.root, next.metadata, crypto);
    trusted = next;
  }
  throw refused("too many roots in one install");
}

/** Whether timestamp or snapshot keys changed: then their stored versions are dropped (5.3.11). */
export function rotatedOnline(old: Root, fresh: Root): boolean {
  return (["timestamp", "snapshot"] as const).some((name) => !sameKeys(old.roles[name], fresh.roles[name]));
}

function sameKeys(one: Role, other: Role): boolean {
  return one.keys.size === other.keys.size && [...one.keys].every(([keyid, key]) => {
    const same = other.keys.get(keyid);
    return same !== undefined && sameBytes(key, same);
  });
}

export function requireInTime(metadata: Metadata, at: Instant, what: string): void {
  if (metadata.expires <= at) throw refused(what);
}

export interface Following {
  /** Versions of the last install, already cut by 5.3.11. */
  readonly known: ReadonlyMap<string, number>;
  readonly at: Instant;
  /**
   * Lets a timestamp be out of time that is newer than the last one, and with it what the online keys sign (TRUST
   * section 4, last line); root and targets never.
   */
  readonly lenient: boolean;
  readonly crypto: Ed25519Check;
}

/** Timestamp, snapshot, targets and delegations. */
export async function follow(files: Files, root: Root, following: Following): Promise<Chain> {
  const { known, at, lenient, crypto } = following;
  const timestamp = await takeTimestamp(files, root, following);
  const late = timestamp.expires <= at;
  if (late && !(lenient && timestamp.version > (known.get("timestamp") ?? 0))) throw refused("the timestamp has expired");
  const snapshot = await takeSnapshot(files, root, timestamp, following);
  const online = [snapshot];
  const listed = snapshotRows(snapshot);
  requireNoFall(listed, known);
  const targets = await takeNamed(files, "targets", listed, root.roles.targets, crypto);
  requireInTime(targets, at, "the targets role has expired");
  const every = new Map(readTargets(targets, "targets"));
  for (const [name, role] of readDelegations(targets, crypto)) {
    const part = await takeNamed(files, name, listed, role, crypto);
    online.push(part);
    for (const [path, target] of readTargets(part, name)) every.set(path, target);
  }
  for (const metadata of late ? [] : online) requireInTime(metadata, at, "the snapshot or a status role has expired");
  const versions = new Map([["timestamp", timestamp.version], ["snapshot", snapshot.version]]);
  for (const [name, row] of listed) versions.set(name, asCount(member(row, "version"), 1));
  return { timestamp, snapshot, targets, versions, files: every };
}

/** A metadata file by its name. */
export function take(files: Files, name: string): Uint8Array {
  const raw = files.get(`metadata/${name}.json`);
  if (raw === undefined) throw refused("a metadata file is missing");
  return raw;
}

/** Every role of the last snapshot is still there, at its version or above (5.5.5). */
function requireNoFall(listed: ReadonlyMap<string, JsonObject>, known: ReadonlyMap<string, number>): void {
  for (const [name, version] of known) {
    if (name === "timestamp" || name === "snapshot") continue;
    const row = listed.get(name);
    if (row === undefined || asCount(member(row, "version"), 1) < version) {
      throw refused("a role's version fell, or the role is gone");
    }
  }
}

async function takeTimestamp(files: Files, root: Root, { known, crypto }: Following): Promise<Metadata> {
  const timestamp = readMetadata(take(files, "timestamp"), "timestamp", TUF_TIMESTAMP);
  await requireRole(root.roles.timestamp, timestamp, crypto);
  if (timestamp.version < (known.get("timestamp") ?? 1)) throw refused("the timestamp's version fell");
  return timestamp;
}

async function takeSnapshot(files: Files, root: Root, timestamp: Metadata, { known, crypto }: Following): Promise<Metadata> {
  const { row, version } = snapshotRow(timestamp);
  if (version < (known.get("snapshot") ?? 1)) throw refused("the snapshot's version fell");
  const snapshot = readStated(take(files, `${version}.snapshot`), row, "snapshot", TUF_SNAPSHOT);
  await requireRole(root.roles.snapshot, snapshot, crypto);
  if (snapshot.version !== version) throw refused("the snapshot is not the one that the timestamp names");
  return snapshot;
}

/** What a timestamp says of the snapshot, and the version in it. */
export function snapshotRow(timestamp: Metadata): { readonly row: JsonObject; readonly version: number } {
  const row = asObject(member(asObject(member(timestamp.signed, "meta")), "snapshot.json"));
  return { row, version: asCount(member(row, "version"), 1) };
}

/** Role name -> its row in the snapshot. */
export function snapshotRows(snapshot: Metadata): ReadonlyMap<string, JsonObject> {
  return new Map(Object.entries(asObject(member(snapshot.signed, "meta"))).map(([name, row]) => {
    if (!name.endsWith(".json")) throw refused("the snapshot names a file that is no metadata");
    return [name.slice(0, -".json".length), asObject(row)];
  }));
}

/** A targets role at exactly the version, length and hash that the snapshot gives it (5.6). */
async function takeNamed(
  files: Files,
  name: string,
  listed: ReadonlyMap<string, JsonObject>,
  role: Role,
  crypto: Ed25519Check,
): Promise<Metadata> {
  const row = listed.get(name);
  if (row === undefined) throw refused("the snapshot lacks a role");
  const version = asCount(member(row, "version"), 1);
  const metadata = readStated(take(files, `${version}.${name}`), row, "targets", TUF_TARGETS);
  await requireRole(role, metadata, crypto);
  if (metadata.version !== version) throw refused("a role is not the one that the snapshot names");
  return metadata;
}

/** Length and SHA-256 where the row gives them; a row with hashes but without SHA-256 is refused. */
function readStated(raw: Uint8Array, row: JsonObject, kind: string, bounds: JsonBounds): Metadata {
  const length = member(row, "length");
  const hashes = member(row, "hashes");
  if (length !== undefined && asCount(length) !== raw.length) {
    throw refused("a metadata file has another length than its row says");
  }
  if (hashes !== undefined && !sameBytes(asBytes(member(asObject(hashes), "sha256"), 32), sha256(raw))) {
    throw refused("a metadata file has another hash than its row says");
  }
  return readMetadata(raw, kind, bounds);
}

/** The files of a role. A status role speaks of its own folder only, and nobody else speaks of it (terminating). */
export function readTargets(metadata: Metadata, role: string): ReadonlyMap<string, Target> {
  const folder = role === "targets" ? null : `status/${role.slice(STATUS.length)}/`;
  if (folder !== null && (member(metadata.signed, "delegations") ?? null) !== null) throw refused("a status role delegates");
  return new Map(Object.entries(asObject(member(metadata.signed, "targets"))).map(([path, value]) => {
    const inside = folder === null ? !path.startsWith("status/") : path.startsWith(folder);
    if (!inside || (folder !== null && path.slice(folder.length).includes("/"))) {
      throw refused("a role lists a file outside its paths");
    }
    const row = asObject(value);
    const custom = member(row, "custom");
    const target: Target = {
      length: asCount(member(row, "length")),
      digest: asBytes(member(asObject(member(row, "hashes")), "sha256"), 32),
      custom: custom === undefined ? {} : asObject(custom),
      role,
      signedAt: metadata.signedAt,
    };
    return [path, target];
  }));
}

/** Only one form: `status-<issuer>` for `status/<issuer>/*`, terminating (TRUST section 5). */
function readDelegations(targets: Metadata, crypto: Ed25519Check): ReadonlyMap<string, Role> {
  const stated = member(targets.signed, "delegations") ?? null;
  const found = new Map<string, Role>();
  if (stated === null) return found;
  const part = asObject(stated);
  const keys = asObject(member(part, "keys"));
  const rows = asList(member(part, "roles"));
  if (rows.length > DELEGATIONS) throw refused("too many delegations");
  for (const value of rows) {
    const row = asObject(value);
    const name = asText(member(row, "name"));
    const paths = [`status/${name.slice(STATUS.length)}/*`];
    const plain = name.startsWith(STATUS) && member(row, "terminating") === true && equals(member(row, "paths"), paths);
    if (!plain || found.has(name) || !/^(?=.{1,64}$)[A-Za-z0-9-]*[A-Za-z0-9][A-Za-z0-9-]*$/.test(name)) {
      throw refused("a delegation is not of the one form we take");
    }
    found.set(name, readRole(keys, row, crypto));
  }
  return found;
}

/** Where a target's file lies: under its consistent-snapshot name. */
export function placeOf(path: string, digest: Uint8Array): string {
  const cut = path.lastIndexOf("/") + 1;
  return `targets/${path.slice(0, cut)}${hex(digest)}.${path.slice(cut)}`;
}

/** Step 4: the file under its consistent name, of exactly this length and hash. */
export function takeTarget(files: Files, path: string, target: Target): Uint8Array {
  const raw = files.get(placeOf(path, target.digest));
  if (raw === undefined) throw refused("a target file is missing");
  if (raw.length !== target.length || !sameBytes(sha256(raw), target.digest)) {
    throw refused("a target file has another length or hash than its role says");
  }
  return raw;
}
