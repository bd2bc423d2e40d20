/** Rows as a file for spreadsheets: what would run or split a cell is made harmless, with either separator. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { csvText } from "../../src/kit/csv.ts";

test("no cell runs as a formula, and none breaks its row", () => {
  assert.equal(csvText([["group", "issued"], ["=A1", 12], ["a;b", ""], ['"c"', -1], ["d\ne", "+57"]]), 'group;issued\r\n\'=A1;12\r\n"a;b";\r\n"""c""";-1\r\n"d\ne";\'+57\r\n');
  assert.equal(csvText([["a;b", "c,d", "\te"]]), '"a;b";"c,d";"\'\te"\r\n');
  assert.equal(csvText([["Ana;=1+1", "Zoë, @x", "Pérez-Gómez"]]), '"Ana;\'=1+1";"Zoë,\' @x";Pérez-Gómez\r\n'); // wherever it is split
  assert.equal(csvText([]), "");
});
