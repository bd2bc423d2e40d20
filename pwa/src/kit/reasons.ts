/** From reason codes to words: which sentence a code has (DOMAIN section 8) and which letter a person says by telephone. */
import { CODES } from "../words/codes.ts";

export const GROUPS = [
  "picture", "other", "signature", "signer", "scope", "stolen", "newer", "holder", "window", "early", "status", "old", "list", "clock", "late",
  "large", "self",
] as const;
export type Group = (typeof GROUPS)[number];

const MEMBERS: Readonly<Record<Group, readonly string[]>> = {
  picture: ["malformed_base45", "malformed_cbor", "noncanonical_cbor", "frames_incomplete", "frames_mismatch"],
  other: [
    "unsupported_prefix", "unsupported_tag", "prefix_mismatch", "invalid_shape", "invalid_value", "schema", "unknown_property", "unknown_context",
    "wrong_cryptosuite", "wrong_proof_purpose", "malformed_json",
  ],
  signature: ["invalid_signature", "low_order_key"],
  signer: ["unknown_issuer", "issuer_mismatch", "unknown_key"],
  scope: ["out_of_scope"],
  stolen: ["key_compromised"],
  newer: ["unknown_registry_entry", "unknown_term", "unknown_table_value", "unknown_type"],
  holder: ["holder_mismatch"],
  window: ["key_window"],
  early: ["not_yet_valid"],
  status: ["status_missing", "status_mismatch"],
  old: ["status_too_old", "root_expired"],
  list: ["no_bundle", "canary"],
  clock: ["clock_doubt"],
  late: ["challenge_mismatch", "domain_mismatch", "stale_presentation"],
  large: ["limits_exceeded"],
  self: ["self_declared"],
};
/** Where the light, the paper or the camera can be what is wrong: what was read is not what was written. Elsewhere nobody read badly. */
export const MISREAD: ReadonlySet<string> = new Set<Group>(["picture", "signature"]);
const GROUP_OF: ReadonlyMap<string, Group> = new Map(GROUPS.flatMap((group) => MEMBERS[group].map((code) => [code, group] as const)));

/** The codes of each step in TRUST section 4's order; a step with one code needs no letter. */
const STEP_CODES: Readonly<Record<string, readonly string[]>> = {
  V1: ["no_bundle", "root_expired", "canary", "bundle_expired"],
  V2: ["clock_behind", "clock_far"],
  V3: ["limits_exceeded"],
  V4: ["unsupported_prefix", "frames_incomplete", "frames_mismatch"],
  V5: ["malformed_base45"],
  V6: ["unsupported_tag"],
  V7: ["malformed_cbor", "noncanonical_cbor", "limits_exceeded", "malformed_json"],
  V8: [
    "unknown_registry_entry", "unknown_context", "unknown_term", "unknown_table_value", "invalid_value", "prefix_mismatch", "invalid_shape",
    "limits_exceeded",
  ],
  V9: ["unknown_context", "unknown_property", "noncanonical_cbor"],
  V10: ["unknown_type", "schema"],
  V11: ["invalid_shape", "wrong_cryptosuite", "wrong_proof_purpose", "unknown_context"],
  V12: ["issuer_mismatch", "unknown_issuer", "unknown_key", "self_declared"],
  V13: ["low_order_key"],
  V15: ["invalid_signature"],
  V16: ["out_of_scope"],
  V17: ["key_window", "key_compromised", "key_review"],
  V18: ["not_yet_valid"],
  V19: ["expired", "clock_doubt"],
  V20: ["status_missing", "status_mismatch"],
  V21: ["revoked", "suspended"],
  V22: ["stale", "status_too_old"],
  V23: ["holder_mismatch", "wrong_cryptosuite", "wrong_proof_purpose", "low_order_key", "invalid_signature", "invalid_shape", "unknown_context"],
  V24: ["challenge_mismatch", "domain_mismatch", "stale_presentation"],
  V25: ["shown_before"],
};

/** The sentence's group of a code; a code that this page does not know reads as another system's. */
export function groupOf(code: string): Group {
  return GROUP_OF.get(code) ?? "other";
}

/** Where the code stands that made a grey verdict: the one that ended it, else the first mark that has a sentence. */
export function deciding(reasons: readonly string[]): number {
  const ended = reasons.findIndex((code) => kindOf(code) !== "mark");
  return ended >= 0 ? ended : reasons.findIndex((code) => GROUP_OF.has(code));
}

/** A clock behind the list is wrong for certain; one far ahead of it may be right, and the list old. */
export type WrongClock = "behind" | "far";

/** Which way this device's clock is wrong, where codes say so. */
export function clockIn(codes: readonly string[]): WrongClock | null {
  return codes.includes("clock_behind") ? "behind" : codes.includes("clock_far") ? "far" : null;
}

/** What is said by telephone: "V5", or "V12-B" where the step has several codes. */
export function phoneCode(step: string, code: string): string {
  const codes = STEP_CODES[step] ?? [];
  const place = codes.indexOf(code);
  return codes.length > 1 && place >= 0 ? `${step}-${String.fromCharCode(65 + place)}` : step;
}

function kindOf(code: string): string {
  return code in CODES ? CODES[code as keyof typeof CODES].kind : "wrong_shape";
}
