/** What was typed, over the loading of a newer page: comes once, leaves nothing behind, and a storage that is refused stops no page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { typedIn } from "../../src/world/typed.ts";

test("what was left is taken once, and then nothing of it is kept", () => {
  const kept = new Map<string, string>();
  const room = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text), removeItem: (key: string) => void kept.delete(key) };
  const typed = typedIn(() => room);
  assert.equal(typed.take(), "");
  typed.leave("VC1-R half a code");
  assert.equal(typed.take(), "VC1-R half a code");
  assert.equal(kept.size, 0);
  assert.equal(typed.take(), "");
});

test("a storage that is refused begins empty", () => {
  const refused = typedIn(() => {
    throw new DOMException("no storage", "SecurityError");
  });
  refused.leave("VC1-R");
  assert.equal(refused.take(), "");
});
