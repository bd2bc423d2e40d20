/**
 * A whole vault as one run of bytes: its PVL1 blobs one after the other. What a file, a store or an export holds.
 *
 *     "PVW1", then for each blob: length (4 bytes, little-endian), blob
 *
 * The manifest comes first, then the wraps of the vault key, then the items. Nothing here is opened; reading is bounded
 * before anything is copied. The twin of `wallet/sealed.py`.
 */
import { VAULT_BLOBS, VAULT_WHOLE } from "../bounds.ts";
import { concat, sameBytes, utf8 } from "../bytes.ts";
import { Refused } from "../refused.ts";
import { KIND, type Kind, readHeader } from "./pvl1.ts";

const MAGIC = utf8("PVW1");
const WRAPS: ReadonlySet<Kind> = new Set([KIND.wrapRecovery, KIND.wrapPassphrase, KIND.wrapPasskey, KIND.wrapHelper]);

/** The blobs of one vault. `sequence` is the manifest's: what a compare-and-set compares. */
export interface SealedVault {
  readonly vaultId: Uint8Array;
  readonly sequence: bigint;
  readonly manifest: Uint8Array;
  readonly wraps: readonly Uint8Array[];
  readonly items: readonly Uint8Array[];
}

/** The vault key wrapped that way. Refuses `vault_unreadable`. */
export function wrapOf(vault: Pick<SealedVault, "wraps">, kind: Kind): Uint8Array {
  const wrap = vault.wraps.find((blob) => readHeader(blob).kind === kind);
  if (wrap === undefined) throw new Refused("vault_unreadable", "the vault has no such way in");
  return wrap;
}

export function writeSealed({ manifest, wraps, items }: SealedVault): Uint8Array {
  return concat(MAGIC, ...[manifest, ...wraps, ...items].flatMap((blob) => [lengthOf(blob), blob]));
}

/** The blobs, every header read and all of one vault. Refuses `limits_exceeded`, `vault_unreadable`. */
export function readSealed(raw: Uint8Array): SealedVault {
  const [manifest, ...others] = cut(raw);
  if (manifest === undefined) throw notAVault();
  const { kind, vaultId, sequence } = readHeader(manifest);
  if (kind !== KIND.manifest) throw notAVault();
  const headers = others.map(readHeader);
  if (!headers.every((header) => sameBytes(header.vaultId, vaultId))) throw new Refused("vault_unreadable", "blobs of two vaults in one file");
  const wraps = headers.filter((header) => WRAPS.has(header.kind)).length;
  if (!headers.every((header, place) => (place < wraps ? WRAPS.has(header.kind) : header.kind === KIND.item))) throw notAVault();
  return { vaultId, sequence, manifest, wraps: others.slice(0, wraps), items: others.slice(wraps) };
}

function cut(raw: Uint8Array): Uint8Array[] {
  if (raw.length > VAULT_WHOLE) throw new Refused("limits_exceeded", "a vault file over its bound");
  if (!sameBytes(raw.subarray(0, MAGIC.length), MAGIC)) throw notAVault();
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const blobs: Uint8Array[] = [];
  for (let place = MAGIC.length; place < raw.length; ) {
    const from = place + 4;
    const end = from > raw.length ? Infinity : from + view.getUint32(place, true);
    if (end > raw.length || blobs.length === VAULT_BLOBS) throw notAVault();
    blobs.push(raw.slice(from, end));
    place = end;
  }
  return blobs;
}

function lengthOf(blob: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, blob.length, true);
  return length;
}

function notAVault(): Refused {
  return new Refused("vault_unreadable", "not a whole vault file");
}
