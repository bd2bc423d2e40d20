/**
 * The device secret of one person: 32 bytes that open her show-pack together with the PIN, sealed under a key of this
 * browser that no script can read out (TRUST section 8). Whoever copies the storage as files gets neither.
 */
import type { Random } from "../../kernel/ports.ts";

const NONCE = 12;

/** As it is kept: the key itself, not to be read out, with the secret sealed under it. */
export interface Box {
  readonly key: CryptoKey;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

export interface NewBox {
  readonly box: Box;
  readonly secret: Uint8Array;
}

/** A new secret and the box that keeps it. */
export async function makeBox(random: Random): Promise<NewBox> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const secret = Uint8Array.from(random(32));
  const nonce = Uint8Array.from(random(NONCE));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, secret));
  return { box: { key, nonce, sealed }, secret };
}

/** The secret in a box; null when the box is damaged. */
export async function openBox({ key, nonce, sealed }: Box): Promise<Uint8Array | null> {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, key, sealed).then((secret) => new Uint8Array(secret), () => null);
}
