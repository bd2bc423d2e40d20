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
export const QR_BYTES = 2_864;
export const QR_CBOR: CborBounds = { depth: 12, items: 512, members: 64, text: 512, bytes: 128 };
export const DOCUMENT_JCS = 8 * KIB;
export const PASSES = 4;

export const FRAMES = 9;
export const FRAME_CHARS = 1_000;
export const FRAME_SETS = 2;
export const FRAME_LIFE = 60;

export const CREDENTIAL_JSON: JsonBounds = { bytes: 32 * KIB, members: 1_000, text: 8 * KIB, depth: 12 };
export const PRESENTATION_JSON: JsonBounds = { bytes: 128 * KIB, members: 4_000, text: 8 * KIB, depth: 12 };

export const CONTAINER_PACKED = 4 * MIB;
export const CONTAINER_INFLATED = 24 * MIB;
export const CONTAINER_CBOR: CborBounds = { depth: 1, items: 1_025, members: 512, text: 256, bytes: 24 * MIB };

export const ROOT_JSON = 64 * KIB;
export const TIMESTAMP_JSON = 16 * KIB;
export const SNAPSHOT_JSON = 256 * KIB;
export const TARGETS_JSON = MIB;
export const ROOT_STEPS = 64;
export const DELEGATIONS = 64;
export const SIGNATURES = 16;
export const METADATA_DEPTH = 8;

/** A stored list: 131,072 entries. */
export const LIST_BYTES = 16_384;
export const LIST_GZIP = 64 * KIB;
export const LIST_INFLATED = 128 * KIB;

export const DID_KEY_TEXT = 64;
export const DID_WEB_TEXT = 256;
