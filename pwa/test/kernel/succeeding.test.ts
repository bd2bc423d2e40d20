/** What an answer to a correction may do to the passes held, as the Python wallet says it (tests/vectors/wallet). */
import assert from "node:assert/strict";
import { test } from "node:test";

import { equals, type JsonObject } from "../../src/kernel/json.ts";
import { type Answer, type Holding, renewed, settle, type Settled } from "../../src/kernel/succeeding.ts";
import { readVectors, WALLET } from "../published.ts";

interface Cases {
  readonly held: Readonly<Record<string, JsonObject>>;
  readonly cases: readonly { readonly note: JsonObject; readonly answer: Answer; readonly settled: Settled }[];
}
const { held, cases } = readVectors<Cases>(WALLET, "succeeding.json");
const PASSES = Object.entries(held).map(([name, document]) => ({ name, document }));
const WALLET_HELD: Holding = {
  passes: () => PASSES,
  nameOf: (document) => PASSES.find((each) => equals(each.document, document))?.name ?? null,
};

test("a pass that comes takes the place of the one that it may, or of none, as in Python", () => {
  assert.ok(cases.length > 50);
  for (const { note, answer, settled } of cases) assert.deepEqual(settle(WALLET_HELD, note, answer), settled, JSON.stringify({ note, answer }));
});

test("a pass fetched by a code takes the place of a cancelled one of the same key and kind, each place once; of no other", () => {
  const pass = (claims: JsonObject = {}, more: JsonObject = {}): JsonObject => (
    { issuer: "did:web:a", type: ["VerifiableCredential", "CompetencePass"], validFrom: "2026-11-22T00:00:00Z", ...more, credentialSubject: { id: "did:key:hers", scheme: "SENA-NSCL", norm: "1", name: "Yuleysi", ...claims } }
  );
  const old = { name: "old", document: pass() };
  const right = pass({ name: "Yuleisy" });
  assert.deepEqual(renewed([right], [old]), ["old"]);
  assert.deepEqual(renewed([right, pass({ name: "Yuleisi" })], [old]), ["old", null]);
  const full = { name: "full", document: pass({ idTail: "4821" }) };
  assert.deepEqual(renewed([pass({ idTail: "4821", name: "Yuleisy" }), right], [old, full]), ["full", "old"]);
  const others = [pass({ norm: "2" }), pass({ id: "did:key:theirs" }), pass({}, { issuer: "did:web:b" }), pass({}, { validFrom: "2026-11-21T00:00:00Z" }), pass({ scheme: "X" }), pass(), pass({ level: 2 })];
  for (const other of others) assert.deepEqual(renewed([other], [old]), [null], JSON.stringify(other));
  const course = (claims: JsonObject): JsonObject => pass({ norm: null, hours: 40, certificate: "1", ...claims });
  for (const other of [course({ certificate: "2" }), course({ hours: 880 })]) assert.deepEqual(renewed([other], [{ name: "course", document: course({}) }]), [null], "another certificate");
  const paperOf = (document: JsonObject): JsonObject => {
    const { id: _, ...rest } = document["credentialSubject"] as JsonObject;
    return { ...document, credentialSubject: rest };
  };
  const paper = { name: "paper", document: paperOf(old.document) };
  assert.deepEqual(renewed([paperOf(right)], [paper, old]), [null], "a paper alone may be anybody's");
  assert.deepEqual(renewed([paperOf(right), right], [paper, old]), ["paper", "old"]);
  assert.deepEqual(renewed([paperOf(pass({ name: "Otra" })), right], [paper, old]), [null, "old"]);
});
