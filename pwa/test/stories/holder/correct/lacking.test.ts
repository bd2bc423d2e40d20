import assert from "node:assert/strict";
import test from "node:test";

import { lackingIn } from "../../../../src/stories/holder/correct/lacking.ts";

const WRITTEN = "Yuleysi Rojas Peña";

test("a misspelt name is sent only with how it is spelt", () => {
  for (const wanted of ["", "  ", "\u200b"]) assert.equal(lackingIn("name", WRITTEN, wanted, "está mal"), "no_name");
  for (const wanted of [WRITTEN, `  Yuleysi  Rojas Pen\u0303a `]) assert.equal(lackingIn("name", WRITTEN, wanted, "está mal"), "same_name");
  for (const wanted of ["Yuleisy Rojas Peña", "Yuleysi Rojas Pena", "Peña Rojas Yuleysi"]) assert.equal(lackingIn("name", WRITTEN, wanted, ""), null);
});

test("anything else is told in words, and no name is asked for", () => {
  for (const kind of ["data", "cancelled", "other"] as const) {
    assert.equal(lackingIn(kind, WRITTEN, WRITTEN, " "), "empty");
    assert.equal(lackingIn(kind, WRITTEN, "", "el nivel"), null);
  }
});
