/**
 * Proofs of the issued log, `VR1-R` (FORMAT section 9; RFC 6962; TRUST section 7): that one signature stood in the log
 * at a checkpoint. Whether a stolen key's pass is believed for it is trust.ts's to say.
 */
import { fromBase45 } from "./base45.ts";
import { QR_CBOR, QR_TEXT } from "./bounds.ts";
import { concat, sameBytes, sha256 } from "./bytes.ts";
import { CborReader, writeCbor } from "./cbor.ts";
import { Refused } from "./refused.ts";

const PREFIX = "VR1-R";
const KIND = "puente-issued-1";
const HASH = 32;
const SALT = 16;
const MAX_PATH = 63;

export interface LogProof {
  readonly method: string;
  /** SHA-256 of the 64 bytes of the signature. */
  readonly signatureHash: Uint8Array;
  readonly listUrl: string;
  readonly index: number;
  readonly salt: Uint8Array;
  readonly leafIndex: number;
  readonly size: number;
  readonly path: readonly Uint8Array[];
}

/** Refuses `limits_exceeded`, `unsupported_prefix`, `malformed_base45`, the codes of CBOR, `invalid_value`. */
export function readLogProof(text: string): LogProof {
  if (text.length > QR_TEXT) throw new Refused("limits_exceeded", "a log proof over its bound");
  if (!text.startsWith(PREFIX)) throw new Refused("unsupported_prefix", "not a log proof");
  const reader = new CborReader(fromBase45(text.slice(PREFIX.length)), QR_CBOR);
  const item = reader.item(2);
  reader.end();
  if (!Array.isArray(item) || item.length !== 9) throw wrongForm();
  const [edition, method, signatureHash, listUrl, index, salt, leafIndex, size, path] = item;
  if (edition !== 1 || typeof method !== "string" || typeof listUrl !== "string" || !Array.isArray(path)) throw wrongForm();
  if (!isBytes(signatureHash, HASH) || !isBytes(salt, SALT) || !path.every((step) => isBytes(step, HASH))) throw wrongForm();
  if (!isCount(index) || !isCount(leafIndex) || !isCount(size) || leafIndex >= size) throw wrongForm();
  return { method, signatureHash, listUrl, index, salt, leafIndex, size, path };
}

/** SHA-256(0x00 || CBOR of [kind, key id, SHA-256 of the signature, list, index, salt]). */
export function leafOf(proof: LogProof): Uint8Array {
  const row = [KIND, proof.method, proof.signatureHash, proof.listUrl, proof.index, proof.salt];
  return sha256(concat(Uint8Array.of(0), writeCbor(row)));
}

/** True when the path leads from this leaf to the root of a tree of `size` leaves (RFC 6962 2.1.1). */
export function leadsTo(leaf: Uint8Array, proof: Pick<LogProof, "leafIndex" | "path">, size: number, root: Uint8Array): boolean {
  let at = proof.leafIndex;
  let last = size - 1;
  let found = leaf;
  if (at > last || proof.path.length > MAX_PATH) return false;
  const up = (): void => {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  };
  for (const step of proof.path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      found = node(step, found);
      while (at % 2 === 0 && at > 0) up();
    } else {
      found = node(found, step);
    }
    up();
  }
  return last === 0 && sameBytes(found, root);
}

function node(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(1), left, right));
}

function isBytes(value: unknown, size: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === size;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

function wrongForm(): Refused {
  return new Refused("invalid_value", "a log proof of the wrong form");
}
