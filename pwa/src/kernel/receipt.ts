/**
 * A receipt that somebody checked: verdict, kinds, time, bundle version, and the device's own key (TRUST section 9).
 *
 * It says what came out then, and nothing of today or of whom: no name, no claim, no hash of a credential. It is a signed
 * JSON document with a context and a type of its own, so that no verifier takes it for a credential; nor is it the log
 * proof `VR1-`. Whose the key is, only its owner knows. The twin of `kernel/receipt.py`.
 */
import { RECEIPT_JSON, TYPED_TEXT } from "./bounds.ts";
import type { Instant } from "./bundle/installed.ts";
import { compileSchema } from "./claims.ts";
import { readJson } from "./codec.ts";
import type { Ed25519Check } from "./ed25519.ts";
import { equals, type JsonObject, type JsonValue, member } from "./json.ts";
import type { Signer } from "./ports.ts";
import { addProof, checkProof, proofForm } from "./proof.ts";
import { Refused } from "./refused.ts";
import { tidied } from "./typed.ts";
import { requireDidKey } from "./verify/believing.ts";
import { readDateTime } from "./verify/dates.ts";
import { moment } from "./verify/reporting.ts";
import { type Level, LEVELS, type Report, type Verdict, VERDICTS } from "../words/report.ts";
import { ASSERTION_METHOD, RECEIPT_CONTEXT, VERIFICATION_RECEIPT } from "../words/terms.ts";

const MOST_PASSES = 32;
const CODE = /^[A-Za-z0-9-]{1,64}$/;

/** One pass as the receipt has it: the pair, where the verdict let it be known, and the verdict. */
export interface ReceiptPass {
  readonly type: string | null;
  readonly scheme: string | null;
  readonly verdict: Verdict;
}

/** A receipt whose signature held. Made by `checkReceipt` alone. */
export interface Receipt {
  /** The did:key that signed it: of this device, or of another. */
  readonly verifier: string;
  readonly signedAt: Instant;
  readonly judgedAt: Instant;
  readonly verdict: Verdict;
  readonly level: Level | null;
  readonly bundleVersion: number | null;
  readonly passes: readonly ReceiptPass[];
  readonly note: string | null;
}

/** The receipt of a report, signed by the device. Refuses `bad_request` for a note of another form. */
export function makeReceipt(report: Report, signer: Signer, now: Instant, note: string | null): Promise<JsonObject> {
  const told = note === null ? "" : tidied(note, TYPED_TEXT);
  if (told === null) throw new Refused("bad_request", "a note too long, or with signs that nobody sees");
  const document: JsonObject = {
    "@context": [RECEIPT_CONTEXT],
    type: [VERIFICATION_RECEIPT],
    verifier: signer.did,
    judgedAt: report.judgedAt,
    verdict: report.verdict,
    level: report.level,
    bundleVersion: report.bundleVersion,
    passes: report.passes.slice(0, MOST_PASSES).map(({ type, scheme, verdict }) => ({ type: plain(type), scheme: plain(scheme), verdict })),
    ...(told === "" ? {} : { note: told }),
  };
  return addProof(document, signer, { purpose: ASSERTION_METHOD, created: moment(now) });
}

/** Whether the bytes call themselves a receipt; what they are worth only `checkReceipt` says. */
export function isReceipt(raw: Uint8Array): boolean {
  try {
    return equals(member(readJson(raw, RECEIPT_JSON), "type"), [VERIFICATION_RECEIPT]);
  } catch (fault) {
    if (fault instanceof Refused) return false;
    throw fault;
  }
}

/**
 * The receipt in the bytes, once its form and its signature held. Refuses `limits_exceeded`, `malformed_json`; `schema`,
 * `invalid_shape`, `wrong_cryptosuite`, `wrong_proof_purpose`, `unknown_context`; `unknown_key`, `issuer_mismatch`,
 * `low_order_key`, `invalid_signature`.
 */
export async function checkReceipt(raw: Uint8Array, crypto: Ed25519Check): Promise<Receipt> {
  const document = readJson(raw, RECEIPT_JSON);
  SHAPE.check(document);
  const proof = proofForm(document, ASSERTION_METHOD);
  if (proof.challenge !== null || proof.domain !== null) throw new Refused("invalid_shape", "a receipt answers nobody");
  const key = requireDidKey(proof.method, "unknown_key", "V12");
  if (proof.method.split("#")[0] !== member(document, "verifier")) {
    throw new Refused("issuer_mismatch", "signed by another than the verifier that it names");
  }
  await checkProof(document, proof, key, crypto);
  return read(document, proof.created);
}

/** A code of the tables; free text of an issuer's has no place here. */
function plain(code: string | null): string | null {
  return code !== null && CODE.test(code) ? code : null;
}

/** What is written as `makeReceipt` writes it, and not otherwise. */
function read(document: JsonObject, created: string | null): Receipt {
  // The checked edge: what SHAPE let through has these types.
  const { verifier, verdict, level, bundleVersion, passes, note = null } = document as unknown as Receipt;
  const coded = passes.every(({ type, scheme }) => plain(type) === type && plain(scheme) === scheme);
  if (!coded || (note !== null && tidied(note, TYPED_TEXT) !== note)) throw otherForm();
  const judgedAt = timeOf(document["judgedAt"]);
  return { verifier, signedAt: timeOf(created), judgedAt, verdict, level, bundleVersion, passes, note };
}

function timeOf(text: JsonValue | undefined): Instant {
  const at = readDateTime(text ?? null);
  if (moment(at) !== text) throw otherForm();
  return at;
}

function otherForm(): Refused {
  return new Refused("schema", "a time, a code or a note of another form");
}

function shape(required: JsonObject, optional: JsonObject = {}): JsonObject {
  return { type: "object", properties: { ...required, ...optional }, required: Object.keys(required), additionalProperties: false };
}

function only(value: string): JsonObject {
  return { type: "array", minItems: 1, maxItems: 1, items: { const: value } };
}

const CODED: JsonObject = { type: ["string", "null"], maxLength: 64 };
const SHAPE = compileSchema(
  shape(
    {
      "@context": only(RECEIPT_CONTEXT),
      type: only(VERIFICATION_RECEIPT),
      verifier: { type: "string" },
      judgedAt: { type: "string" },
      verdict: { enum: [...VERDICTS] },
      level: { enum: [...LEVELS, null] },
      bundleVersion: { type: ["integer", "null"], minimum: 0 },
      passes: { type: "array", maxItems: MOST_PASSES, items: shape({ type: CODED, scheme: CODED, verdict: { enum: [...VERDICTS] } }) },
      proof: { type: "object" },
    },
    { note: { type: "string", minLength: 1, maxLength: TYPED_TEXT } },
  ),
);
