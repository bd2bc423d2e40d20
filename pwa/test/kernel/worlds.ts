/**
 * Small trust worlds for tests: a TUF repository of our shape, signed here, as one container. Each part can be spoiled
 * before it is signed (`change`), after (`spoil`), or be signed by others (`signers`). Test keys only.
 */
import { webcrypto } from "node:crypto";
import { gzipSync } from "node:zlib";

import { ed25519 } from "@noble/curves/ed25519.js";

import { installBundle } from "../../src/kernel/bundle/install.ts";
import type { InstalledBundle, Remembered } from "../../src/kernel/bundle/installed.ts";
import { olpc } from "../../src/kernel/bundle/olpc.ts";
import { hex, sha256, utf8 } from "../../src/kernel/bytes.ts";
import { writeCbor } from "../../src/kernel/cbor.ts";
import { multikey } from "../../src/kernel/dids.ts";
import { strictEd25519, webEquation } from "../../src/kernel/ed25519.ts";
import type { JsonObject, JsonValue } from "../../src/kernel/json.ts";
import { FORMAT, readVectors } from "../published.ts";

export const NOW = Date.parse("2026-11-22T00:30:20Z");
export const DAY = 86_400_000;
export const CRYPTO = strictEd25519(webEquation(webcrypto.subtle as SubtleCrypto));
export const CONTEXTS = readVectors<Record<string, JsonValue>>(FORMAT, "contexts.json");
export const TABLES = readVectors<JsonObject>(FORMAT, "tables.json");
export const ISSUERS = ["norma", "permiso", "taller"] as const;
const SET = [3, 70_001, 131_071, 9];
const CLEAR = [4, 70_002, 131_070, 10];

/** The seed of a test key (FORMAT section 11): of no worth to anybody. */
export function seed(name: string): Uint8Array {
  return sha256(utf8(`puente-test-seed:${name}`));
}

export function publicKey(name: string): Uint8Array {
  return ed25519.getPublicKey(seed(name));
}

export function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function listBits(indexes: readonly number[]): Uint8Array {
  const bits = new Uint8Array(16_384);
  for (const index of [...SET, ...indexes]) bits[index >> 3] = (bits[index >> 3] ?? 0) | (0x80 >> (index & 7));
  return bits;
}

export interface Plan {
  readonly at?: number;
  readonly version?: number;
  /** List URL -> indexes that are set beside the canaries. */
  readonly set?: Readonly<Record<string, readonly number[]>>;
  /** Role -> names of the keys that sign it. */
  readonly signers?: Readonly<Record<string, readonly string[]>>;
  /** Role -> names of the keys that the root (or the targets role) names for it. */
  readonly named?: Readonly<Record<string, readonly string[]>>;
  readonly lives?: Readonly<Record<string, number>>;
  /** Changes one role's words before it is signed. */
  readonly change?: Readonly<Record<string, (signed: JsonObject) => void>>;
  /** Changes target files before they are hashed. */
  readonly files?: (files: Record<string, JsonValue>) => void;
  /** Changes the files of the container after all was signed. */
  readonly spoil?: (files: Map<string, Uint8Array>) => void;
  readonly rootVersion?: number;
  readonly roots?: ReadonlyMap<string, Uint8Array>;
}

export interface World {
  readonly container: Uint8Array;
  readonly root: Uint8Array;
  readonly files: Map<string, Uint8Array>;
}

const THRESHOLDS: Readonly<Record<string, number>> = { root: 2, targets: 2 };

function keysOf(role: string, plan: Plan): readonly string[] {
  return plan.named?.[role] ?? (THRESHOLDS[role] === 2 ? [`${role}-1`, `${role}-2`, `${role}-3`] : [`${role}-1`]);
}

function keyRow(name: string): JsonObject {
  return { keytype: "ed25519", scheme: "ed25519", keyval: { public: hex(publicKey(name)) } };
}

function roleRow(role: string, plan: Plan): JsonObject {
  return { keyids: keysOf(role, plan).map(keyId), threshold: THRESHOLDS[role] ?? 1 };
}

function keyId(name: string): string {
  return hex(sha256(utf8(name)));
}

function sign(role: string, signed: JsonObject, plan: Plan): Uint8Array {
  plan.change?.[role]?.(signed);
  const covered = olpc(signed);
  const names = plan.signers?.[role] ?? keysOf(role, plan).slice(0, THRESHOLDS[role] ?? 1);
  const signatures = names.map((name) => ({ keyid: keyId(name), sig: hex(ed25519.sign(covered, seed(name))) }));
  return utf8(JSON.stringify({ signatures, signed }));
}

function words(type: string, role: string, version: number, plan: Plan, more: JsonObject): JsonObject {
  const at = plan.at ?? NOW - 3_600_000;
  const expires = stamp(at + (plan.lives?.[role] ?? (role === "root" ? 730 : 30) * DAY));
  return { _type: type, spec_version: "1.0.31", version, expires, "x-puente-signed-at": stamp(at), ...more };
}

export function issuerRow(name: string, changes: JsonObject = {}): JsonObject {
  const scopes: Record<string, JsonObject> = {
    norma: { type: "CompetencePass", scheme: "SENA-NSCL" },
    permiso: { type: "PermitPass", scheme: "PPT" },
    taller: { type: "SkillPass", scheme: "EMPLEADOR" },
  };
  const list = (number: number, purpose: string): JsonObject => ({
    url: `https://${name}.example/s/${number}`, purpose, path: `status/${name}/${number}.bits`, epoch: 0,
  });
  return {
    id: name, did: `did:web:${name}.example`, name: { es: `Entidad ${name}`, en: `Entity ${name}` }, tier: "T1", country: "CO",
    scope: [scopes[name] ?? { type: "*", scheme: "*" }],
    keys: [{ id: `did:web:${name}.example#k1`, publicKeyMultibase: multikey(publicKey(name)), state: "active" }],
    statusLists: [list(1, "revocation"), list(2, "suspension")],
    ...changes,
  };
}

