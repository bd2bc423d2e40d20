/**
 * Which files of a set belong together: roles by name, targets by hash, each under the path it is served at. Nothing is
 * trusted here and no signature is checked: this is for those who carry files from one state of the bundle to the next,
 * over HTTP or by codes (delta.ts), and what they carry goes through install.ts like any other.
 */
import { TUF_SNAPSHOT, TUF_TARGETS, TUF_TIMESTAMP } from "../bounds.ts";
import { type Files, placeOf, readTargets, snapshotRow, snapshotRows, take } from "./chain.ts";
import { asCount, readMetadata } from "./metadata.ts";
import { member } from "../json.ts";
import { refused } from "./olpc.ts";

const TIMESTAMP = "metadata/timestamp.json";
const ROOT = /^metadata\/\d+\.root\.json$/;

/** `version` is the snapshot's; `roles` is role -> path of its file, `targets` target path -> SHA-256. */
export interface Layout {
  readonly version: number;
  readonly roles: ReadonlyMap<string, string>;
  readonly targets: ReadonlyMap<string, Uint8Array>;
}

/** What the files say they are. Refuses `bundle_refused` where metadata is missing or has another shape. */
export function readLayout(files: Files): Layout {
  const { version, roles } = readRoles(files);
  const targets = new Map<string, Uint8Array>();
  for (const [role, path] of roles) {
    if (role === "timestamp" || role === "snapshot") continue;
    const part = readMetadata(take(files, nameOf(path)), "targets", TUF_TARGETS);
    for (const [target, { digest }] of readTargets(part, role)) targets.set(target, digest);
  }
  return { version, roles, targets };
}

/** The files that a state still lacks, as far as those that are there name them; none when it is whole. */
export function wanted(files: Files): string[] {
  if (!files.has(TIMESTAMP)) return [TIMESTAMP];
  const snapshot = `metadata/${snapshotVersion(files)}.snapshot.json`;
  if (!files.has(snapshot)) return [snapshot];
  const roles = [...readRoles(files).roles.values()].filter((path) => !files.has(path));
  return roles.length > 0 ? roles : pathsOf(readLayout(files)).filter((path) => !files.has(path));
}

/** The files of this state alone, and all roots. Refuses `bundle_refused` where one is missing. */
export function needed(files: Files, layout: Layout): Map<string, Uint8Array> {
  const found = new Map(rootsOf(files));
  for (const path of pathsOf(layout)) {
    const raw = files.get(path);
    if (raw === undefined) throw refused("a file of the bundle is missing");
    found.set(path, raw);
  }
  return found;
}

/** The root chain as it was carried. */
export function rootsOf(files: Files): readonly (readonly [string, Uint8Array])[] {
  return [...files].filter(([path]) => ROOT.test(path));
}

/** The version that a timestamp says of itself, or null: for words to a person, never to decide by. */
export function timestampVersion(files: Files): number | null {
  const raw = files.get(TIMESTAMP);
  return raw === undefined ? null : readMetadata(raw, "timestamp", TUF_TIMESTAMP).version;
}

function pathsOf({ roles, targets }: Layout): string[] {
  return [...roles.values(), ...[...targets].map(([path, digest]) => placeOf(path, digest))];
}

function snapshotVersion(files: Files): number {
  return snapshotRow(readMetadata(take(files, "timestamp"), "timestamp", TUF_TIMESTAMP)).version;
}

function readRoles(files: Files): Pick<Layout, "version" | "roles"> {
  const version = snapshotVersion(files);
  const names = new Map([["timestamp", "timestamp"], ["snapshot", `${version}.snapshot`]]);
  const snapshot = readMetadata(take(files, `${version}.snapshot`), "snapshot", TUF_SNAPSHOT);
  for (const [role, row] of snapshotRows(snapshot)) names.set(role, `${asCount(member(row, "version"), 1)}.${role}`);
  return { version, roles: new Map([...names].map(([role, name]) => [role, `metadata/${name}.json`])) };
}

function nameOf(path: string): string {
  return path.slice("metadata/".length, -".json".length);
}
