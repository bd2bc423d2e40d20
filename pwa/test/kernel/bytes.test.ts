/** Text forms of bytes: what decodes encodes back to the same text, and nothing else decodes. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { base45, fromBase45 } from "../../src/kernel/base45.ts";
import { base58, base64, base64url, fromBase58, fromBase64, fromBase64url, fromHex, fromMultibase, hex, utf8 } from "../../src/kernel/bytes.ts";
import { didKey, didKeyMethod, fromMultikey, keyOfDidKey, multikey } from "../../src/kernel/dids.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { published } from "../published.ts";

interface Base45 {
  readonly rfc9285: readonly { text: string; base45: string }[];
  readonly valid_hex: readonly { hex: string; base45: string }[];
  readonly invalid: readonly { base45: string }[];
}

function refuses(code: string): (fault: unknown) => boolean {
  return (fault) => fault instanceof Refused && fault.code === code;
}

published<Base45>("base45/base45.json", "base45: RFC 9285 both ways, and its invalid texts", ({ rfc9285, valid_hex, invalid }) => {
  for (const row of rfc9285) assert.equal(base45(utf8(row.text)), row.base45);
  for (const row of valid_hex) {
    assert.equal(base45(fromHex(row.hex)), row.base45);
    assert.equal(hex(fromBase45(row.base45)), row.hex);
  }
  for (const row of invalid) assert.throws(() => fromBase45(row.base45), refuses("malformed_base45"), row.base45);
});

published<[string, string][]>("base58/base58_encode_decode.json", "base58btc both ways", (rows) => {
  for (const [stated, text] of rows) {
    const bytes = stated.toLowerCase();
    assert.equal(base58(fromHex(bytes)), text);
    if (text.length <= 128) assert.equal(hex(fromBase58(text) ?? utf8("none")), bytes);
    else assert.equal(fromBase58(text), null);
  }
});

interface DidKeys {
  readonly vectors: readonly { did: string; multicodec: string; public_key_hex: string; puente: string }[];
}

published<DidKeys>("did-key/did-key.json", "did:key: Ed25519 of 32 bytes and nothing else", ({ vectors }) => {
  for (const row of vectors) {
    const key = keyOfDidKey(row.did);
    if (row.puente !== "accept") {
      assert.equal(key, null, row.did);
      continue;
    }
    assert.equal(hex(key ?? new Uint8Array()), row.public_key_hex);
    assert.equal(didKey(fromHex(row.public_key_hex)), row.did);
    assert.equal(didKeyMethod(row.did), `${row.did}#${row.did.slice(8)}`);
  }
});

test("every length of bytes comes back from every form", () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, place) => (place * 37 + length) & 255);
    assert.deepEqual(fromBase45(base45(bytes)), bytes);
    assert.deepEqual(fromBase58(base58(bytes)), bytes);
    assert.deepEqual(fromBase64url(base64url(bytes), 200), bytes);
    assert.deepEqual(fromBase64(base64(bytes), 200), bytes);
    assert.equal(base64(bytes), Buffer.from(bytes).toString("base64"));
    assert.equal(base64url(bytes), Buffer.from(bytes).toString("base64url"));
  }
});

test("forms that another writer would have written differently are refused", () => {
  for (const text of ["QQ==", "QR", "Q", "Q+", " QQ", "QQ\n"]) assert.equal(fromBase64url(text, 64), null, text);
  for (const text of ["QQ", "QR==", "QQ=", "QQ==\n", "Q-=="]) assert.equal(fromBase64(text, 64), null, text);
  for (const text of ["0", "O", "I", "l", "z ", "é"]) assert.equal(fromBase58(text), null, text);
  assert.equal(fromBase64url("AAAA", 3), null);
  assert.equal(fromBase58("1".repeat(129)), null);
  assert.throws(() => fromHex("AB"), refuses("invalid_value"));
});

test("base45 takes no line end, no lower case, no lone character, no group over its range", () => {
  for (const text of ["bb8", "BB8\n", "BB8\t", "A", "ÑÑÑ", ":::", "::", "FGX"]) {
    assert.throws(() => fromBase45(text), refuses("malformed_base45"), text);
  }
});

test("multibase and Multikey: z and u alone, Ed25519 alone", () => {
  assert.deepEqual(fromMultibase("z2g", 8), utf8("a"));
  assert.deepEqual(fromMultibase("uYQ", 8), utf8("a"));
  assert.equal(fromMultibase("MYQ==", 8), null);
  assert.equal(fromMultibase("z2g", 2), null);
  const key = Uint8Array.from({ length: 32 }, (_, place) => place);
  assert.deepEqual(fromMultikey(multikey(key)), key);
  assert.equal(fromMultikey(`z${base58(Uint8Array.of(0xec, 1, ...key))}`), null);
  assert.equal(keyOfDidKey(`did:key:${multikey(key)}1`), null);
  assert.equal(keyOfDidKey(multikey(key)), null);
});
