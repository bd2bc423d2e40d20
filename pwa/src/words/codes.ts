/**
 * The codes of reports and of problems, and what each one does to a report: the rows of `schemas/codes.py` (a test
 * compares them). Not here: the sentences that a person reads (text.ts).
 */

export type Kind = "malformed" | "wrong_shape" | "bad_proof" | "not_in_force" | "not_believed" | "mark" | "request";

export interface Row {
  readonly kind: Kind;
  /** The steps of TRUST section 4 that give this code. */
  readonly steps: readonly string[];
}

export const CODES = {
  no_bundle: { kind: "not_in_force", steps: ["V1"] },
  root_expired: { kind: "not_in_force", steps: ["V1"] },
  canary: { kind: "not_in_force", steps: ["V1"] },
  limits_exceeded: { kind: "malformed", steps: ["V3", "V4", "V7", "V8", "V9"] },
  unsupported_prefix: { kind: "wrong_shape", steps: ["V4"] },
  frames_incomplete: { kind: "malformed", steps: ["V4"] },
  frames_mismatch: { kind: "malformed", steps: ["V4"] },
  malformed_base45: { kind: "malformed", steps: ["V5"] },
  unsupported_tag: { kind: "wrong_shape", steps: ["V6"] },
  malformed_cbor: { kind: "malformed", steps: ["V7"] },
  noncanonical_cbor: { kind: "malformed", steps: ["V7", "V9"] },
  malformed_json: { kind: "malformed", steps: ["V7", "V14", "V23"] },
  unknown_registry_entry: { kind: "wrong_shape", steps: ["V8"] },
  unknown_context: { kind: "wrong_shape", steps: ["V8", "V9", "V11", "V23"] },
  unknown_term: { kind: "wrong_shape", steps: ["V8"] },
  unknown_table_value: { kind: "wrong_shape", steps: ["V8"] },
  invalid_value: { kind: "wrong_shape", steps: ["V8"] },
  prefix_mismatch: { kind: "wrong_shape", steps: ["V8"] },
  invalid_shape: { kind: "wrong_shape", steps: ["V8", "V9", "V11", "V23"] },
  unknown_property: { kind: "wrong_shape", steps: ["V9"] },
  unknown_type: { kind: "wrong_shape", steps: ["V10"] },
  schema: { kind: "wrong_shape", steps: ["V10"] },
  wrong_cryptosuite: { kind: "bad_proof", steps: ["V11", "V23"] },
  wrong_proof_purpose: { kind: "not_believed", steps: ["V11", "V23"] },
  issuer_mismatch: { kind: "not_believed", steps: ["V12"] },
  unknown_issuer: { kind: "not_believed", steps: ["V12"] },
  unknown_key: { kind: "not_believed", steps: ["V12"] },
  low_order_key: { kind: "bad_proof", steps: ["V13", "V23"] },
  invalid_signature: { kind: "bad_proof", steps: ["V15", "V23"] },
  out_of_scope: { kind: "not_believed", steps: ["V16"] },
  key_window: { kind: "not_in_force", steps: ["V17"] },
  key_compromised: { kind: "not_believed", steps: ["V17"] },
  holder_mismatch: { kind: "not_believed", steps: ["V23"] },
  challenge_mismatch: { kind: "not_believed", steps: ["V24"] },
  domain_mismatch: { kind: "not_believed", steps: ["V24"] },
  stale_presentation: { kind: "not_believed", steps: ["V24"] },
  bundle_expired: { kind: "mark", steps: ["V1"] },
  clock_behind: { kind: "mark", steps: ["V2"] },
  clock_far: { kind: "mark", steps: ["V2"] },
  self_declared: { kind: "mark", steps: ["V12"] },
  key_review: { kind: "mark", steps: ["V17"] },
  not_yet_valid: { kind: "mark", steps: ["V18"] },
  expired: { kind: "mark", steps: ["V19"] },
  clock_doubt: { kind: "mark", steps: ["V19"] },
  status_missing: { kind: "mark", steps: ["V20"] },
  status_mismatch: { kind: "mark", steps: ["V20"] },
  revoked: { kind: "mark", steps: ["V21"] },
  suspended: { kind: "mark", steps: ["V21"] },
  stale: { kind: "mark", steps: ["V22"] },
  status_too_old: { kind: "mark", steps: ["V22"] },
  shown_before: { kind: "mark", steps: ["V25"] },
  bad_request: { kind: "request", steps: [] },
  not_signed_in: { kind: "request", steps: [] },
  not_allowed: { kind: "request", steps: [] },
  same_hand: { kind: "request", steps: [] },
  not_found: { kind: "request", steps: [] },
  unsupported_media_type: { kind: "request", steps: [] },
  too_large: { kind: "request", steps: [] },
  already_released: { kind: "request", steps: [] },
  stale_version: { kind: "request", steps: [] },
  idempotency_key: { kind: "request", steps: [] },
  signer_unavailable: { kind: "request", steps: [] },
  lists_full: { kind: "request", steps: [] },
  entry_unavailable: { kind: "request", steps: [] },
  batch_elsewhere: { kind: "request", steps: [] },
  errors_not_accepted: { kind: "request", steps: [] },
  database_unavailable: { kind: "request", steps: [] },
  network_unavailable: { kind: "request", steps: [] },
  disk_full: { kind: "request", steps: [] },
  internal: { kind: "request", steps: [] },
  cohort_not_csv: { kind: "request", steps: [] },
  cohort_encoding: { kind: "request", steps: [] },
  cohort_columns: { kind: "request", steps: [] },
  picture_unreadable: { kind: "request", steps: [] },
  bundle_refused: { kind: "request", steps: [] },
  delta_unreadable: { kind: "request", steps: [] },
  delta_not_for_this_list: { kind: "request", steps: [] },
  delta_too_large: { kind: "request", steps: [] },
  delta_needs_file: { kind: "request", steps: [] },
  wrong_secret: { kind: "request", steps: [] },
  offer_used: { kind: "request", steps: [] },
  vault_unreadable: { kind: "request", steps: [] },
  half_sheet: { kind: "request", steps: [] },
  weak_passphrase: { kind: "request", steps: [] },
  session_ended: { kind: "request", steps: [] },
  device_waiting: { kind: "request", steps: [] },
  too_many_devices: { kind: "request", steps: [] },
  vault_full: { kind: "request", steps: [] },
  too_many_requests: { kind: "request", steps: [] },
  card_unprintable: { kind: "request", steps: [] },
  over_asking: { kind: "request", steps: [] },
  too_large_for_qr: { kind: "request", steps: [] },
} as const satisfies Record<string, Row>;

export type Code = keyof typeof CODES;

/** True for a code of the table; narrows text that came from elsewhere. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(CODES, text);
}