function passSchema(): JsonObject {
  const subject = { type: "object", properties: { name: { type: "string", "x-maxBytes": 80 }, norm: { type: "integer" } } };
  return { type: "object", required: ["credentialSubject"], properties: { credentialSubject: subject } };
}

function rule(type: string, scheme: string): JsonObject {
  const purposes = ["revocation", "suspension"];
  return { type, scheme, purposes, freshSeconds: 3 * 86_400, maxAgeSeconds: 30 * 86_400, needsValidUntil: type === "PermitPass" };
}

function targetFiles(plan: Plan): Record<string, JsonValue> {
  const files: Record<string, JsonValue> = {
    "registry.json": { version: 1, issuers: ISSUERS.map((name) => issuerRow(name)) },
    "policy.json": { rules: [rule("CompetencePass", "SENA-NSCL"), rule("PermitPass", "PPT"), rule("SkillPass", "EMPLEADOR")] },
    "tables.json": TABLES,
    "contexts.json": CONTEXTS,
    "schemas.json": { CompetencePass: passSchema(), PermitPass: passSchema(), SkillPass: passSchema() },
    "labels.es.json": { types: {} },
    "labels.en.json": { types: {} },
    "law.json": {},
    "log.json": {},
  };
  plan.files?.(files);
  return files;
}

/** Puts one target into the container and gives its row. */
function place(files: Map<string, Uint8Array>, path: string, raw: Uint8Array, custom?: JsonObject): JsonObject {
  const digest = hex(sha256(raw));
  const cut = path.lastIndexOf("/") + 1;
  files.set(`targets/${path.slice(0, cut)}${digest}.${path.slice(cut)}`, raw);
  return { length: raw.length, hashes: { sha256: digest }, ...(custom === undefined ? {} : { custom }) };
}

function statusTargets(files: Map<string, Uint8Array>, issuer: string, plan: Plan): JsonObject {
  const targets: JsonObject = {};
  for (const [number, purpose] of [[1, "revocation"], [2, "suspension"]] as const) {
    const url = `https://${issuer}.example/s/${number}`;
    const told = { url, purpose, epoch: 0, canaries: { set: SET, clear: CLEAR } };
    const path = `status/${issuer}/${number}.bits`;
    targets[path] = place(files, path, listBits(plan.set?.[url] ?? []), { "x-puente-list": told });
  }
  return targets;
}

/** The world of a plan; without one, everything in it is good. */
export function world(plan: Plan = {}): World {
  const files = new Map<string, Uint8Array>(plan.roots ?? []);
  const version = plan.version ?? 1;
  const rootVersion = plan.rootVersion ?? 1;
  const stated = (raw: Uint8Array): JsonObject => ({ version, length: raw.length, hashes: { sha256: hex(sha256(raw)) } });
  const meta: JsonObject = {};
  const roleNames = ISSUERS.map((name) => `status-${name}`);
  for (const name of ISSUERS) {
    const role = `status-${name}`;
    const raw = sign(role, words("targets", role, version, plan, { targets: statusTargets(files, name, plan) }), plan);
    files.set(`metadata/${version}.${role}.json`, raw);
    meta[`${role}.json`] = stated(raw);
  }
  const targets = Object.fromEntries(Object.entries(targetFiles(plan)).map(([path, value]) => [path, place(files, path, utf8(JSON.stringify(value)))]));
  const delegations = {
    keys: Object.fromEntries(roleNames.flatMap((role) => keysOf(role, plan)).map((name) => [keyId(name), keyRow(name)])),
    roles: roleNames.map((role) => ({ name: role, ...roleRow(role, plan), paths: [`status/${role.slice(7)}/*`], terminating: true })),
  };
  const offline = sign("targets", words("targets", "targets", version, plan, { targets, delegations }), plan);
  files.set(`metadata/${version}.targets.json`, offline);
  meta["targets.json"] = stated(offline);
  const snapshot = sign("snapshot", words("snapshot", "snapshot", version, plan, { meta }), plan);
  files.set(`metadata/${version}.snapshot.json`, snapshot);
  const timestampWords = words("timestamp", "timestamp", version, plan, { meta: { "snapshot.json": stated(snapshot) } });
  files.set("metadata/timestamp.json", sign("timestamp", timestampWords, plan));
  const top = ["root", "timestamp", "snapshot", "targets"];
  const root = sign("root", words("root", "root", rootVersion, plan, {
    consistent_snapshot: true,
    keys: Object.fromEntries(top.flatMap((role) => keysOf(role, plan)).map((name) => [keyId(name), keyRow(name)])),
    roles: Object.fromEntries(top.map((role) => [role, roleRow(role, plan)])),
  }), plan);
  files.set(`metadata/${rootVersion}.root.json`, root);
  plan.spoil?.(files);
  return { container: pack(files), root, files };
}

export function pack(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return Uint8Array.from(gzipSync(writeCbor(new Map(files))));
}

export interface Trust {
  readonly root?: Uint8Array;
  readonly now?: number;
  readonly former?: InstalledBundle | Remembered | null;
  readonly strict?: boolean;
}

export function install(made: World, trust: Trust = {}): Promise<InstalledBundle> {
  const { root = made.root, now = NOW, former = null, strict = false } = trust;
  return installBundle(made.container, { trustedRoot: root, now, former, crypto: CRYPTO, allowExpiredTimestamp: !strict });
}
