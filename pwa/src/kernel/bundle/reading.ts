/**
 * The bundle's target files -> issuers, policy, schemas: install step 5 without the lists. Shapes are checked first.
 *
 * Only files whose hash a trusted role signed come here; a registry that contradicts itself is refused all the same.
 */
import { hex } from "../bytes.ts";
import { type Checker, compileSchema } from "../claims.ts";
import { fromMultikey } from "../dids.ts";
import type { Ed25519Check } from "../ed25519.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../json.ts";
import { Refused } from "../refused.ts";
import type { Tier } from "../../words/report.ts";
import { type Issuer, type IssuerKey, type KeyState, pairName, type Policy, type Purpose, type Rule, type Scope } from "./installed.ts";
import { asBytes, asList, asText, asTime } from "./metadata.ts";
import { refused } from "./olpc.ts";

const TEXT: JsonObject = { type: "string", minLength: 1, "x-maxBytes": 256 };
const COUNT: JsonObject = { type: "integer", minimum: 0 };
const SECONDS: JsonObject = { type: "integer", minimum: 0, maximum: 1e9 };
const PURPOSE: JsonObject = { enum: ["revocation", "suspension"] };

function shape(required: Record<string, JsonValue>, optional: Record<string, JsonValue> = {}): JsonObject {
  return { type: "object", properties: { ...required, ...optional }, required: Object.keys(required) };
}

function list(items: JsonObject, maxItems: number): JsonObject {
  return { type: "array", items, maxItems };
}

const KEY = shape(
  {
    id: TEXT,
    publicKeyMultibase: TEXT,
    state: { enum: ["announced", "active", "retired", "destroyed", "suspended", "compromised"] },
  },
  { notBefore: TEXT, notAfter: TEXT, frozenCheckpoint: shape({ size: COUNT, root: TEXT }) },
);
const LIST = shape({ url: TEXT, purpose: PURPOSE, path: TEXT, epoch: COUNT }, { approved: list(TEXT, 16) });
const ISSUER = shape({
  id: { type: "string", minLength: 1, maxLength: 48 },
  did: TEXT,
  name: shape({ es: TEXT, en: TEXT }),
  tier: { enum: ["T1", "T2", "T3"] },
  country: TEXT,
  scope: list(shape({ type: TEXT, scheme: TEXT }), 64),
  keys: list(KEY, 32),
  statusLists: list(LIST, 256),
});
const RULE = shape({
  type: TEXT,
  scheme: TEXT,
  purposes: list(PURPOSE, 2),
  freshSeconds: SECONDS,
  maxAgeSeconds: SECONDS,
  needsValidUntil: { type: "boolean" },
});
const REGISTRY = compileSchema(shape({ version: COUNT, issuers: list(ISSUER, 4096) }));
const POLICY = compileSchema(shape({ rules: list(RULE, 256) }, { profiles: { type: "object" } }));

interface KeyRow {
  readonly id: string;
  readonly publicKeyMultibase: string;
  readonly state: KeyState;
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly frozenCheckpoint?: { readonly size: number; readonly root: string };
}
interface StatedList {
  readonly url: string;
  readonly purpose: Purpose;
  readonly path: string;
  readonly epoch: number;
  readonly approved?: readonly string[];
}
interface IssuerRow {
  readonly id: string;
  readonly did: string;
  readonly name: Readonly<Record<string, string>>;
  readonly tier: Tier;
  readonly country: string;
  readonly scope: readonly Scope[];
  readonly keys: readonly KeyRow[];
  readonly statusLists: readonly StatedList[];
}
interface RuleRow {
  readonly type: string;
  readonly scheme: string;
  readonly purposes: readonly Purpose[];
  readonly freshSeconds: number;
  readonly maxAgeSeconds: number;
  readonly needsValidUntil: boolean;
}

/** What the registry says of one list. `approved` are hashes, in hex, that it lets through in bulk. */
export interface ListRow {
  readonly url: string;
  readonly issuer: string;
  readonly role: string;
  readonly purpose: Purpose;
  readonly path: string;
  readonly epoch: number;
  readonly approved: ReadonlySet<string>;
}

export interface Registry {
  readonly issuers: ReadonlyMap<string, Issuer>;
  readonly lists: readonly ListRow[];
}

