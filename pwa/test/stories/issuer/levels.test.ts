/** The levels of competences are called at the counter as the code table calls them on cards and slips. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { levelWords } from "../../../src/stories/issuer/people/levels.ts";

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

test("every level of the table is said in its words, in both languages, and another as its code", () => {
  const { levels } = read("../../../../schemas/data/words.json") as { levels: Record<string, Record<string, string>> };
  for (const language of ["es", "en"]) {
    const catalogue = read(`../../../src/words/languages/${language}.json`) as Record<string, string>;
    const say = (key: string): string => catalogue[key] ?? "";
    assert.ok(Object.keys(levels).length > 0);
    for (const [code, words] of Object.entries(levels)) assert.equal(levelWords(code, say), words[language]);
    assert.equal(levelWords("B2", say), "B2");
  }
});
