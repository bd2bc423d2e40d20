/**
 * Install a bundle: the eight steps of TRUST section 5, all or nothing. Nothing is kept here; the caller swaps.
 *
 * 1 bounds (container.ts)  2 root chain, 3 other roles (chain.ts)  4 every target's length and hash  5 reading, E5 on
 * all keys, canaries (reading.ts)  6 status lists (lists.ts)  7 nothing is given back before all checks held  8 floor.
 * Every refusal is `bundle_refused`; whoever catches it still has the former bundle, untouched.
 */
import { BUNDLE_JSON, LIST_BYTES } from "../bounds.ts";
import { hex, sameBytes } from "../bytes.ts";
import { type Dictionary, readDictionary } from "../cborld/tables.ts";
import type { Ed25519Check } from "../ed25519.ts";
import { type JsonObject, member } from "../json.ts";
import { Refused } from "../refused.ts";
import { holdsCanaries } from "../status.ts";
import { type Chain, type Files, follow, followRoots, readRoot, requireInTime, type Root, rotatedOnline, takeTarget } from "./chain.ts";
import { unpack } from "./container.ts";
import type { InstalledBundle, Instant, Remembered, StatusList } from "./installed.ts";
import { firstList, followList } from "./lists.ts";
import { asCount, asList, asObject, readFile } from "./metadata.ts";
import { refused } from "./olpc.ts";
import { type ListRow, readKeystate, readPolicy, readRegistry, readSchemas } from "./reading.ts";

const FAR = 400 * 86_400_000;
/** How much later than the timestamp a status role may say it signed. */
const AHEAD = 300_000;
const LIST = "x-puente-list";
const LANGUAGES = ["es", "en"];
const NAMES = ["registry", "policy", "tables", "contexts", "schemas", "labels.es", "labels.en", "law", "log"] as const;

export interface Installing {
  /** The root that is built into the program. */
  readonly trustedRoot: Uint8Array;
  /** The device's clock. */
  readonly now: Instant;
  /** What is installed now: versions, revocations and floors never fall below it. */
  readonly former: InstalledBundle | Remembered | null;
  readonly crypto: Ed25519Check;
  /** The one addition to TUF, for files that came by hand (TRUST section 4); true unless stated. */
  readonly allowExpiredTimestamp?: boolean;
}

/** The bundle in `container`, after every check. Refuses `bundle_refused`. */
export async function installBundle(container: Uint8Array, installing: Installing): Promise<InstalledBundle> {
  return installFiles(await unpack(container), installing);
}

/** The same for files that came one by one, or were rebuilt: steps 2 to 8. */
export async function installFiles(files: Files, installing: Installing): Promise<InstalledBundle> {
  const { crypto, former, now, allowExpiredTimestamp = true } = installing;
  const last = former !== null && "remembered" in former ? former.remembered : former;
  const root = await followRoots(files, startRoot(installing.trustedRoot, last, crypto), crypto);
  const { known, floorOn } = binding(last, root, crypto);
  const at = Math.max(now, last?.floorOff ?? 0, floorOn ?? 0);
  requireInTime(root.metadata, at, "the root has expired");
  const chain = await follow(files, root, { known, at, lenient: allowExpiredTimestamp, crypto });
  const targets = new Map([...chain.files].map(([path, target]) => [path, takeTarget(files, path, target)]));
  return build({ root, chain, targets, last, floorOn, now, crypto });
}

export interface Restoring {
  readonly trustedRoot: Uint8Array;
  /** What `installBundle` gave as `remembered` when it installed this container. */
  readonly remembered: Remembered;
  readonly crypto: Ed25519Check;
}

/**
 * The bundle that was installed before, read again from the device's own store: every check but the clock's, which V1
 * makes again at each judging. Lists and floors are those remembered, so no revocation is lost; a bundle of other versions
 * is refused. Where a kept list is not the signed one, `canaryFault` is set and nothing is judged by it.
 */
export async function restoreBundle(container: Uint8Array, { trustedRoot, remembered, crypto }: Restoring): Promise<InstalledBundle> {
  const files = await unpack(container);
  const root = await followRoots(files, startRoot(trustedRoot, remembered, crypto), crypto);
  const at = Number.NEGATIVE_INFINITY;
  const chain = await follow(files, root, { known: remembered.versions, at, lenient: false, crypto });
  const same = [...chain.versions].every(([name, version]) => remembered.versions.get(name) === version);
  if (!same || chain.versions.size !== remembered.versions.size || !sameBytes(root.metadata.raw, remembered.root)) {
    throw refused("it is not the bundle that was installed");
  }
  const targets = new Map([...chain.files].map(([path, target]) => [path, takeTarget(files, path, target)]));
  const made = build({ root, chain, targets, last: null, floorOn: null, now: at, crypto });
  const { lists, floorOff, floorOn } = remembered;
  const kept = [...made.lists].every(([url, { signed }]) => sameBytes(signed, lists.get(url)?.signed ?? new Uint8Array()));
  return { ...made, floorOff, floorOn, lists, canaryFault: !kept || lists.size !== made.lists.size, remembered };
}

