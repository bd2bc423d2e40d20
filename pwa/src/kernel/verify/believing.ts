/**
 * V10 to V17: may this pass be believed? Type, proof, key, signature, scope, key state. Its own dates are looked at
 * later. `believe` refuses, or gives a VerifiedCredential: the only thing that holds claims to show. What it learned
 * before a refusal stays in the Trail, since a report says who signed even when the scope does not hold (V16).
 */
import { type Instant, type Issuer, type IssuerKey, type Rule, ruleFor } from "../bundle/installed.ts";
import { didKeyMethod, keyOfDidKey } from "../dids.ts";
import { member } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { checkProof, type Proof, proofForm, signatureOf } from "../proof.ts";
import { during, Refused } from "../refused.ts";
import { requireKeyState, requireScope, type SignedRow } from "../trust.ts";
import type { Code } from "../../words/codes.ts";
import type { IssuerReport, Tier } from "../../words/report.ts";
import { ASSERTION_METHOD, VERIFIABLE_CREDENTIAL } from "../../words/terms.ts";
import { readDateTime } from "./dates.ts";
import type { Ground } from "./ground.ts";
import { type Mark, mark } from "./marks.ts";
import { type Credential, readCredential } from "./reading.ts";

/** A canonical decimal (V20); ten digits are more than any list has. */
export const INDEX = /^(?:0|[1-9][0-9]{0,9})$/;
/** The steps of the codes that a proof's check gives. */
const PROOF_STEPS: Partial<Record<Code, string>> = { low_order_key: "V13", malformed_json: "V14", invalid_signature: "V15" };

/** What is known of a pass so far; each step that holds adds to it. */
export interface Trail {
  readonly marks: Mark[];
  issuer: IssuerReport | null;
  tier: Tier | null;
}

/** What V10 found: the pair, its policy, and the dates as times. */
export interface Kind {
  readonly type: string;
  readonly scheme: string | null;
  readonly rule: Rule;
  readonly validFrom: Instant | null;
  readonly validUntil: Instant | null;
}

/** What V12 found. An issuer that speaks of itself (T3) is in no registry: no `known`, no `life`. */
interface SigningKey {
  readonly key: Uint8Array;
  readonly known: Issuer | null;
  readonly life: IssuerKey | null;
}

/** A pass whose signature, scope and key state held (V17): from here on its claims may be shown. */
export interface VerifiedCredential {
  readonly reading: Credential;
  readonly kind: Kind;
  readonly isSelfDeclared: boolean;
}

/** V10 to V17, in order. */
export async function believe(document: JsonObject, ground: Ground, trail: Trail): Promise<VerifiedCredential> {
  const reading = during("V10", () => readCredential(document));
  const kind = requireKind(reading, ground); // V10
  const proof = during("V11", () => proofForm(document, ASSERTION_METHOD)); // V11
  const signing = findKey(reading, proof.method, ground, trail); // V12
  await requireSignature(document, proof, signing.key, ground); // V13 to V15
  trail.issuer = { did: reading.issuer, name: signing.known?.name ?? {} };
  if (signing.known === null || signing.life === null) {
    trail.tier = "T3"; // V16 and V17 hold: nobody else's scope, nobody else's key
    return { reading, kind, isSelfDeclared: true };
  }
  trail.tier = requireScope(signing.known, kind.type, kind.scheme); // V16
  const codes = requireKeyState(signing.life, kind.validFrom, () => signedRow(proof, reading), ground.logProofs); // V17
  trail.marks.push(...codes.map((code) => mark("V17", code)));
  return { reading, kind, isSelfDeclared: false };
}

/** V10: type and scheme known to the policy, the schema of the type holds, dates can be read. */
function requireKind(reading: Credential, ground: Ground): Kind {
  const [base, type = "", ...more] = reading.types;
  const known = base === VERIFIABLE_CREDENTIAL && more.length === 0;
  const checker = known ? ground.bundle.schemas.get(type) : undefined;
  if (checker === undefined) throw new Refused("unknown_type", "a type that the bundle has no schema for", "V10");
  checker.check(reading.document);
  const rule = ruleFor(ground.bundle.policy, type, reading.scheme);
  if (rule === null) throw new Refused("unknown_type", "a pair of type and scheme without policy", "V10");
  const validFrom = member(reading.document, "validFrom");
  const validUntil = member(reading.document, "validUntil");
  const from = validFrom === undefined ? null : readDateTime(validFrom);
  const until = validUntil === undefined ? null : readDateTime(validUntil);
  if (until === null && rule.needsValidUntil) throw new Refused("schema", "policy asks an end date of this type", "V10");
  return { type, scheme: reading.scheme, rule, validFrom: from, validUntil: until };
}

/** V12: the issuer controls the method, and the bundle knows the key under that issuer. */
function findKey(reading: Credential, method: string, ground: Ground, trail: Trail): SigningKey {
  const { issuer } = reading;
  if (method.split("#")[0] !== issuer) throw new Refused("issuer_mismatch", "the method is not the issuer's", "V12");
  const known = ground.bundle.issuers.get(issuer);
  if (known !== undefined) {
    const life = known.keys.get(method);
    if (life === undefined) throw new Refused("unknown_key", "the issuer has no such key in the bundle", "V12");
    return { key: life.key, known, life };
  }
  if (!issuer.startsWith("did:key:") || reading.subjectId !== issuer) {
    throw new Refused("unknown_issuer", "an issuer that the bundle does not know", "V12");
  }
  const key = requireDidKey(method, "unknown_key", "V12");
  trail.marks.push(mark("V12", "self_declared"));
  return { key, known: null, life: null };
}

/** The key that a did:key's own method names; refuses `otherwise` where it is none. Soundness comes with V13. */
export function requireDidKey(method: string, otherwise: Code, step: string): Uint8Array {
  const [did = ""] = method.split("#");
  const key = keyOfDidKey(did);
  if (key === null || method !== didKeyMethod(did)) {
    throw new Refused(otherwise, "not the method of a did:key of Ed25519", step);
  }
  return key;
}

/** V13 to V15: the strict Ed25519 rule over the hash of proof options and document (TRUST section 2). */
async function requireSignature(document: JsonObject, proof: Proof, key: Uint8Array, ground: Ground): Promise<void> {
  try {
    await checkProof(document, proof, key, ground.crypto);
  } catch (fault) {
    throw fault instanceof Refused ? fault.at(PROOF_STEPS[fault.code] ?? "V11") : fault;
  }
}

/** What a log proof must speak of: this signature and the pass's place for revocation. */
function signedRow(proof: Proof, reading: Credential): SignedRow {
  const signature = signatureOf(proof) ?? new Uint8Array();
  const entry = reading.status.find(({ purpose, index }) => purpose === "revocation" && INDEX.test(index ?? ""));
  return { signature, listUrl: entry?.list ?? null, index: entry === undefined ? null : Number(entry.index) };
}
