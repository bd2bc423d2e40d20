/** Text of others, fit to be shown: the very cases that Python reads (tests/vectors/shown.json). */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { shown } from "../../src/kernel/typed.ts";
import { readVectors, ROOT } from "../published.ts";

const CASES = readVectors<readonly { readonly text: string; readonly shown: string }[]>(join(ROOT, "tests", "vectors"), "shown.json");

test("what is shown has nothing unseen and no heap of marks, and names of any script stay whole", () => {
  assert.ok(CASES.length > 10);
  for (const { text, shown: wanted } of CASES) assert.equal(shown(text), wanted, JSON.stringify(text));
});

test("a heap of a thousand marks is three", () => {
  assert.equal(shown(`Z${"\u0489".repeat(1000)}oe`), `Z${"\u0489".repeat(3)}oe`);
});
