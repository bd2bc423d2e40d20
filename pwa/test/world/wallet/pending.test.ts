/** A wait on this device: what it is called elsewhere, which is soonest, and when it was begun anew. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Store } from "../../../src/world/store.ts";
import { Pending } from "../../../src/world/wallet/pending.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const [SOON, LATER] = ["2026-11-22T12:00:00Z", "2026-11-23T12:00:00Z"];
const DEVICE = new Uint8Array(16).fill(7);

function kept(): Pending {
  const rows = new Map<string, unknown>();
  const store = {
    get: (name: string) => Promise.resolve(rows.get(name)),
    put: (changes: Readonly<Record<string, unknown>>) => Promise.resolve(void Object.entries(changes).forEach(([name, row]) => rows.set(name, row))),
  };
  return new Pending(store as unknown as Store);
}

test("it is called as the server lists it, by the hash of its secret", async () => {
  const pending = kept();
  await pending.keep("v", DEVICE, SOON);
  // base64url(sha256(bytes([7]) * 16)[:16]), by Python's hashlib
  assert.deepEqual(await pending.waits(NOW), { opensAt: SOON, device: "12HUBq8qSloV9nySQ3jtiA", again: false });
});

test("a wait that ends later than was told began anew, and stays so when asked again", async () => {
  const pending = kept();
  assert.equal((await pending.keep("v", DEVICE, SOON)).again, false);
  assert.equal((await pending.keep("v", DEVICE, SOON)).again, false);
  assert.equal((await pending.keep("v", DEVICE, LATER)).again, true);
  assert.equal((await pending.keep("v", DEVICE, LATER)).again, true);
  assert.equal((await pending.keep("w", DEVICE, SOON)).again, false);
  assert.equal((await pending.waits(NOW))?.opensAt, SOON);
  assert.equal(await pending.waits(Date.parse(LATER)), null);
});
