/** The replay cache of a tab: goes on after the page was loaded again, drops what is older than 300 s, and does without storage. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TabSeen } from "../../src/world/seen.ts";

function room(text: string | null = null): { getItem: () => string | null; setItem: (key: string, value: string) => void } {
  let kept = text;
  return { getItem: () => kept, setItem: (_key, value) => void (kept = value) };
}

test("what was shown before the page was loaded again is known for 300 s, and what is older is not kept", () => {
  const tab = room();
  assert.equal(new TabSeen(() => tab).look("a", 0), null);
  assert.equal(new TabSeen(() => tab).look("a", 7_000), 7);
  assert.equal(new TabSeen(() => tab).look("b", 300_001), null);
  assert.deepEqual(JSON.parse(tab.getItem() ?? ""), [["b", 300_001]]);
  assert.equal(new TabSeen(() => tab).look("a", 300_002), null);
});

test("the storage is written to for what is new, and not again for what is shown again", () => {
  const tab = room();
  let writes = 0;
  const seen = new TabSeen(() => ({ ...tab, setItem: (key, value) => void (writes += 1, tab.setItem(key, value)) }));
  assert.deepEqual([seen.look("a", 0), seen.look("a", 7_000), seen.look("b", 8_000), seen.look("a", 9_000)], [null, 7, null, 9]);
  assert.equal(writes, 2);
  assert.deepEqual(JSON.parse(tab.getItem() ?? ""), [["a", 0], ["b", 8_000]]);
});

test("a storage that is refused, or that holds something else, stops no check", () => {
  const refused = new TabSeen(() => {
    throw new DOMException("no storage", "SecurityError");
  });
  assert.equal(refused.look("a", 0), null);
  assert.equal(refused.look("a", 1_000), 1);
  for (const odd of ["{", "{}", '[["a"],[1,2],null]']) assert.equal(new TabSeen(() => room(odd)).look("a", 0), null);
});
