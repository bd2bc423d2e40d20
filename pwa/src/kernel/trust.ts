/**
 * What the bundle says of time, scope and keys: V1, V2, V16, V17 (TRUST sections 4 and 7). No proof is checked here.
 */
import type { FrozenTree, InstalledBundle, Instant, Issuer, IssuerKey } from "./bundle/installed.ts";
import { ANY } from "./bundle/installed.ts";
import { sameBytes, sha256 } from "./bytes.ts";
import { leadsTo, leafOf, type LogProof, readLogProof } from "./issuedlog.ts";
import { Refused } from "./refused.ts";
import type { Code } from "../words/codes.ts";
import type { Tier } from "../words/report.ts";

const SLACK = 300_000;
const FAR = 400 * 86_400_000;
const MAX_PROOFS = 16;

/** The time to judge by (V2), the floor that held, and the marks that finding them set, in step order. */
export interface TimeFrame {
  readonly t: Instant;
  readonly floor: Instant;
  readonly marks: readonly Code[];
}

/** V1 and V2. `floor` is what the caller stored. Refuses `no_bundle`, `root_expired`, `canary`. */
export function requireUsable(bundle: InstalledBundle | null, now: Instant, floor: Instant | null): TimeFrame {
  if (bundle === null) throw new Refused("no_bundle", "no bundle is installed", "V1");
  const low = Math.max(floor ?? 0, bundle.floorOff, bundle.floorOn ?? 0);
  if (bundle.rootExpires <= Math.max(now, low)) throw new Refused("root_expired", "the bundle's root has expired", "V1");
  if (bundle.canaryFault) throw new Refused("canary", "a status list in use does not hold its canaries", "V1");
  const behind = now < low - SLACK;
  const t = behind ? low : now;
  const marks: Code[] = [];
  if (bundle.timestampExpires <= t) marks.push("bundle_expired");
  if (behind) marks.push("clock_behind");
  if (now > low + FAR) marks.push("clock_far");
  return { t, floor: low, marks };
}

/** Whether no pass that asks for a state can be found good with it any more: all its lists are older than any rule allows (V22). */
export function isTooOld(bundle: InstalledBundle | null, t: Instant): boolean {
  const newest = [...(bundle?.lists.values() ?? [])].reduce((latest, { signedAt }) => Math.max(latest, signedAt), -Infinity);
  const rules = [...(bundle?.policy.rules.values() ?? [])].filter(({ purposes }) => purposes.length > 0);
  return newest > -Infinity && rules.every(({ maxAge }) => t - newest > maxAge);
}

/** V16: the issuer may sign this pair; its tier comes from the registry. Refuses `out_of_scope`. */
export function requireScope(issuer: Issuer, type: string, scheme: string | null): Tier {
  const covered = issuer.scope.some(
    (part) => (part.type === ANY || part.type === type) && (part.scheme === ANY || part.scheme === scheme),
  );
  if (!covered) throw new Refused("out_of_scope", "the issuer's scope does not cover the type and scheme", "V16");
  return issuer.tier;
}

/** What a log proof must speak of: one signature and the revocation place of the pass, if it has one. */
export interface SignedRow {
  readonly signature: Uint8Array;
  readonly listUrl: string | null;
  readonly index: number | null;
}

/** V17: the marks of the key's state. Refuses `key_window`, `key_compromised`. `row` is asked only of a stolen key. */
export function requireKeyState(
  key: IssuerKey,
  validFrom: Instant | null,
  row: () => SignedRow,
  logProofs: readonly string[],
): readonly Code[] {
  switch (key.state) {
    case "announced":
      throw new Refused("key_window", "the key was announced but is not in use", "V17");
    case "active":
    case "retired":
    case "destroyed":
      requireWindow(key, validFrom);
      return [];
    case "suspended":
      requireWindow(key, validFrom);
      return ["key_review"];
    case "compromised":
      requireLogged(key, row(), logProofs);
      requireWindow(key, validFrom);
      return [];
  }
}

/** A pass without a validFrom lies in no window, unless the key has none. */
function requireWindow(key: IssuerKey, validFrom: Instant | null): void {
  const early = key.notBefore !== null && (validFrom === null || validFrom < key.notBefore);
  const late = key.notAfter !== null && (validFrom === null || validFrom > key.notAfter);
  if (early || late) throw new Refused("key_window", "the pass is dated outside the key's window", "V17");
}

/** A proof that cannot be read helps nobody and harms nobody. */
function requireLogged(key: IssuerKey, row: SignedRow, logProofs: readonly string[]): void {
  const held = logProofs.slice(0, MAX_PROOFS).some((text) => {
    try {
      return isProofOf(readLogProof(text), key.method, row, key.frozen);
    } catch (fault) {
      if (fault instanceof Refused) return false;
      throw fault;
    }
  });
  if (!held) throw new Refused("key_compromised", "the key was stolen and no log proof holds for the pass", "V17");
}

function isProofOf(proof: LogProof, method: string, row: SignedRow, frozen: FrozenTree | null): boolean {
  const ofRow = proof.method === method && proof.listUrl === row.listUrl && proof.index === row.index;
  if (!ofRow || !sameBytes(proof.signatureHash, sha256(row.signature))) return false;
  return frozen !== null && proof.size === frozen.size && leadsTo(leafOf(proof), proof, frozen.size, frozen.root);
}
