/**
 * The numbers that bound every parser, asked before it starts (TRUST section 11, FORMAT section 7).
 */

export interface CborBounds {
  readonly depth: number;
  readonly items: number;
  /** Entries of one map or array. */
  readonly members: number;
  readonly text: number;
  readonly bytes: number;
}

export interface JsonBounds {
  readonly bytes: number;
  readonly members: number;
  readonly text: number;
  readonly depth: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const QR_TEXT = 4_296;
/** One pass that we write: version 14 at M. */
export const PASS_CHARS = 528;
/** One symbol that we write: version 15 at L; what is longer goes in frames. */
export const SYMBOL_CHARS = 758;
export const QR_BYTES = 2_864;
export const QR_CBOR: CborBounds = { depth: 12, items: 512, members: 64, text: 512, bytes: 128 };
export const DOCUMENT_JCS = 8 * KIB;
export const PASSES = 4;

export const FRAMES = 9;
export const FRAME_CHARS = 1_000;
export const FRAME_SETS = 2;
export const FRAME_LIFE = 60;

export const CREDENTIAL_JSON: JsonBounds = { bytes: 32 * KIB, members: 1_000, text: 8 * KIB, depth: 12 };
export const PRESENTATION_JSON: JsonBounds = { bytes: 128 * KIB, members: 1_000, text: 8 * KIB, depth: 12 };
export const RECEIPT_JSON: JsonBounds = { bytes: 16 * KIB, members: 200, text: KIB, depth: 6 };
/** Characters of a text that people type. */
export const TYPED_TEXT = 200;
/** What an issuer answers to a pick-up. */
export const PICKUP_JSON: JsonBounds = { bytes: 256 * KIB, members: 4_000, text: 8 * KIB, depth: 16 };
/** Passes of a presentation that comes as JSON. */
export const PRESENTED_PASSES = 8;
/** Texts, and codes in them, of one look. */
export const TEXTS = 72;
export const CODES_AT_ONCE = 8;

export const CONTAINER_PACKED = 4 * MIB;
export const CONTAINER_INFLATED = 24 * MIB;
export const CONTAINER_FILES = 512;
export const CONTAINER_PATH = 200;

/** Files, and lists, that an update by codes changes. */
export const DELTA_FILES = 64;
export const DELTA_CBOR: CborBounds = { depth: 3, items: QR_BYTES, members: QR_BYTES, text: QR_BYTES, bytes: QR_BYTES };

export const TUF_ROOT: JsonBounds = { bytes: 64 * KIB, members: 1_000, text: 8 * KIB, depth: 8 };
export const TUF_TIMESTAMP: JsonBounds = { bytes: 16 * KIB, members: 1_000, text: 8 * KIB, depth: 8 };
export const TUF_SNAPSHOT: JsonBounds = { bytes: 256 * KIB, members: 8_000, text: 8 * KIB, depth: 8 };
export const TUF_TARGETS: JsonBounds = { bytes: MIB, members: 32_000, text: 8 * KIB, depth: 8 };
/** A target file of the bundle, after its hash held. */
export const BUNDLE_JSON: JsonBounds = { bytes: 4 * MIB, members: 400_000, text: 64 * KIB, depth: 24 };
export const ROOT_STEPS = 64;
export const DELEGATIONS = 64;
export const SIGNATURES = 16;

/** A stored list: 131,072 entries. */
export const LIST_BYTES = 16_384;
export const LIST_GZIP = 64 * KIB;
export const LIST_INFLATED = 128 * KIB;

export const DID_KEY_TEXT = 64;

/** A PVL1 blob's padded plaintext; all blobs of one wallet in one file; the JSON inside a blob that opened. */
export const VAULT_PADDED = 8 * MIB;
export const VAULT_WHOLE = 24 * MIB;
export const VAULT_BLOBS = 8192;
export const VAULT_JSON: JsonBounds = { bytes: 4 * MIB, members: 200_000, text: 64 * KIB, depth: 16 };
