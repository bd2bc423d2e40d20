/**
 * DataIntegrityProof with eddsa-jcs-2022, made and checked (Data Integrity 1.0 sections 4.2, 4.4; vc-di-eddsa 3.3),
 * stricter than both.
 *
 * A proof carries the document's own contexts, whole: the specification lets them be a prefix, and then anyone can
 * append one after signing. Whose key it is, and what the document may say, are the verifier's questions.
 */
import { canonical } from "./canonical.ts";
import { base58, concat, fromBase58, sha256 } from "./bytes.ts";
import type { Ed25519Check } from "./ed25519.ts";
import { equals, isObject, type JsonObject, type JsonValue, member, without } from "./json.ts";
import type { Signer } from "./ports.ts";
import { Refused } from "./refused.ts";
import { CRYPTOSUITE, PROOF_TYPE } from "../words/terms.ts";

const NEEDED = ["type", "cryptosuite", "verificationMethod", "proofPurpose", "@context", "proofValue"];
const ALLOWED: ReadonlySet<string> = new Set([...NEEDED, "created", "challenge", "domain"]);
/** `z` and the 88 characters that 64 bytes may take. */
const LONGEST = 89;

/** What a proof says beside suite and method. */
export interface ProofOptions {
  readonly purpose: string;
  readonly created?: string | null;
  readonly challenge?: string | null;
  readonly domain?: string | null;
}

/** The document with its proof last. Refuses `invalid_shape`, `unknown_context`, `malformed_json`. */
export async function addProof(document: JsonObject, signer: Signer, options: ProofOptions): Promise<JsonObject> {
  if (Object.hasOwn(document, "proof")) throw new Refused("invalid_shape", "a document that has a proof already");
  const contexts = member(document, "@context");
  if (!isTexts(contexts)) throw new Refused("unknown_context", "contexts that are not an array of texts");
  const { purpose, created = null, challenge = null, domain = null } = options;
  const proof: JsonObject = {
    type: PROOF_TYPE,
    ...(created === null ? {} : { created }),
    verificationMethod: signer.method,
    cryptosuite: CRYPTOSUITE,
    proofPurpose: purpose,
    ...(challenge === null ? {} : { challenge }),
    ...(domain === null ? {} : { domain }),
    "@context": [...contexts],
  };
  const signature = await signer.sign(proofHash(document, proof));
  return { ...document, proof: { ...proof, proofValue: `z${base58(signature)}` } };
}

/** The members that are read; `document` is the whole proof as it came. */
export interface Proof {
  readonly document: JsonObject;
  readonly method: string;
  readonly value: string;
  readonly created: string | null;
  readonly challenge: string | null;
  readonly domain: string | null;
}

/**
 * The one proof of a document, of the right form, before any key is known (V11, in its order). Refuses `invalid_shape`,
 * `wrong_cryptosuite`, `wrong_proof_purpose`, `unknown_context`.
 */
export function proofForm(document: JsonObject, purpose: string): Proof {
  const proof = member(document, "proof");
  if (!isObject(proof)) throw new Refused("invalid_shape", "not exactly one proof");
  if (member(proof, "type") !== PROOF_TYPE || member(proof, "cryptosuite") !== CRYPTOSUITE) {
    throw new Refused("wrong_cryptosuite", "not a DataIntegrityProof of the suite");
  }
  if (member(proof, "proofPurpose") !== purpose) throw new Refused("wrong_proof_purpose", "a proof for another purpose");
  const contexts = member(document, "@context");
  if (!isTexts(contexts) || !equals(member(proof, "@context"), contexts)) {
    throw new Refused("unknown_context", "the proof's contexts are not the document's");
  }
  const names = Object.keys(proof);
  if (!NEEDED.every((name) => names.includes(name)) || !names.every((name) => ALLOWED.has(name))) {
    throw new Refused("invalid_shape", "other members than a proof has here");
  }
  const text = (name: string): string => {
    const value = member(proof, name);
    if (typeof value !== "string") throw new Refused("invalid_shape", "a member of a proof that is no text");
    return value;
  };
  const optional = (name: string): string | null => (names.includes(name) ? text(name) : null);
  return {
    document: proof,
    method: text("verificationMethod"),
    value: text("proofValue"),
    created: optional("created"),
    challenge: optional("challenge"),
    domain: optional("domain"),
  };
}

function isTexts(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** The 64 bytes of a proofValue, or null. */
export function signatureOf(proof: Proof): Uint8Array | null {
  const signature = proof.value.startsWith("z") && proof.value.length <= LONGEST ? fromBase58(proof.value.slice(1)) : null;
  return signature !== null && signature.length === 64 ? signature : null;
}

/** What is signed: SHA-256 of the options, then of the document (3.3.3, 3.3.4). Refuses `malformed_json`. */
export function proofHash(document: JsonObject, proof: JsonObject): Uint8Array {
  try {
    return concat(sha256(canonical(without(proof, "proofValue"))), sha256(canonical(without(document, "proof"))));
  } catch (fault) {
    throw fault instanceof Refused ? new Refused("malformed_json", "a value without canonical form") : fault;
  }
}

/** V13 to V15. Refuses `low_order_key`, `malformed_json`, `invalid_signature`. */
export async function checkProof(document: JsonObject, proof: Proof, key: Uint8Array, crypto: Ed25519Check): Promise<void> {
  const hash = proofHash(document, proof.document);
  crypto.requireKey(key);
  const signature = signatureOf(proof);
  if (signature === null) throw new Refused("invalid_signature", "a proofValue that is no signature in base58btc");
  await crypto.check(key, hash, signature);
}
