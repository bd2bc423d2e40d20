/**
 * What an installed bundle answers from: issuers, keys, policy, lists, words. Only install.ts makes one.
 *
 * No bytes are read here and no signature is checked. All times are milliseconds since 1970 (`Instant`).
 */
import type { Checker } from "../claims.ts";
import type { Dictionary } from "../cborld/tables.ts";
import type { JsonObject } from "../json.ts";
import type { Tier } from "../../words/report.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
export type KeyState = "announced" | "active" | "retired" | "destroyed" | "suspended" | "compromised";
export type Purpose = "revocation" | "suspension";

/** In a scope or a policy rule: every type, or every scheme. */
export const ANY = "*";

export interface Scope {
  readonly type: string;
  readonly scheme: string;
}

/** The last honest checkpoint of a compromised key's log (TRUST section 7). */
export interface FrozenTree {
  readonly size: number;
  readonly root: Uint8Array;
}

/** One key of an issuer; E5 held when the bundle was installed. */
export interface IssuerKey {
  readonly method: string;
  readonly key: Uint8Array;
  readonly state: KeyState;
  readonly notBefore: Instant | null;
  readonly notAfter: Instant | null;
  readonly frozen: FrozenTree | null;
}

export interface Issuer {
  readonly id: string;
  readonly did: string;
  readonly name: Readonly<Record<string, string>>;
  readonly tier: Tier;
  readonly country: string;
  readonly scope: readonly Scope[];
  readonly keys: ReadonlyMap<string, IssuerKey>;
  readonly lists: readonly string[];
}

/** `signed` is exactly what its role signed, `sticky` what V21 reads for revocation (TRUST section 5, step 6). */
export interface StatusList {
  readonly url: string;
  readonly issuer: string;
  readonly purpose: Purpose;
  readonly signed: Uint8Array;
  readonly sticky: Uint8Array;
  readonly signedAt: Instant;
  readonly epoch: number;
  /** Held back for setting too many bits at once; those count for nothing until the registry lists the hash. */
  readonly held: boolean;
  /** How many bits the newest list lacks that an earlier one had (`status_unset`). */
  readonly unset: number;
  /** New bits of the last 24 hours, by the time they were signed: what the next install counts on. */
  readonly added: readonly (readonly [Instant, number])[];
}

/** Times in milliseconds. */
export interface Rule {
  readonly type: string;
  readonly scheme: string;
  readonly purposes: readonly string[];
  readonly fresh: number;
  readonly maxAge: number;
  readonly needsValidUntil: boolean;
}

export interface Policy {
  /** By `type` and `scheme`, joined by a line break. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly profiles: JsonObject;
}

/** What the next install needs of this one. Plain data, so a store keeps it by structured clone. */
export interface Remembered {
  readonly root: Uint8Array;
  readonly versions: ReadonlyMap<string, number>;
  readonly floorOff: Instant;
  readonly floorOn: Instant | null;
  readonly lists: ReadonlyMap<string, StatusList>;
}

export interface InstalledBundle {
  /** The snapshot's. */
  readonly version: number;
  readonly rootVersion: number;
  readonly rootExpires: Instant;
  readonly timestampExpires: Instant;
  readonly floorOff: Instant;
  readonly floorOn: Instant | null;
  readonly issuers: ReadonlyMap<string, Issuer>;
  readonly policy: Policy;
  readonly dictionary: Dictionary;
  readonly schemas: ReadonlyMap<string, Checker>;
  /** Language -> labels.<language>.json. */
  readonly labels: ReadonlyMap<string, JsonObject>;
  readonly law: JsonObject;
  readonly log: JsonObject;
  readonly lists: ReadonlyMap<string, StatusList>;
  readonly canaryFault: boolean;
  readonly remembered: Remembered;
}

export function pairName(type: string, scheme: string): string {
  return `${type}\n${scheme}`;
}

/** The most specific rule: the pair, then the type with any scheme, then any type with the scheme, then any. */
export function ruleFor(policy: Policy, type: string, scheme: string | null): Rule | null {
  const named = scheme ?? ANY;
  for (const [one, other] of [[type, named], [type, ANY], [ANY, named], [ANY, ANY]] as const) {
    const rule = policy.rules.get(pairName(one, other));
    if (rule !== undefined) return rule;
  }
  return null;
}
