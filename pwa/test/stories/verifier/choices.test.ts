/** The short name: kept as it was typed, sent in the letters that a question may carry. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { NAME_LENGTH, readChoices, shortName } from "../../../src/stories/verifier/choices.ts";

test("what is sent has capitals, figures, spaces and hyphens alone, and at most its length", () => {
  assert.equal(shortName("Café  Ñandú_nº 1 de la esquina larga"), "CAFE NANDUN 1 DE LA ESQU");
  assert.equal(shortName(" - a "), "- A");
  assert.equal(shortName("工"), "");
  assert.ok(shortName("ab ".repeat(40)).length <= NAME_LENGTH);
});

test("what was typed comes back as typed, bounded; another form is none", () => {
  assert.equal(readChoices({ name: "Café Ñandú" }).name, "Café Ñandú");
  assert.equal(readChoices({ name: "a".repeat(99) }).name.length, NAME_LENGTH);
  assert.equal(readChoices({ name: 7 }).name, "");
});
