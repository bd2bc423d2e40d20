/**
 * The sealed vault format PVL1, both ways (TRUST section 8): one blob, sealed under one key. The twin of `kernel/vault.py`.
 *
 *     off len field (little-endian; header = 0..79, associated data = 0..111)
 *       0  4  "PVL1"        16 16 salt (zeros if kdf 0)
 *       4  1  version = 1   32 24 nonce, random for every write
 *       5  1  kind          56 16 vault id
 *       6  1  kdf 0 | 1     72  8 sequence
 *       7  1  reserved 0    80 32 key commitment Kc
 *       8  4  opslimit     112  n ciphertext || tag(16), plaintext padded (ISO 7816-4) to 512 B * 2^k, at most 8 MiB
 *      12  4  memlimit KiB
 *     Ke || Kc = BLAKE2b-512(key = K, "PuenteVault1" || header)
 *
 * The reader's order is the format's: length, magic, version, kind, KDF bounds, commitment, AEAD, padding. All that the
 * key decides ends in one and the same refusal, so that a guess learns nothing. Which blobs make a wallet is not said here.
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { equalBytes } from "@noble/ciphers/utils.js";

import { VAULT_PADDED } from "../bounds.ts";
import { concat, sameBytes, utf8 } from "../bytes.ts";
import type { Random } from "../ports.ts";
import { Refused } from "../refused.ts";
import { blake } from "./hashing.ts";

const MAGIC = utf8("PVL1");
const VERSION = 1;
const HEADER = 80;
const PREFIX = 112;
const TAG = 16;
const PAD = 512;
const MARK = 0x80;
const LABEL = utf8("PuenteVault1");
export const KEY_SIZE = 32;
export const ID_SIZE = 16;
export const SALT_SIZE = 16;
const NONCE_SIZE = 24;
const NO_SALT = new Uint8Array(SALT_SIZE);

// Outside of these the reader refuses before anything is allocated.
const MEMORY_KIB = { least: 19 * 1024, most: 256 * 1024 };
const PASSES = { least: 2, most: 6 };

/** What a blob holds. */
export const KIND = { manifest: 1, item: 2, wrapRecovery: 3, wrapPassphrase: 4, wrapPasskey: 5, wrapHelper: 6, showPack: 7 } as const;
export type Kind = (typeof KIND)[keyof typeof KIND];
const KINDS: ReadonlySet<number> = new Set(Object.values(KIND));

/** The work that a passphrase costs: argon2id 1.3, one lane. */
export interface Kdf {
  readonly passes: number;
  readonly memoryKib: number;
  readonly salt: Uint8Array;
}

/** The first 80 bytes. They travel in the clear and are bound by the commitment and the tag. */
export interface Header {
  readonly kind: Kind;
  readonly kdf: Kdf | null;
  readonly nonce: Uint8Array;
  readonly vaultId: Uint8Array;
  readonly sequence: bigint;
}

/** A blob whose commitment, tag and padding held. */
export interface Opened {
  readonly header: Header;
  readonly plaintext: Uint8Array;
}

export interface Sealing {
  readonly key: Uint8Array;
  readonly kind: Kind;
  readonly vaultId: Uint8Array;
  readonly sequence: number | bigint;
  readonly random: Random;
  /** How `key` came from a passphrase or a PIN, if it did. */
  readonly kdf?: Kdf;
}

/** The header of a blob, its form and its KDF bounds checked; nothing is decrypted or derived. Refuses `vault_unreadable`. */
export function readHeader(blob: Uint8Array): Header {
  requireLength(blob.length);
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const right = sameBytes(blob.subarray(0, 4), MAGIC) && blob[4] === VERSION && blob[7] === 0;
  if (!right) throw unreadable("not a PVL1 blob of version 1");
  const kind = blob[5];
  if (kind === undefined || !isKind(kind)) throw unreadable("unknown kind of blob");
  return {
    kind,
    kdf: readKdf(blob, view),
    nonce: blob.slice(32, 56),
    vaultId: blob.slice(56, 72),
    sequence: view.getBigUint64(72, true),
  };
}

/** One blob; the nonce is drawn anew. Refuses `limits_exceeded` for more than 8 MiB with padding. */
export function seal(plaintext: Uint8Array, { key, kind, vaultId, sequence, random, kdf }: Sealing): Uint8Array {
  if (key.length !== KEY_SIZE || vaultId.length !== ID_SIZE) throw new Error("a key is 32 bytes and a vault id 16");
  if (key.every((byte) => byte === 0)) throw new Error("a key that was forgotten seals nothing");
  if (kdf !== undefined) requireKdf(kdf);
  const padded = pad(plaintext);
  const nonce = random(NONCE_SIZE);
  const header = writeHeader({ kind, kdf: kdf ?? null, nonce, vaultId, sequence: BigInt(sequence) });
  const { encryption, commitment } = split(key, header);
  const bound = concat(header, commitment);
  return concat(bound, xchacha20poly1305(encryption, nonce, bound).encrypt(padded));
}

