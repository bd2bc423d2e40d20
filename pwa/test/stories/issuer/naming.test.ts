/** What a batch is called: by its norm where it has one, by its type otherwise, never by its id alone. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { besideOf, nameOf } from "../../../src/stories/issuer/batches/naming.ts";
import { learn } from "../../../src/words/text.ts";
import en from "../../../src/words/languages/en.json" with { type: "json" };
import { BATCH } from "../../gallery/counter.ts";

learn("en", en);

test("a cohort of one norm is called by the norm, in either language", () => {
  assert.equal(nameOf(BATCH, "es"), "Manipular alimentos de acuerdo con procedimiento técnico y normativa de alimentos, 200 filas, 20 nov 2026");
  assert.equal(nameOf(BATCH, "en"), "Handle food following technical procedure and food rules, 200 rows, 20 Nov 2026");
  assert.deepEqual(besideOf(BATCH, "es"), ["Certificado de competencia laboral (NSCL)", "norma 290801106 v1", "centro D101", "lote 9fK2mQx7"]);
});

test("one whose norm no table knows by its code, any other by its type", () => {
  const unknown = { ...BATCH, norm: { code: "290899999", version: 2, title: null, titleEn: null } };
  assert.equal(nameOf(unknown, "es"), "Norma 290899999, 200 filas, 20 nov 2026");
  const untranslated = { ...BATCH, norm: { code: "290899999", version: 2, title: "Podar árboles", titleEn: null } };
  assert.equal(nameOf(untranslated, "en"), "Podar árboles, 200 rows, 20 Nov 2026");
  const mixed = { ...BATCH, norm: null, centre: null, issue: 1, skip: 0, error: 0 };
  assert.equal(nameOf(mixed, "es"), "Certificado de competencia laboral (NSCL), 1 fila, 20 nov 2026");
  assert.deepEqual(besideOf(mixed, "en"), ["batch 9fK2mQx7"]);
});
