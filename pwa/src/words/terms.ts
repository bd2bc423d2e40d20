/**
 * Fixed names of the formats: prefixes, contexts, types, table types. Source: FORMAT sections 1 to 5.
 *
 * Not here: codes of refusals (codes.ts), numbers that bound (kernel/bounds.ts), anything that a bundle brings.
 */

export const CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2";
export const PUENTE_V1 = "https://w3id.org/puente/v1";
export const PASS_CONTEXTS: readonly string[] = [CREDENTIALS_V2, PUENTE_V1];
export const PRESENTATION_CONTEXTS: readonly string[] = [CREDENTIALS_V2];

/** Names the members of a receipt; never fetched, and in no bundle, so that a receipt is read as nothing else. */
export const RECEIPT_CONTEXT = "https://w3id.org/puente/receipt/v1";
export const VERIFICATION_RECEIPT = "VerificationReceipt";

export const VERIFIABLE_CREDENTIAL = "VerifiableCredential";
export const VERIFIABLE_PRESENTATION = "VerifiablePresentation";

export const CREDENTIAL_PREFIX = "VC1-R";
export const PRESENTATION_PREFIX = "VP1-R";
export const FRAME_PREFIX = "VF1-";
export const UPDATE_PREFIX = "VD1-R";
export const REQUEST_PREFIX = "VQ1-";
export const CLAIM_PREFIX = "VO1-";

export const PROOF_TYPE = "DataIntegrityProof";
export const CRYPTOSUITE = "eddsa-jcs-2022";
export const ASSERTION_METHOD = "assertionMethod";
export const AUTHENTICATION = "authentication";

export const STATUS_ENTRY = "BitstringStatusListEntry";
export const STATUS_LIST_CREDENTIAL = "BitstringStatusListCredential";
export const STATUS_LIST = "BitstringStatusList";

/** At which a competence is judged, lowest first: the order of the table of levels (FORMAT 4.1, DOMAIN S2.5). */
export const LEVELS = ["basico", "intermedio", "avanzado"] as const;

export const XSD_DATE = "http://www.w3.org/2001/XMLSchema#date";
export const XSD_DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime";
export const MULTIBASE = "https://w3id.org/security#multibase";

export const JSON_MEDIA = "application/json";
export const VP_MEDIA = "application/vp";
export const VC_MEDIA = "application/vc";
export const PROBLEM_MEDIA = "application/problem+json";
