/**
 * This device's own key, made on it when the first receipt is asked for, and used for nothing else. Where the browser knows
 * Ed25519 its private part cannot be read out, not even by this page; elsewhere it is a seed among what the page keeps.
 */
import { didKey, didKeyMethod } from "../kernel/dids.ts";
import type { Signer } from "../kernel/ports.ts";
import { seedSigner } from "../kernel/vault/keys.ts";
import type { Store } from "./store.ts";

const KEPT = "device-key";
const SEED_SIZE = 32;

type KeptKey = { readonly publicKey: Uint8Array; readonly privateKey: CryptoKey } | { readonly seed: Uint8Array };

export class DeviceKey {
  readonly #store: Store;
  #signer: Signer | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The key that this device has; null when it never made one. */
  async known(): Promise<Signer | null> {
    if (this.#signer !== null) return this.#signer;
    const found: unknown = await this.#store.get(KEPT).catch(() => undefined);
    this.#signer = isKept(found) ? signerOf(found) : null;
    return this.#signer;
  }

  /** The same, made where there is none; on a device that keeps nothing it lasts as long as the page. */
  async signer(): Promise<Signer> {
    const known = await this.known();
    if (known !== null) return known;
    const made = await make();
    await this.#store.put({ [KEPT]: made }).catch(() => undefined);
    this.#signer = signerOf(made);
    return this.#signer;
  }

  /** Receipts of this device are then as those of any other. */
  async forget(): Promise<void> {
    this.#signer = null;
    await this.#store.put({ [KEPT]: undefined });
  }
}

async function make(): Promise<KeptKey> {
  try {
    const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]) as CryptoKeyPair;
    return { publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)), privateKey };
  } catch {
    return { seed: crypto.getRandomValues(new Uint8Array(SEED_SIZE)) };
  }
}

function signerOf(kept: KeptKey): Signer {
  if ("seed" in kept) return seedSigner(kept.seed);
  const did = didKey(kept.publicKey);
  const sign = async (bytes: Uint8Array): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, kept.privateKey, Uint8Array.from(bytes)));
  return { did, method: didKeyMethod(did), sign };
}

function isKept(found: unknown): found is KeptKey {
  if (typeof found !== "object" || found === null) return false;
  const { publicKey, privateKey, seed } = found as { publicKey?: unknown; privateKey?: unknown; seed?: unknown };
  const size = (bytes: unknown): boolean => bytes instanceof Uint8Array && bytes.length === SEED_SIZE;
  return size(seed) || (size(publicKey) && privateKey instanceof CryptoKey);
}
