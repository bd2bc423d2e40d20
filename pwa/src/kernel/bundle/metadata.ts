/**
 * TUF metadata read strictly: envelope, roles, thresholds (TUF 1.0.31 section 4). No role is trusted here; what a role
 * may say about others, and in which order they are asked, is chain.ts's.
 */
import { type JsonBounds, SIGNATURES } from "../bounds.ts";
import { fromHex, hex } from "../bytes.ts";
import { readJson } from "../codec.ts";
import type { Ed25519Check } from "../ed25519.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../json.ts";
import { Refused } from "../refused.ts";
import type { Instant } from "./installed.ts";
import { olpc, refused } from "./olpc.ts";

const SIGNED_AT = "x-puente-signed-at";
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** One role's file as read. `covered` are the bytes that its signatures cover, `raw` the file. */
export interface Metadata {
  readonly raw: Uint8Array;
  readonly signed: JsonObject;
  readonly covered: Uint8Array;
  readonly signatures: ReadonlyMap<string, Uint8Array>;
  readonly version: number;
  readonly expires: Instant;
  readonly signedAt: Instant;
}

/** Whose signatures count for a role, and how many of them it takes. `keys` is key id -> 32 bytes. */
export interface Role {
  readonly keys: ReadonlyMap<string, Uint8Array>;
  readonly threshold: number;
}

/** Enough signatures by distinct key ids and distinct keys, each by the strict rule; else `bundle_refused`. */
export async function requireRole(role: Role, metadata: Metadata, crypto: Ed25519Check): Promise<void> {
  const good = new Set<string>();
  for (const [keyid, key] of role.keys) {
    const signature = metadata.signatures.get(keyid);
    if (signature === undefined) continue;
    try {
      await crypto.check(key, metadata.covered, signature);
      good.add(hex(key));
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
    }
  }
  if (good.size < role.threshold) throw refused("a role has too few good signatures");
}

function wrongShape(): Refused {
  return refused("metadata has the wrong shape");
}

export function asObject(value: JsonValue | undefined): JsonObject {
  if (!isObject(value)) throw wrongShape();
  return value;
}

export function asList(value: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(value)) throw wrongShape();
  return value;
}

export function asText(value: JsonValue | undefined): string {
  if (typeof value !== "string") throw wrongShape();
  return value;
}

/** An integer from `least` to 2^53 - 1. */
export function asCount(value: JsonValue | undefined, least = 0): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) throw wrongShape();
  return value;
}

/** `YYYY-MM-DDThh:mm:ssZ` and nothing else. */
export function asTime(value: JsonValue | undefined): Instant {
  const text = asText(value);
  const at = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 19) !== text.slice(0, 19)) {
    throw refused("metadata holds a time of the wrong form");
  }
  return at;
}

/** Lower-case hex of exactly `size` bytes. */
export function asBytes(value: JsonValue | undefined, size: number): Uint8Array {
  const text = asText(value);
  if (text.length !== size * 2 || !/^[0-9a-f]*$/.test(text)) throw refused("metadata holds hex of the wrong form");
  return fromHex(text);
}

/** A JSON object within its bound, or `bundle_refused`. */
export function readFile(raw: Uint8Array, bounds: JsonBounds): JsonObject {
  try {
    return readJson(raw, bounds);
  } catch (fault) {
    throw fault instanceof Refused ? refused("a file of the bundle is not JSON within its bound") : fault;
  }
}

/** The file of a role whose `_type` must be `kind`. Every member that TUF requires must be there. */
export function readMetadata(raw: Uint8Array, kind: string, bounds: JsonBounds): Metadata {
  const envelope = readFile(raw, bounds);
  const signed = asObject(member(envelope, "signed"));
  if (member(signed, "_type") !== kind) throw refused("metadata is of another role");
  if (asText(member(signed, "spec_version")).split(".")[0] !== "1") throw refused("metadata follows another edition of TUF");
  return {
    raw,
    signed,
    covered: olpc(signed),
    signatures: readSignatures(asList(member(envelope, "signatures"))),
    version: asCount(member(signed, "version"), 1),
    expires: asTime(member(signed, "expires")),
    signedAt: asTime(member(signed, SIGNED_AT)),
  };
}

/** Key id -> signature. One key id twice is refused, so that it cannot count twice (TUF 4.2.1). */
function readSignatures(rows: readonly JsonValue[]): ReadonlyMap<string, Uint8Array> {
  if (rows.length > SIGNATURES) throw refused("metadata has too many signatures");
  const found = new Map<string, Uint8Array>();
  for (const row of rows) {
    const one = asObject(row);
    const keyid = asText(member(one, "keyid"));
    const text = asText(member(one, "sig"));
    if (found.has(keyid)) throw refused("metadata is signed twice by one key");
    // An empty or foreign signature stays: it counts for nothing, and other keys may suffice.
    found.set(keyid, text.length === 128 ? asBytes(text, 64) : new Uint8Array());
  }
  return found;
}

/** A role out of a `keys` map and its row {keyids, threshold}. Keys of another kind count for nothing (TUF 4.2). */
export function readRole(keys: JsonObject, row: JsonObject, crypto: Ed25519Check): Role {
  const threshold = asCount(member(row, "threshold"), 1);
  const keyids = asList(member(row, "keyids")).map(asText);
  if (new Set(keyids).size !== keyids.length) throw refused("a role names one key twice");
  const found = new Map<string, Uint8Array>();
  for (const keyid of keyids) {
    const stated = asObject(member(keys, keyid));
    if (member(stated, "keytype") !== "ed25519" || member(stated, "scheme") !== "ed25519") continue;
    const key = asBytes(member(asObject(member(stated, "keyval")), "public"), 32);
    try {
      crypto.requireKey(key);
    } catch (fault) {
      throw fault instanceof Refused ? refused("a role has a key of low order") : fault;
    }
    found.set(keyid, key);
  }
  return { keys: found, threshold };
}
