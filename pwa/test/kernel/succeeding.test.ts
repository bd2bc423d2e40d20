/** What an answer to a correction, or a pass by a new code, may do to the passes held, as the Python wallet says it (tests/vectors/wallet). */
import assert from "node:assert/strict";
import { test } from "node:test";

import { equals, type JsonObject } from "../../src/kernel/json.ts";
import type { Arrival } from "../../src/kernel/receiving.ts";
import { type Answer, type Ending, ending, type Holding, renewed, settle, type Settled } from "../../src/kernel/succeeding.ts";
import { readVectors, WALLET } from "../published.ts";

interface Cases {
  readonly held: Readonly<Record<string, JsonObject>>;
  /** What a new code brings, her cancelled passes by name, and whose place each takes. */
  readonly renewals: readonly { readonly came: readonly JsonObject[]; readonly cancelled: Readonly<Record<string, JsonObject>>; readonly places: readonly (string | null)[] }[];
  /** What becomes of an answer by what its passes are judged as, and by when the list in use was signed. */
  readonly endings: readonly {
    readonly sentAt: string | null; readonly answeredAt: string | null; readonly listed: string | null;
    readonly judged: readonly Pick<Arrival, "verdict" | "reasons">[]; readonly ending: Ending;
  }[];
  readonly cases: readonly { readonly note: JsonObject; readonly answer: Answer; readonly settled: Settled }[];
}
const { held, cases, endings, renewals } = readVectors<Cases>(WALLET, "succeeding.json");
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

test("an answer whose passes do not hold waits for a newer list, or ends, as in Python", () => {
  assert.ok(endings.length > 25);
  for (const { sentAt, answeredAt, listed, judged, ending: ends } of endings) {
    assert.equal(ending({ sentAt }, { answeredAt }, judged, listed === null ? null : Date.parse(listed)), ends, JSON.stringify({ answeredAt, listed, judged }));
  }
});
