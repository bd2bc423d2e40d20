/**
 * One acceptance rule for Ed25519 (TRUST section 2, E1 to E6), whatever library computes the equation.
 *
 * E1-E4 are `gate`, E5 is `requireKey`, E6 is the `Equation` that the caller brings: WebCrypto where it knows Ed25519,
 * else noble with E5 on R too. No library is asked before the gate has passed. Signing is not here.
 */
import { ed25519 } from "@noble/curves/ed25519.js";

import { fromHex, hex } from "./bytes.ts";
import { Refused } from "./refused.ts";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const SIGN = 1n << 255n;
/** y of the two points of order 8 that have an even one; the others have p - y. */
const Y8 = BigInt("0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7");
/** The y of the 8 small-order points, non-canonical forms included; the sign bit apart, they are the 14 encodings. */
const SMALL_ORDER: ReadonlySet<bigint> = new Set([0n, 1n, P - 1n, P, P + 1n, Y8, P - Y8]);
const KEY_CACHE = 512;

/** E6: true when the cofactorless equation holds. Answers only for inputs that passed the gate. */
export type Equation = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/** The whole rule with its cache of keys. */
export interface Ed25519Check {
  /** E1, E3, E4, E5 of a public key. Refuses `low_order_key`. */
  requireKey(key: Uint8Array): void;
  /** E1-E6. Refuses `low_order_key` for the key's faults, else `invalid_signature`. */
  check(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<void>;
}

function little(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[at] ?? 0);
  return value;
}

/** E3 and E4 of one encoded point. */
function isPlainPoint(encoded: Uint8Array): boolean {
  const y = little(encoded) & (SIGN - 1n);
  return y < P && !SMALL_ORDER.has(y);
}

/** E1, E3, E4 of a key. Refuses `low_order_key`. */
export function gateKey(key: Uint8Array): void {
  if (key.length !== 32) throw new Refused("low_order_key", "a key is 32 bytes");
  if (!isPlainPoint(key)) throw new Refused("low_order_key", "a key of small order or not canonical");
}

/** E1 to E4: lengths, S < L, canonical points, no small order. Refuses as `Ed25519Check.check`. */
export function gate(key: Uint8Array, signature: Uint8Array): void {
  gateKey(key);
  if (signature.length !== 64) throw new Refused("invalid_signature", "a signature is 64 bytes");
  if (little(signature.subarray(32)) >= L) throw new Refused("invalid_signature", "S is not below the group order");
  if (!isPlainPoint(signature.subarray(0, 32))) throw new Refused("invalid_signature", "R of small order or not canonical");
}

/** E5: on the curve and in the prime-order subgroup. */
export function isTorsionFree(encoded: Uint8Array): boolean {
  try {
    return ed25519.Point.fromBytes(encoded).isTorsionFree();
  } catch {
    return false;
  }
}

/** E6 by noble. Its equation has the cofactor, so R needs E5 as well. */
export const nobleEquation: Equation = (key, message, signature) =>
  Promise.resolve(
    isTorsionFree(signature.subarray(0, 32)) && ed25519.verify(signature, message, key, { zip215: false }),
  );

/** E6 by WebCrypto; imported keys are kept. Rejects where Ed25519 is not known: ask `chooseEquation`. */
export function webEquation(subtle: SubtleCrypto): Equation {
  const imported = new Map<string, CryptoKey>();
  return async (key, message, signature) => {
    const name = hex(key);
    let known = imported.get(name);
    if (known === undefined) {
      try {
        known = await subtle.importKey("raw", Uint8Array.from(key), { name: "Ed25519" }, false, ["verify"]);
      } catch (fault) {
        // A key that no point belongs to: some engines refuse at import. No Ed25519 at all is the caller's to know.
        if (fault instanceof DOMException && fault.name === "DataError") return false;
        throw fault;
      }
      keep(imported, name, known);
    }
    return subtle.verify({ name: "Ed25519" }, known, Uint8Array.from(signature), Uint8Array.from(message));
  };
}

/** RFC 8032 section 7.1, test 2: key and signature, of the one byte 0x72. */
const KNOWN_KEY = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
const KNOWN_SIGNATURE =
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

/** WebCrypto's equation when it checks a known signature, else noble's. Nothing is signed for it: noble's first signature is slow. */
export async function chooseEquation(subtle: SubtleCrypto | null): Promise<Equation> {
  if (subtle === null) return nobleEquation;
  const web = webEquation(subtle);
  try {
    return (await web(fromHex(KNOWN_KEY), Uint8Array.of(0x72), fromHex(KNOWN_SIGNATURE))) ? web : nobleEquation;
  } catch {
    return nobleEquation;
  }
}

/** The rule around an equation. Keys that passed E5 are kept, 512 at most. */
export function strictEd25519(equation: Equation): Ed25519Check {
  const passed = new Map<string, true>();
  const requireKey = (key: Uint8Array): void => {
    gateKey(key);
    const name = hex(key);
    if (passed.has(name)) return;
    if (!isTorsionFree(key)) throw new Refused("low_order_key", "a key outside the prime-order subgroup");
    keep(passed, name, true);
  };
  return {
    requireKey,
    async check(key, message, signature) {
      gate(key, signature);
      requireKey(key);
      if (!(await equation(key, message, signature))) throw new Refused("invalid_signature", "the equation does not hold");
    },
  };
}

function keep<V>(cache: Map<string, V>, name: string, value: V): void {
  if (cache.size >= KEY_CACHE) {
    const oldest = cache.keys().next();
    if (!oldest.done) cache.delete(oldest.value);
  }
  cache.set(name, value);
}
