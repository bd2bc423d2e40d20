/** What the console says of the norms of a cohort file, and the lines of it that go back to be mended, in any encoding. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { concat, textOf, utf8 } from "../../../src/kernel/bytes.ts";
import { linesOf, normsWord } from "../../../src/stories/issuer/batches/norms.ts";

const TEXT = 'Nombre;Código Norma\nAndreína;290801106\nJesús;"220601038"\nYuleisy;290801106\n';
const UTF_16 = concat(Uint8Array.of(0xff, 0xfe), Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0)).reduce((all, byte, place) => (all.set([byte], 2 * place), all), new Uint8Array(2 * TEXT.length)));
const WINDOWS = Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0)); // its letters are the same in Windows-1252
const MARK = "\ufeff";

test("of a file that was read without norms it says that none is seen", () => {
  for (const many of [0, 2]) assert.equal(normsWord("under_way", many), "upload.norms_reading");
  assert.equal(normsWord("over", 0), "upload.norms_unseen");
  assert.equal(normsWord("over", 2), "upload.norms_hint");
  assert.equal(normsWord("none", 0), "upload.norms_none");
});

test("lines go back as they came; of a marked file as UTF-8 with its mark", () => {
  const wanted = new Set([3]);
  const lines = 'Nombre;Código Norma\nJesús;"220601038"\n';
  assert.equal(textOf(linesOf(utf8(TEXT), wanted)), lines);
  for (const bytes of [utf8(MARK + TEXT), UTF_16]) assert.equal(textOf(linesOf(bytes, wanted)), MARK + lines);
  assert.deepEqual(linesOf(WINDOWS, wanted), Uint8Array.from(lines, (letter) => letter.charCodeAt(0)));
});

test("a cell of several lines is one row, a quote that does not close harms its own line alone, a blank line counts", () => {
  const [head, two, blank, open, last] = ["Nombre;Nota\n", '"Ana";"uno\ndos"\n', "\n", '"Eva;x\n', "Zoë;y\n"] as const;
  const rows = (...wanted: number[]): string => textOf(linesOf(utf8(head + two + blank + open + last), new Set(wanted)));
  assert.equal(rows(2), head + two);
  assert.equal(rows(4), head + open);
  assert.equal(rows(5), head + last);
});

test("a cell that a spreadsheet would run goes back with an apostrophe; nothing else changes", () => {
  const head = "Apellidos;Nombre;Nota\r\n";
  const cells: readonly (readonly [string, string])[] = [
    ["=HYPERLINK(1);Ana;3", "'=HYPERLINK(1);Ana;3"],
    ['Rojas;"=1;2";-5', 'Rojas;"\'=1;2";\'-5'],
    ["@SUM(A1);+57; =1", "'@SUM(A1);'+57; '=1"],
    ["\tAna;D'Angelo;a=b", "'\tAna;D'Angelo;a=b"],
    ["Ana;;", "Ana;;"],
  ];
  for (const [came, back] of cells) assert.equal(textOf(linesOf(utf8(`${head}${came}\r\n`), new Set([2]))), `${head}${back}\r\n`);
});