/** The newer of the root that is built in and the one that was last trusted. */
function startRoot(trustedRoot: Uint8Array, last: Remembered | null, crypto: Ed25519Check): Root {
  const builtIn = readRoot(trustedRoot, crypto);
  if (last === null) return builtIn;
  const kept = readRoot(last.root, crypto);
  return kept.metadata.version >= builtIn.metadata.version ? kept : builtIn;
}

/**
 * Versions and floorOn that still bind; new online keys drop those of the online roles (TUF 5.3.11). The version of the
 * offline targets role stays, which is stricter than TUF and lets no old registry back.
 */
function binding(
  last: Remembered | null,
  root: Root,
  crypto: Ed25519Check,
): { known: ReadonlyMap<string, number>; floorOn: Instant | null } {
  if (last === null) return { known: new Map(), floorOn: null };
  if (!rotatedOnline(readRoot(last.root, crypto), root)) return { known: last.versions, floorOn: last.floorOn };
  return { known: new Map([...last.versions].filter(([name]) => name === "targets")), floorOn: null };
}

interface Checked {
  readonly root: Root;
  readonly chain: Chain;
  readonly targets: Files;
  readonly last: Remembered | null;
  readonly floorOn: Instant | null;
  readonly now: Instant;
  readonly crypto: Ed25519Check;
}

/** Steps 5 to 8. */
function build(checked: Checked): InstalledBundle {
  const { root, chain, targets, last } = checked;
  const [registryFile, policy, tables, contexts, schemas, es, en, law, log] = NAMES.map((name) => readJsonTarget(targets, `${name}.json`));
  if (registryFile === undefined || policy === undefined || tables === undefined || contexts === undefined) throw missing();
  if (schemas === undefined || es === undefined || en === undefined || law === undefined || log === undefined) throw missing();
  const registry = readRegistry(registryFile, suspendedKeys(targets), checked.crypto);
  const lists = new Map(registry.lists.map((row) => [row.url, readList(row, checked)]));
  const floorOff = Math.max(root.metadata.signedAt, chain.targets.signedAt, last?.floorOff ?? 0);
  // A stolen online key must not push time: what it says counts up to 400 days beyond the offline keys' word.
  const floorOn = Math.max(Math.min(chain.timestamp.signedAt, floorOff + FAR), checked.floorOn ?? 0);
  return {
    version: chain.snapshot.version,
    rootVersion: root.metadata.version,
    rootExpires: root.metadata.expires,
    timestampExpires: chain.timestamp.expires,
    floorOff,
    floorOn,
    issuers: registry.issuers,
    policy: readPolicy(policy),
    dictionary: dictionary(contexts, tables),
    schemas: readSchemas(schemas),
    labels: new Map([es, en].map((labels, place) => [LANGUAGES[place] ?? "", labels])),
    law,
    log,
    lists,
    canaryFault: false,
    remembered: { root: root.metadata.raw.slice(), versions: chain.versions, floorOff, floorOn, lists },
  };
}

function missing(): Refused {
  return refused("a file that every bundle has is missing");
}

function readJsonTarget(targets: Files, path: string): JsonObject {
  const raw = targets.get(path);
  if (raw === undefined) throw missing();
  return readFile(raw, BUNDLE_JSON);
}

function dictionary(contexts: JsonObject, tables: JsonObject): Dictionary {
  try {
    return readDictionary(contexts, tables);
  } catch (fault) {
    throw fault instanceof Refused ? refused("the contexts or tables cannot be used") : fault;
  }
}

/** Issuer id -> the keys that its own status role suspends. */
function suspendedKeys(targets: Files): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const path of targets.keys()) {
    const issuer = /^status\/([^/]*)\/keystate\.json$/.exec(path)?.[1];
    if (issuer !== undefined) found.set(issuer, readKeystate(readJsonTarget(targets, path)));
  }
  return found;
}

/** One list: signed by its issuer's role, what the registry says it is, its canaries in place; then step 6. */
function readList(row: ListRow, { chain, targets, last, now }: Checked): StatusList {
  const target = chain.files.get(row.path);
  const signed = targets.get(row.path);
  if (target === undefined || signed === undefined || target.role !== row.role) {
    throw refused("a status list of the registry is not signed by its issuer's role");
  }
  if (target.signedAt > chain.timestamp.signedAt + AHEAD) {
    throw refused("a status role was signed after the timestamp that names it");
  }
  if (signed.length !== LIST_BYTES) throw refused("a status list is not of 16,384 bytes");
  const told = asObject(member(target.custom, LIST));
  const agrees = member(told, "url") === row.url && member(told, "purpose") === row.purpose && member(told, "epoch") === row.epoch;
  if (!agrees) throw refused("a status list is not the one that the registry names");
  requireCanaries(signed, asObject(member(told, "canaries")));
  const { url, issuer, purpose, epoch } = row;
  const fresh = firstList({ url, issuer, purpose, epoch, signed: signed.slice(), signedAt: target.signedAt });
  const former = last?.lists.get(url);
  if (former === undefined || former.purpose !== purpose || former.issuer !== issuer) return fresh;
  return followList(fresh, former, now, row.approved.has(hex(target.digest)));
}

function requireCanaries(signed: Uint8Array, canaries: JsonObject): void {
  const read = (name: string): number[] => asList(member(canaries, name)).map((index) => asCount(index));
  if (!holdsCanaries(signed, read("set"), read("clear"))) throw refused("a status list does not hold its canaries");
}
