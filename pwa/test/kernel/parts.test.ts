/** Small parts: claims schemas, status bits, inflating, the table of codes beside the server's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { compileSchema } from "../../src/kernel/claims.ts";
import { base64url, hex, sha256, utf8 } from "../../src/kernel/bytes.ts";
import { gunzip } from "../../src/kernel/gunzip.ts";
import type { JsonValue } from "../../src/kernel/json.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { bit, common, countBits, expandList, holdsCanaries, minus, union } from "../../src/kernel/status.ts";
import { CODES, isCode, PROBLEMS } from "../../src/words/codes.ts";
import { readCodes, readProblems } from "../../tools/codes.ts";
import { FORMAT, published, readVectors } from "../published.ts";

function holds(schema: JsonValue, value: JsonValue): boolean {
  try {
    compileSchema(schema).check(value);
    return true;
  } catch (fault) {
    assert.ok(fault instanceof Refused && fault.code === "schema" && fault.step === "V10");
    return false;
  }
}

async function code(work: Promise<unknown>): Promise<string> {
  return work.then(() => "accepted", (fault: unknown) => (fault instanceof Refused ? fault.code : String(fault)));
}

test("the schema subset says what JSON Schema says", () => {
  const rows: [JsonValue, JsonValue[], JsonValue[]][] = [
    [{ type: "string" }, ["", "a"], [1, null, [], {}]],
    [{ type: ["integer", "null"] }, [1, -5, 1.0, null], [1.5, "1", true]],
    [{ type: "number" }, [1, 1.5], ["1", true]],
    [{ const: 1 }, [1], [true, "1", 2]],
    [{ enum: ["a", 0, null, false] }, ["a", 0, null, false], ["b", "", 1, true]],
    [{ minLength: 2, maxLength: 3 }, ["ab", "ñññ", "😀😀", 1], ["a", "abcd", "😀"]],
    [{ "x-maxBytes": 4 }, ["abcd", "ññ"], ["abcde", "ñññ"]],
    [{ minimum: 0, maximum: 2 }, [0, 2, 1.5, "x"], [-1, 3]],
    [{ minItems: 1, maxItems: 2, items: { type: "integer" } }, [[1], [1, 2], "x"], [[], [1, 2, 3], ["a"]]],
    [{ required: ["a"], properties: { a: { type: "string" } }, additionalProperties: false }, [{ a: "" }, "x"], [{}, { a: 1 }, { a: "", b: 1 }]],
    [{ properties: { a: { properties: { b: { const: 2 } } } } }, [{}, { a: { b: 2 } }, { c: 1 }], [{ a: { b: 3 } }]],
  ];
  for (const [schema, good, bad] of rows) {
    for (const value of good) assert.ok(holds(schema, value), JSON.stringify([schema, value]));
    for (const value of bad) assert.ok(!holds(schema, value), JSON.stringify([schema, value]));
  }
});

test("a keyword outside the subset, or of the wrong form, refuses the schema", () => {
  const deep = (depth: number): JsonValue => (depth === 0 ? {} : { items: deep(depth - 1) });
  const schemas: JsonValue[] = [
    { pattern: "a" }, { $ref: "#" }, { format: "date" }, { oneOf: [] }, { type: "text" }, { type: [] }, { enum: [] }, { enum: [{}] }, { const: [] },
    { minLength: "1" }, { required: "a" }, { required: [1] }, { properties: [] }, { additionalProperties: {} }, { items: [] }, { items: { pattern: "" } }, [], deep(14),
  ];
  for (const schema of schemas) assert.throws(() => compileSchema(schema), Refused, JSON.stringify(schema));
  compileSchema(deep(11));
});

interface ListCase {
  readonly name: string;
  readonly set: readonly number[];
  readonly encodedList: string;
  readonly sha256_of_bits: string;
}

published<ListCase[]>("bitstring-status-list/computed.json", "status lists: the published ones, bit by bit", async (rows) => {
  for (const row of rows) {
    const bits = await expandList(row.encodedList);
    assert.equal(hex(sha256(bits)), row.sha256_of_bits, row.name);
    for (const index of row.set) assert.ok(bit(bits, index), `${row.name} ${index}`);
    assert.equal(countBits(bits), row.set.length);
  }
});

test("status bits are read from the most significant, combined, and guarded by canaries", () => {
  const one = Uint8Array.of(0b1000_0001, 0);
  const other = Uint8Array.of(0b0000_0001, 0b1000_0000);
  assert.deepEqual([bit(one, 0), bit(one, 7), bit(one, 1), bit(other, 8)], [true, true, false, true]);
  assert.deepEqual([...union(one, other)], [0b1000_0001, 0b1000_0000]);
  assert.deepEqual([...common(one, other)], [1, 0]);
  assert.deepEqual([...minus(one, other)], [0b1000_0000, 0]);
  assert.ok(holdsCanaries(one, [0, 7], [1, 15]));
  assert.ok(!holdsCanaries(new Uint8Array(2), [0], []));
  assert.ok(!holdsCanaries(Uint8Array.of(0b1000_0000), [7], [0]), "read in the other bit order");
  assert.ok(!holdsCanaries(one, [16], []));
});

test("lists that are too long, no gzip, or of another length", async () => {
  const packed = (bytes: Uint8Array): string => `u${base64url(Uint8Array.from(gzipSync(bytes)))}`;
  assert.equal(await code(expandList(packed(new Uint8Array(16_384)))), "accepted");
  assert.equal(await code(expandList(packed(new Uint8Array(131_072)))), "accepted");
  assert.equal(await code(expandList(packed(new Uint8Array(131_073)))), "limits_exceeded");
  assert.equal(await code(expandList(packed(new Uint8Array(50_000_000)))), "limits_exceeded");
  assert.equal(await code(expandList(packed(new Uint8Array(16_383)))), "invalid_value");
  assert.equal(await code(expandList(packed(new Uint8Array(0)))), "invalid_value");
  assert.equal(await code(expandList("uAAEC")), "invalid_value");
  assert.equal(await code(expandList("zAAEC")), "invalid_value");
  assert.equal(await code(expandList(`u${"A".repeat(90_000)}`)), "limits_exceeded");
  const bomb = readVectors<{ oversized: { list: { credentialSubject: { encodedList: string } } } }>(FORMAT, "status-lists.json");
  assert.equal(await code(expandList(bomb.oversized.list.credentialSubject.encodedList)), "limits_exceeded");
});

test("gzip: one member, whole, nothing after it", async () => {
  const packed = Uint8Array.from(gzipSync(utf8("Puente")));
  assert.deepEqual(await gunzip(packed, 6), utf8("Puente"));
  assert.equal(await code(gunzip(packed, 5)), "limits_exceeded");
  for (const wrong of [packed.slice(0, -1), packed.slice(0, 12), new Uint8Array(), Uint8Array.from([...packed, ...packed]), Uint8Array.from([...packed, 0])]) {
    assert.equal(await code(gunzip(wrong, 100)), "invalid_value");
  }
});

test("the codes are the server's, in its order, of its kinds, at its steps", () => {
  const theirs = readCodes();
  assert.ok(theirs.length > 50);
  const ours = Object.entries(CODES).map(([name, row]) => ({ name, kind: row.kind, steps: [...row.steps] }));
  assert.deepEqual(ours, theirs);
  assert.deepEqual(PROBLEMS, readProblems());
  assert.ok(isCode("revoked") && isCode("wrong_secret") && !isCode("toString"));
});
