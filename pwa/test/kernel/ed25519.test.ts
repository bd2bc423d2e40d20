/**
 * The acceptance rule E1 to E6, the gate and each library asked alone: what a library would refuse, the gate refuses too.
 * Odd points are made from the curve by noble's own arithmetic; their forgeries follow TRUST section 2.
 */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";

import { ed25519, ED25519_TORSION_SUBGROUP } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";

import { concat, fromHex, hex, utf8 } from "../../src/kernel/bytes.ts";
import {
  chooseEquation,
  type Ed25519Check,
  gate,
  gateKey,
  isTorsionFree,
  nobleEquation,
  strictEd25519,
  webEquation,
} from "../../src/kernel/ed25519.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { published } from "../published.ts";

const { Point } = ed25519;
const L = Point.Fn.ORDER;
const P = Point.Fp.ORDER;
const SUBTLE = webcrypto.subtle as SubtleCrypto;
const EQUATIONS = { web: webEquation(SUBTLE), noble: nobleEquation };
const SEED = new Uint8Array(32).fill(9);
const KEY = ed25519.getPublicKey(SEED);
const MESSAGE = utf8("Puente");
const SIGNATURE = ed25519.sign(MESSAGE, SEED);

function little(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, place) => Number((value >> BigInt(8 * place)) & 255n));
}

function number(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** All 32-byte texts that a lax reader takes for a small-order point. */
function smallOrder(): Uint8Array[] {
  const found = new Set<string>();
  for (const encoded of ED25519_TORSION_SUBGROUP) {
    const y = number(fromHex(encoded)) & ((1n << 255n) - 1n);
    for (const stated of [y, y + P]) {
      if (stated < 1n << 255n) for (const sign of [0n, 1n]) found.add(hex(little(stated | (sign << 255n))));
    }
  }
  return [...found].map(fromHex);
}

async function outcome(check: Ed25519Check, key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<string> {
  try {
    await check.check(key, message, signature);
    return "accepted";
  } catch (fault) {
    assert.ok(fault instanceof Refused);
    return fault.code;
  }
}

function gateSays(key: Uint8Array, signature: Uint8Array): string {
  try {
    gate(key, signature);
    return "passed";
  } catch (fault) {
    assert.ok(fault instanceof Refused);
    return fault.code;
  }
}

test("there are fourteen small-order encodings; the gate alone refuses each as key and as R", () => {
  const encodings = smallOrder();
  assert.equal(encodings.length, 14);
  for (const encoded of encodings) {
    assert.throws(() => gateKey(encoded), Refused, hex(encoded));
    assert.equal(gateSays(KEY, concat(encoded, SIGNATURE.slice(32))), "invalid_signature", hex(encoded));
  }
});

test("non-canonical points are refused by the gate alone", () => {
  for (let above = 0n; above < 19n; above += 1n) {
    for (const sign of [0n, 1n << 255n]) {
      const encoded = little((P + above) | sign);
      assert.throws(() => gateKey(encoded), Refused, hex(encoded));
      assert.equal(gateSays(KEY, concat(encoded, SIGNATURE.slice(32))), "invalid_signature");
    }
  }
});

test("lengths and S >= L are refused by the gate alone", () => {
  assert.equal(gateSays(KEY, SIGNATURE), "passed");
  assert.equal(gateSays(KEY.slice(1), SIGNATURE), "low_order_key");
  assert.equal(gateSays(KEY, SIGNATURE.slice(1)), "invalid_signature");
  const s = number(SIGNATURE.slice(32));
  for (const stated of [L, L + 1n, s + L, (1n << 256n) - 1n]) {
    assert.equal(gateSays(KEY, concat(SIGNATURE.slice(0, 32), little(stated))), "invalid_signature");
  }
});

for (const [name, equation] of Object.entries(EQUATIONS)) {
  const check = strictEd25519(equation);

  test(`${name}: a good signature passes, each flipped bit does not`, async () => {
    assert.equal(await outcome(check, KEY, MESSAGE, SIGNATURE), "accepted");
    for (let bit = 0; bit < 512; bit += 37) {
      const changed = SIGNATURE.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(await outcome(check, KEY, MESSAGE, changed), "invalid_signature");
    }
    assert.equal(await outcome(check, KEY, utf8("puente"), SIGNATURE), "invalid_signature");
  });

  test(`${name}: forgeries under small-order keys are refused as the key's fault`, async () => {
    for (const key of smallOrder()) {
      const base = concat(Point.BASE.multiply(5n).toBytes(), little(5n));
      const nothing = concat(Point.ZERO.toBytes(), little(0n));
      for (const forged of [base, nothing]) assert.equal(await outcome(check, key, MESSAGE, forged), "low_order_key");
    }
  });

  test(`${name}: mixed-order keys are refused even where the equation holds`, async () => {
    const secret = 1234567n;
    for (const encoded of ED25519_TORSION_SUBGROUP.slice(1)) {
      const mixed = Point.BASE.multiply(secret).add(Point.fromHex(encoded));
      const { message, signature } = cancelled(mixed, secret);
      assert.equal(isTorsionFree(mixed.toBytes()), false);
      assert.equal(gateSays(mixed.toBytes(), signature), "passed");
      assert.equal(await outcome(check, mixed.toBytes(), message, signature), "low_order_key");
    }
  });

  test(`${name}: R with a small-order part is refused`, async () => {
    for (const encoded of ED25519_TORSION_SUBGROUP.slice(1)) {
      const secret = 77n;
      const key = Point.BASE.multiply(secret);
      const r = Point.BASE.multiply(31n).add(Point.fromHex(encoded)).toBytes();
      const s = (31n + challenge(r, key.toBytes(), MESSAGE) * secret) % L;
      assert.equal(await outcome(check, key.toBytes(), MESSAGE, concat(r, little(s))), "invalid_signature");
    }
  });

  published<Wycheproof>("wycheproof/ed25519_test.json", `${name}: Wycheproof, every case`, async ({ testGroups }) => {
    let right = 0;
    for (const group of testGroups) {
      for (const row of group.tests) {
        const got = await outcome(check, fromHex(group.publicKey.pk), fromHex(row.msg), fromHex(row.sig));
        assert.equal(got === "accepted", row.result === "valid", `${row.tcId} ${row.comment}`);
        right += 1;
      }
    }
    assert.ok(right >= 150);
  });
}

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly { tcId: number; comment: string; msg: string; sig: string; result: string }[];
  }[];
}

