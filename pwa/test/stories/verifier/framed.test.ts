/** Of which parts of a code a scanner's note tells. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { framesOf } from "../../../src/kernel/frames.ts";
import { frameOf, setOf } from "../../../src/stories/verifier/framed.ts";

const [judged = "", again = ""] = framesOf(`VC1-R${"A".repeat(500)}`);
const [other = ""] = framesOf(`VC1-R${"B".repeat(500)}`);

test("all parts of a set are of that set, and any other text is of none", () => {
  assert.equal(setOf(judged), setOf(again));
  assert.notEqual(setOf(judged), setOf(other));
  assert.equal(setOf("VC1-RABC"), null);
});

test("parts of the set that was judged last are nothing new while its result stands", () => {
  assert.equal(frameOf(again, setOf(judged), true), "ignore");
});

test("parts of the set that was judged last are taken without a word where no result stands", () => {
  assert.equal(frameOf(again, setOf(judged), false), "quiet");
});

test("parts of another set, and of the first one, are told of", () => {
  for (const stands of [true, false]) {
    assert.equal(frameOf(other, setOf(judged), stands), "tell");
    assert.equal(frameOf(judged, null, stands), "tell");
    assert.equal(frameOf("VC1-RABC", null, stands), "tell");
  }
});
