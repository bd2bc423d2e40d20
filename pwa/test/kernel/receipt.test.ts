/** Receipts: the very documents that Python makes, and the same answer to every byte (tests/vectors/receipts.json). */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";

import { utf8 } from "../../src/kernel/bytes.ts";
import { didKey, didKeyMethod } from "../../src/kernel/dids.ts";
import { nobleEquation, strictEd25519 } from "../../src/kernel/ed25519.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import { checkReceipt, isReceipt, makeReceipt } from "../../src/kernel/receipt.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { judge } from "../../src/kernel/verify/judge.ts";
import { MemorySeen } from "../../src/kernel/verify/seen.ts";
import type { Report } from "../../src/words/report.ts";
import { readVectors, ROOT } from "../published.ts";
import { CRYPTO, install, NOW, publicKey, seed, stamp, world } from "./worlds.ts";

interface Cases {
  readonly device: string;
  readonly made: readonly { readonly report: Report; readonly now: string; readonly note: string | null; readonly receipt?: JsonObject; readonly refused?: string }[];
  readonly checked: readonly { readonly raw: string; readonly isReceipt: boolean; readonly receipt?: JsonObject; readonly refused?: string }[];
}
const CASES = readVectors<Cases>(join(ROOT, "tests", "vectors"), "receipts.json");
const DID = didKey(publicKey(CASES.device));
const SIGNER = { did: DID, method: didKeyMethod(DID), sign: (bytes: Uint8Array) => ed25519.sign(bytes, seed(CASES.device)) };

async function told<T>(work: () => Promise<T>): Promise<{ receipt: T } | { refused: string }> {
  try {
    return { receipt: await work() };
  } catch (fault) {
    assert.ok(fault instanceof Refused, String(fault));
    return { refused: fault.code };
  }
}

test("what is made of a report is, to the byte, what Python makes of it", async () => {
  assert.ok(CASES.made.length > 20);
  for (const { report, now, note, ...wanted } of CASES.made) {
    const found = await told(() => makeReceipt(report, SIGNER, Date.parse(now), note));
    assert.deepEqual(found, wanted, note ?? "");
    if ("receipt" in found) assert.equal(JSON.stringify(found.receipt), JSON.stringify(wanted.receipt));
  }
});

for (const [name, crypto] of [["web", CRYPTO], ["noble", strictEd25519(nobleEquation)]] as const) {
  test(`${name}: bytes are taken and refused as in Python`, async () => {
    assert.ok(CASES.checked.length > 60);
    for (const { raw, isReceipt: named, ...wanted } of CASES.checked) {
      assert.equal(isReceipt(utf8(raw)), named, raw);
      const found = await told(async () => {
        const receipt = await checkReceipt(utf8(raw), crypto);
        return { ...receipt, signedAt: stamp(receipt.signedAt), judgedAt: stamp(receipt.judgedAt) };
      });
      assert.deepEqual(found, wanted, raw);
    }
  });
}

test("a receipt is no credential", async () => {
  const raw = utf8(JSON.stringify(CASES.made[0]?.receipt));
  const report = await judge(raw, { bundle: await install(world()), now: NOW, floor: null, session: null, seen: new MemorySeen(), crypto: CRYPTO });
  assert.deepEqual([report.verdict, report.reasons, report.passes], ["cannot_verify", ["unknown_context"], []]);
});