/** `registry.json`; `suspended` is issuer id -> key ids out of its keystate.json, which may only suspend. */
export function readRegistry(
  document: JsonObject,
  suspended: ReadonlyMap<string, ReadonlySet<string>>,
  crypto: Ed25519Check,
): Registry {
  requireShape(REGISTRY, document);
  // The checked edge: what REGISTRY let through has these types.
  const rows = (document as unknown as { readonly issuers: readonly IssuerRow[] }).issuers;
  const issuers = new Map(rows.map((row) => [row.did, readIssuer(row, suspended.get(row.id) ?? new Set(), crypto)]));
  if (issuers.size !== rows.length || new Set(rows.map((row) => row.id)).size !== rows.length) {
    throw refused("the registry names one issuer twice");
  }
  const lists = rows.flatMap((row) => row.statusLists.map((stated) => readList(stated, row)));
  for (const names of [lists.map((row) => row.url), lists.map((row) => row.path)]) {
    if (new Set(names).size !== lists.length) throw refused("the registry names one status list twice");
  }
  return { issuers, lists };
}

/** `policy.json`. */
export function readPolicy(document: JsonObject): Policy {
  requireShape(POLICY, document);
  // The checked edge: what POLICY let through has these types.
  const rows = (document as unknown as { readonly rules: readonly RuleRow[] }).rules;
  const rules = new Map<string, Rule>();
  for (const row of rows) {
    const name = pairName(row.type, row.scheme);
    if (rules.has(name) || row.freshSeconds > row.maxAgeSeconds) throw refused("the policy contradicts itself");
    const { type, scheme, purposes, needsValidUntil } = row;
    rules.set(name, { type, scheme, purposes, needsValidUntil, fresh: row.freshSeconds * 1000, maxAge: row.maxAgeSeconds * 1000 });
  }
  const profiles = member(document, "profiles");
  return { rules, profiles: isObject(profiles) ? profiles : {} };
}

/** `schemas.json`: pass type -> compiled schema; a keyword outside the subset refuses the bundle. */
export function readSchemas(document: JsonObject): ReadonlyMap<string, Checker> {
  try {
    return new Map(Object.entries(document).map(([type, schema]) => [type, compileSchema(schema)]));
  } catch (fault) {
    throw fault instanceof Refused ? refused("a claims schema is outside the subset") : fault;
  }
}

/** `status/<issuer>/keystate.json`: the key ids it suspends. */
export function readKeystate(document: JsonObject): ReadonlySet<string> {
  return new Set(asList(member(document, "suspended")).map(asText));
}

function requireShape(checker: Checker, document: JsonObject): void {
  try {
    checker.check(document);
  } catch (fault) {
    throw fault instanceof Refused ? refused("a file of the bundle has the wrong shape") : fault;
  }
}

function isPlain(name: string): boolean {
  return /^[A-Za-z0-9-]*[A-Za-z0-9][A-Za-z0-9-]*$/.test(name);
}

function readIssuer(row: IssuerRow, suspended: ReadonlySet<string>, crypto: Ed25519Check): Issuer {
  const keys = new Map(row.keys.map((key) => [key.id, readKey(key, row.did, suspended.has(key.id), crypto)]));
  if (keys.size !== row.keys.length || !isPlain(row.id)) {
    throw refused("the registry names one key twice, or an issuer by a name that is not plain");
  }
  const { id, did, name, tier, country } = row;
  const scope = row.scope.map(({ type, scheme }) => ({ type, scheme }));
  return { id, did, name, tier, country, scope, keys, lists: row.statusLists.map(({ url }) => url) };
}

/** One key, E5 included. Suspending never lifts `compromised`, which is the graver word. */
function readKey(row: KeyRow, did: string, suspended: boolean, crypto: Ed25519Check): IssuerKey {
  if (!row.id.startsWith(`${did}#`)) throw refused("a key stands under an issuer that does not control it");
  const key = fromMultikey(row.publicKeyMultibase);
  if (key === null) throw refused("a key of the registry is not a good key");
  try {
    crypto.requireKey(key);
  } catch (fault) {
    throw fault instanceof Refused ? refused("a key of the registry is not a good key") : fault;
  }
  const frozen = row.frozenCheckpoint;
  return {
    method: row.id,
    key,
    state: suspended && row.state !== "compromised" ? "suspended" : row.state,
    notBefore: row.notBefore === undefined ? null : asTime(row.notBefore),
    notAfter: row.notAfter === undefined ? null : asTime(row.notAfter),
    frozen: frozen === undefined ? null : { size: frozen.size, root: asBytes(frozen.root, 32) },
  };
}

function readList(row: StatedList, issuer: IssuerRow): ListRow {
  const inside = row.path.startsWith(`status/${issuer.id}/`) && row.path.endsWith(".bits");
  if (!inside || !row.url.startsWith("https://")) throw refused("a status list lies outside its issuer's folder");
  return {
    url: row.url,
    issuer: issuer.did,
    role: `status-${issuer.id}`,
    purpose: row.purpose,
    path: row.path,
    epoch: row.epoch,
    approved: new Set((row.approved ?? []).map((hash) => hex(asBytes(hash, 32)))),
  };
}
