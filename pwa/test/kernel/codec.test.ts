/** Strict JSON: what JSON.parse lets by and another reader would see otherwise is refused; bounds hold exactly. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { CREDENTIAL_JSON } from "../../src/kernel/bounds.ts";
import { utf8 } from "../../src/kernel/bytes.ts";
import { readJson } from "../../src/kernel/codec.ts";
import type { JsonValue } from "../../src/kernel/json.ts";
import { Refused } from "../../src/kernel/refused.ts";

function read(text: string): JsonValue {
  return readJson(utf8(text), CREDENTIAL_JSON);
}

function refusal(text: string | Uint8Array, bounds = CREDENTIAL_JSON): string {
  try {
    readJson(typeof text === "string" ? utf8(text) : text, bounds);
    return "read";
  } catch (fault) {
    assert.ok(fault instanceof Refused);
    return fault.code;
  }
}

test("reads what JSON.parse reads", () => {
  const texts = [
    '{}', ' {"a" : [ ] , "b":[1,-2,0.5,1e2,1.0,-7E-1],"c":{"d":null,"e":true,"f":false},"g":""}\n',
    '{"\\u00e1\\n\\"\\\\\\/":"\\ud83d\\ude00","á":"😀"}', '{"__proto__":{"a":1},"constructor":2}', '{"n":9007199254740991}',
  ];
  for (const text of texts) assert.deepEqual(read(text), JSON.parse(text));
  assert.equal(Object.getPrototypeOf(read('{"__proto__":null}')), Object.prototype);
});

test("refuses what is no JSON object, or two things at once", () => {
  const texts = [
    "", "1", "[]", "null", '"a"', "{", '{"a":1', '{"a":1}x', "{'a':1}", '{"a":1,}', '{"a":[1,]}', '{"a" 1}', '{"a":01}',
    '{"a":+1}', '{"a":.5}', '{"a":1.}', '{"a":"\u0001"}', '{"a":"\\x"}', '{"a":"\\u12"}', '{"a":NaN}', '{"a":Infinity}',
    '\ufeff{"a":1}', '{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '{"a":-0}', '{"a":-0.0}', '{"a":9007199254740992}',
    '{"a":1e400}', '{"a":1e17}', '{"a":"\\ud800"}', '{"\\udc00":1}', '{"a":tru}', "{a:1}", '{"a":1}\u00a0',
  ];
  for (const text of texts) assert.equal(refusal(text), "malformed_json", text);
  assert.equal(refusal(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)), "malformed_json");
});

test("each bound is reached and not passed", () => {
  const bounds = { bytes: 64, members: 4, text: 5, depth: 3 };
  assert.equal(refusal('{"a":[1,{"b":2}]}', bounds), "read");
  assert.equal(refusal('{"a":[1,{"b":[]}]}', bounds), "limits_exceeded");
  assert.equal(refusal('{"a":[1,2,3,4]}', bounds), "limits_exceeded");
  assert.equal(refusal('{"a":"12345"}', bounds), "read");
  assert.equal(refusal('{"a":"123456"}', bounds), "limits_exceeded");
  assert.equal(refusal('{"a":"ññ"}', bounds), "read");
  assert.equal(refusal('{"a":"ñññ"}', bounds), "limits_exceeded");
  assert.equal(refusal('{"123456":1}', bounds), "limits_exceeded");
  assert.equal(refusal(`{"a":1}${" ".repeat(57)}`, bounds), "read");
  assert.equal(refusal(`{"a":1}${" ".repeat(58)}`, bounds), "limits_exceeded");
  assert.equal(refusal(`{"a":${"[".repeat(5000)}`), "limits_exceeded");
});
