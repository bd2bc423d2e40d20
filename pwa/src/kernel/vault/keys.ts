/**
 * From the vault key to all others (TRUST section 8): subkeys, the key of one item, the holder's and the sync signer.
 * The twin of the first part of `kernel/vault_keys.py`. What a person types is `sheet.ts`'s and `passphrase.ts`'s.
 */
import { ed25519 } from "@noble/curves/ed25519.js";

import { didKey, didKeyMethod } from "../dids.ts";
import type { Signer } from "../ports.ts";
import { blake, littleEndian } from "./hashing.ts";
import { ID_SIZE, KEY_SIZE } from "./pvl1.ts";

const CONTEXT = "PuenteV1";

export const SUBKEY = { items: 1, manifest: 2, search: 3, syncAuth: 4, holderSeeds: 5, showPack: 6 } as const;
export type Subkey = (typeof SUBKEY)[keyof typeof SUBKEY];

/** A signer whose private key lies in this process's memory. */
export interface SeedSigner extends Signer {
  readonly publicKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Subkey `number` of the vault key: libsodium's crypto_kdf with context "PuenteV1", 32 bytes. */
export function subkey(vaultKey: Uint8Array, number: Subkey): Uint8Array {
  return blake(new Uint8Array(), { size: KEY_SIZE, key: vaultKey, salt: littleEndian(number), person: CONTEXT });
}

/** The key of one item: BLAKE2b(key = subkey 1, item id). */
export function itemKey(vaultKey: Uint8Array, itemId: Uint8Array): Uint8Array {
  return itemKeys(vaultKey)(itemId);
}

/** The same for many items of one vault: their subkey is made once. */
export function itemKeys(vaultKey: Uint8Array): (itemId: Uint8Array) => Uint8Array {
  const key = subkey(vaultKey, SUBKEY.items);
  return (itemId) => blake(itemId, { size: KEY_SIZE, key });
}

/** The item id of a pass, by its canonical bytes: the same on two phones, and telling a stranger nothing. */
export function passId(vaultKey: Uint8Array, document: Uint8Array): Uint8Array {
  return blake(document, { size: ID_SIZE, key: subkey(vaultKey, SUBKEY.search) });
}

/** The Ed25519 seed of persona `persona` (0 is the default): BLAKE2b(key = subkey 5, number as 8 bytes LE). */
export function holderSeed(vaultKey: Uint8Array, persona: number): Uint8Array {
  return blake(littleEndian(persona), { size: KEY_SIZE, key: subkey(vaultKey, SUBKEY.holderSeeds) });
}

/** Signs as a persona of the holder, by her did:key. */
export function holderSigner(vaultKey: Uint8Array, persona = 0): SeedSigner {
  return seedSigner(holderSeed(vaultKey, persona));
}

/** Signs the server's challenges for this vault; the key is of no use for anything else. */
export function syncSigner(vaultKey: Uint8Array): SeedSigner {
  return seedSigner(subkey(vaultKey, SUBKEY.syncAuth));
}

/** A signer by its 32-byte seed, as its own did:key. */
export function seedSigner(seed: Uint8Array): SeedSigner {
  const publicKey = ed25519.getPublicKey(seed);
  const did = didKey(publicKey);
  return { did, method: didKeyMethod(did), publicKey, sign: (bytes) => ed25519.sign(bytes, seed) };
}
