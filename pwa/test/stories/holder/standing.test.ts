/** A code on the screen: until when an answer is read, how long the wallet stays open for it, and what is said aloud when. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { aloudOf, answerEnds, staysOpen } from "../../../src/stories/holder/show/standing.ts";

test("an answer is counted from its question, and the wallet stays open until it ends", () => {
  assert.equal(answerEnds(1_000), 121_000);
  assert.deepEqual([0, 61_000, 119_000, 120_000].map((after) => staysOpen("answer", 1_000, 1_000 + after)), [true, true, true, false]);
});

test("a live code keeps the wallet open for some minutes, and a clock set back for none", () => {
  assert.deepEqual([61_000, 299_000, 300_000].map((after) => staysOpen("live", 0, after)), [true, true, false]);
  assert.equal(staysOpen("live", 1_000, 999), false);
});

test("a first code and an answer are not said to have changed; one that took another's place is, once", () => {
  const said = (renewed: boolean): readonly string[] => [120, 60, 30, 29, 28, 20, 10, 9, 1].map((seconds) => aloudOf(seconds * 1000, renewed) ?? "-");
  assert.deepEqual(said(false), ["-", "-", "-", "-", "-", "-", "soon", "-", "-"]);
  assert.deepEqual(said(true).slice(2), ["changed", "changed", "changed", "-", "soon", "-", "-"]);
});
