/** What an answer to a correction, or a pass by a new code, may do to the passes held, as the Python wallet says it (tests/vectors/wallet). */
import assert from "node:assert/strict";
import { test } from "node:test";

import { equals, type JsonObject } from "../../src/kernel/json.ts";
import { type Answer, type Holding, renewed, settle, type Settled } from "../../src/kernel/succeeding.ts";
import { readVectors, WALLET } from "../published.ts";

interface Cases {
  readonly held: Readonly<Record<string, JsonObject>>;
  /** What a new code brings, her cancelled passes by name, and whose place each takes. */
  readonly renewals: readonly { readonly came: readonly JsonObject[]; readonly cancelled: Readonly<Record<string, JsonObject>>; readonly places: readonly (string | null)[] }[];
  readonly cases: readonly { readonly note: JsonObject; readonly answer: Answer; readonly settled: Settled }[];
}
const { held, cases, renewals } = readVectors<Cases>(WALLET, "succeeding.json");
const PASSES = Object.entries(held).map(([name, document]) => ({ name, document }));
const WALLET_HELD: Holding = {
  passes: () => PASSES,
  nameOf: (document) => PASSES.find((each) => equals(each.document, document))?.name ?? null,
};

test("a pass that comes takes the place of the one that it may, or of none, as in Python", () => {
  assert.ok(cases.length > 50);
  for (const { note, answer, settled } of cases) assert.deepEqual(settle(WALLET_HELD, note, answer), settled, JSON.stringify({ note, answer }));
});

test("a pass fetched by a code takes the place of the cancelled one that it may, or of none, as in Python", () => {
  assert.ok(renewals.length > 50);
  for (const { came, cancelled, places } of renewals) {
    const formers = Object.entries(cancelled).map(([name, document]) => ({ name, document }));
    assert.deepEqual(renewed(came, formers), places, JSON.stringify({ came, cancelled }));
  }
});
