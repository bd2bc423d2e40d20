import assert from "node:assert/strict";
import test from "node:test";

import { isFresh, isLeft } from "../../../../src/stories/holder/correct/told.ts";

test("a correction whose pass never came is told on until she asks again", () => {
  for (const state of ["untaken", "unheld", "unlisted"] as const) {
    const line = { id: "a", pass: "p", state, heard: true };
    assert.equal(isFresh(line), false);
    assert.equal(isLeft(line, [{ id: "b", pass: "q" }, line]), true);
    assert.equal(isLeft(line, [{ id: "b", pass: "p" }, line]), false);
  }
  const line = { id: "a", pass: "p", heard: true };
  for (const state of ["open", "corrected", "withdrawn", "rejected"] as const) assert.equal(isLeft({ ...line, state }, [line]), false);
});
