/** What a chosen file is told as, by how it begins: texts of codes, a pass, a list, a saved wallet, a PDF. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/kernel/bytes.ts";
import { readFiles } from "../../../src/stories/holder/filed.ts";

const read = (content: string | Uint8Array<ArrayBuffer>, type = "") =>
  readFiles([new File([content], "any.bin", { type })], () => Promise.resolve(["VC1-PHOTO"]));

test("a file is told by how it begins, whatever its name", async () => {
  assert.equal(await read("%PDF-1.7"), "pdf");
  assert.equal(await read("%PDF-1.7", "application/pdf"), "pdf");
  assert.equal(await read("PVW1"), "wallet");
  assert.deepEqual(await read("VC1-ONE\r\nVC1-TWO\n"), ["VC1-ONE", "VC1-TWO"]);
  assert.deepEqual(await read("{}"), utf8("{}"));
  assert.deepEqual(await read("anything", "image/png"), ["VC1-PHOTO"]);
  assert.deepEqual(Object.keys(await read(Uint8Array.of(0x1f, 0x8b, 8))), ["list"]);
  assert.equal(await read(new Uint8Array(9 * 1024 * 1024)), "large");
});