/** The plaintext under `key`. Refuses `vault_unreadable`, with one text for every wrong key or changed byte. */
export function open(blob: Uint8Array, key: Uint8Array): Opened {
  const header = readHeader(blob);
  const { encryption, commitment } = split(key, blob.subarray(0, HEADER));
  if (!equalBytes(commitment, blob.subarray(HEADER, PREFIX))) throw wrongKey();
  return { header, plaintext: unpad(decrypted(blob, header.nonce, encryption)) };
}

/** ISO 7816-4 to 512 B times a power of two, so that a size says little. Refuses `limits_exceeded`. */
export function pad(plaintext: Uint8Array): Uint8Array {
  const size = paddedSize(plaintext.length);
  if (size > VAULT_PADDED) throw new Refused("limits_exceeded", "more than 8 MiB in one vault blob");
  const padded = new Uint8Array(size);
  padded.set(plaintext);
  padded[plaintext.length] = MARK;
  return padded;
}

/** What stood before the padding. Refuses `vault_unreadable`; more padding than `pad` makes is refused. */
export function unpad(padded: Uint8Array): Uint8Array {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  if (end < 0 || padded[end] !== MARK || paddedSize(end) !== padded.length) throw wrongKey();
  return padded.slice(0, end);
}

/** Refuses `vault_unreadable` for work outside the bounds, before anything is allocated for it. */
export function requireKdf({ passes, memoryKib, salt }: Kdf): void {
  const within = passes >= PASSES.least && passes <= PASSES.most && memoryKib >= MEMORY_KIB.least && memoryKib <= MEMORY_KIB.most;
  if (!within || salt.length !== SALT_SIZE) throw unreadable("key derivation outside its bounds");
}

function readKdf(blob: Uint8Array, view: DataView): Kdf | null {
  const kdf = { passes: view.getUint32(8, true), memoryKib: view.getUint32(12, true), salt: blob.slice(16, 32) };
  if (blob[6] === 1) {
    requireKdf(kdf);
    return kdf;
  }
  if (blob[6] !== 0 || kdf.passes !== 0 || kdf.memoryKib !== 0 || !sameBytes(kdf.salt, NO_SALT)) throw unreadable("unknown key derivation");
  return null;
}

function writeHeader({ kind, kdf, nonce, vaultId, sequence }: Header): Uint8Array {
  const header = new Uint8Array(HEADER);
  const view = new DataView(header.buffer);
  header.set(MAGIC);
  header.set([VERSION, kind, kdf === null ? 0 : 1, 0], 4);
  view.setUint32(8, kdf?.passes ?? 0, true);
  view.setUint32(12, kdf?.memoryKib ?? 0, true);
  header.set(kdf?.salt ?? NO_SALT, 16);
  header.set(nonce, 32);
  header.set(vaultId, 56);
  view.setBigUint64(72, sequence, true);
  return header;
}

/** Ke encrypts; Kc commits, because Poly1305 alone does not bind a ciphertext to one key. */
function split(key: Uint8Array, header: Uint8Array): { encryption: Uint8Array; commitment: Uint8Array } {
  const both = blake(concat(LABEL, header), { size: 64, key });
  return { encryption: both.slice(0, KEY_SIZE), commitment: both.slice(KEY_SIZE) };
}

function decrypted(blob: Uint8Array, nonce: Uint8Array, encryption: Uint8Array): Uint8Array {
  try {
    return xchacha20poly1305(encryption, nonce, blob.subarray(0, PREFIX)).decrypt(blob.subarray(PREFIX));
  } catch {
    throw wrongKey(); // the library's one complaint here is a tag that does not hold
  }
}

/** Whole units of 512 bytes, and their number a power of two. */
function requireLength(size: number): void {
  const body = size - PREFIX - TAG;
  const units = body / PAD;
  if (body > VAULT_PADDED || !Number.isInteger(units) || units < 1 || (units & (units - 1)) !== 0) throw unreadable("no PVL1 blob has this length");
}

function paddedSize(length: number): number {
  let size = PAD;
  while (size <= length) size *= 2;
  return size;
}

function isKind(number: number): number is Kind {
  return KINDS.has(number);
}

/** The one refusal of every wrong key and every changed byte. */
export function wrongKey(): Refused {
  return unreadable("the blob does not open with this key");
}

function unreadable(detail: string): Refused {
  return new Refused("vault_unreadable", detail);
}
