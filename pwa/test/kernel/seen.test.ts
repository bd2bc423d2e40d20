/** The replay cache of V25 by itself: how long it remembers, and how much. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { MemorySeen } from "../../src/kernel/verify/seen.ts";

test("hashes of what was shown are kept for 300 s, and a flood does not grow them", () => {
  const seen = new MemorySeen();
  assert.equal(seen.look("a", 0), null);
  assert.equal(seen.look("a", 300_000), 300);
  assert.equal(seen.look("a", 300_001), null);
  for (let number = 0; number < 5_000; number += 1) seen.look(`n${number}`, 300_002);
  assert.equal(seen.look("a", 300_003), null, "the oldest goes first");
});
