/** JCS against its published examples, and what has no canonical form; OLPC canonical JSON beside it. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { olpc } from "../../src/kernel/bundle/olpc.ts";
import { fromHex, hex } from "../../src/kernel/bytes.ts";
import { canonical, canonicalText } from "../../src/kernel/canonical.ts";
import type { JsonValue } from "../../src/kernel/json.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { published, publishedText } from "../published.ts";

for (const name of ["arrays", "french", "structures", "unicode", "values", "weird"]) {
  published<JsonValue>(`jcs/input/${name}.json`, `JCS: the published example ${name}`, (value) => {
    const wanted = publishedText(`jcs/outhex/${name}.txt`).replace(/\s+/g, "");
    assert.equal(hex(canonical(value)), wanted);
  });
}

published<{ ieee754: string; json: string }[]>("jcs/rfc8785-appendix-b.json", "JCS: numbers of appendix B", (rows) => {
  for (const row of rows) {
    const bytes = fromHex(row.ieee754);
    const value = new DataView(bytes.buffer).getFloat64(0);
    if (Number.isFinite(value)) assert.equal(canonicalText(value), row.json);
    else assert.throws(() => canonicalText(value), Refused);
  }
});

test("JCS orders keys by UTF-16 units, OLPC by code points", () => {
  const value = { "\u{1F600}": 1, "\uFB01": 2, a: 3 };
  assert.equal(canonicalText(value), '{"a":3,"\u{1F600}":1,"\uFB01":2}');
  assert.equal(new TextDecoder().decode(olpc(value)), '{"a":3,"\uFB01":2,"\u{1F600}":1}');
});

test("a lone surrogate has no canonical form, in a key or a value", () => {
  assert.throws(() => canonical("\ud800"), Refused);
  assert.throws(() => canonical({ "\udc00x": 1 }), Refused);
  assert.throws(() => olpc(["\ud800"]), Refused);
});

test("OLPC escapes the quote and the backslash alone, and takes no fraction", () => {
  assert.equal(new TextDecoder().decode(olpc({ b: 'a"\\\n\u0007', a: [true, null, -3, {}] })), '{"a":[true,null,-3,{}],"b":"a\\"\\\\\n\u0007"}');
  assert.throws(() => olpc(1.5), (fault: unknown) => fault instanceof Refused && fault.code === "bundle_refused");
});
