/** BLAKE2b as libsodium keys, salts and personalises it: what all keys of a vault are made with (TRUST section 8). */
import { blake2b } from "@noble/hashes/blake2.js";

import { utf8 } from "../bytes.ts";

const FIELD = 16;

export interface Blake {
  readonly size: number;
  readonly key?: Uint8Array;
  readonly salt?: Uint8Array;
  readonly person?: string;
}

/** BLAKE2b of `message`; salt and personalisation are filled up with zeros to their 16 bytes. */
export function blake(message: Uint8Array, { size, key, salt, person }: Blake): Uint8Array {
  return blake2b(message, {
    dkLen: size,
    ...(key === undefined ? {} : { key }),
    ...(salt === undefined ? {} : { salt: filled(salt) }),
    ...(person === undefined ? {} : { personalization: filled(utf8(person)) }),
  });
}

/** Eight bytes, little-endian. */
export function littleEndian(number: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number), true);
  return bytes;
}

function filled(bytes: Uint8Array): Uint8Array {
  const field = new Uint8Array(FIELD);
  field.set(bytes);
  return field;
}
