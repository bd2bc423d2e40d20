/** What the console says of the norms of a cohort file, and the lines of it that go back to be mended, in any encoding. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Refusal } from "../../../src/stories/issuer/ports.ts";
import { normsWord } from "../../../src/stories/issuer/batches/norms.ts";

test("of a file that was read without norms it says that none is seen", () => {
  for (const many of [0, 2]) assert.equal(normsWord("under_way", many), "upload.norms_reading");
  assert.equal(normsWord("over", 0), "upload.norms_unseen");
  assert.equal(normsWord("over", 2), "upload.norms_hint");
  assert.equal(normsWord("none", 0), "upload.norms_none");
  for (const many of [0, 2]) assert.equal(normsWord("failed", many), "upload.norms_failed"); // nobody looked into it
});

test("of a file that its header stopped the column is told by its name, and of no other refusal", () => {
  assert.equal(new Refusal("cohort_columns", "Faltan columnas.", "/Documento").column, "Documento");
  assert.equal(new Refusal("column_repeated", "Está dos veces.", "/Grupo").column, "Grupo");
  assert.equal(new Refusal("cohort_columns", "Faltan columnas.").column, null);
  assert.equal(new Refusal("evidence_needed", "Falta la prueba.", "/evidence").column, null);
});
