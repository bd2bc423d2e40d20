/**
 * did:key and Multikey for Ed25519: text <-> 32 bytes. did:web keys come from the bundle; nothing is fetched.
 */
import { DID_KEY_TEXT } from "./bounds.ts";
import { base58, concat, fromMultibase } from "./bytes.ts";

const DID_KEY = "did:key:";
/** Multicodec ed25519-pub as a varint (Controlled Identifiers 1.0 section 2.2.2). */
const MULTICODEC = Uint8Array.of(0xed, 0x01);

/** The 32 bytes of a Multikey in base58btc, or null for any other key. */
export function fromMultikey(text: string): Uint8Array | null {
  const bytes = text.startsWith("z") ? fromMultibase(text, 128) : null;
  const right = bytes !== null && bytes.length === 34 && bytes[0] === MULTICODEC[0] && bytes[1] === MULTICODEC[1];
  return right ? bytes.slice(2) : null;
}

export function multikey(key: Uint8Array): string {
  return `z${base58(concat(MULTICODEC, key))}`;
}

/** The key that a did:key is, or null. */
export function keyOfDidKey(did: string): Uint8Array | null {
  if (did.length > DID_KEY_TEXT || !did.startsWith(DID_KEY)) return null;
  return fromMultikey(did.slice(DID_KEY.length));
}

/** The one method of a did:key: its own multikey again as fragment. */
export function didKeyMethod(did: string): string {
  return `${did}#${did.slice(DID_KEY.length)}`;
}

export function didKey(key: Uint8Array): string {
  return DID_KEY + multikey(key);
}