function challenge(r: Uint8Array, key: Uint8Array, message: Uint8Array): bigint {
  return number(sha512(concat(r, key, message))) % L;
}

/** A signature under a mixed-order key whose torsion part cancels, so that the equation holds without the cofactor. */
function cancelled(key: InstanceType<typeof Point>, secret: bigint): { message: Uint8Array; signature: Uint8Array } {
  const r = Point.BASE.multiply(41n).toBytes();
  for (let attempt = 0; ; attempt += 1) {
    const message = utf8(`torsion ${attempt}`);
    const k = challenge(r, key.toBytes(), message);
    if (k % 8n === 0n) return { message, signature: concat(r, little((41n + k * secret) % L)) };
  }
}

test("the equation is WebCrypto's where it knows Ed25519, else noble's", async () => {
  assert.equal(await chooseEquation(null), nobleEquation);
  assert.notEqual(await chooseEquation(SUBTLE), nobleEquation);
  const without = { importKey: () => Promise.reject(new DOMException("none", "NotSupportedError")) };
  assert.equal(await chooseEquation(without as unknown as SubtleCrypto), nobleEquation);
  const wrong = { importKey: SUBTLE.importKey.bind(SUBTLE), verify: () => Promise.resolve(false) };
  assert.equal(await chooseEquation(wrong as unknown as SubtleCrypto), nobleEquation);
});
