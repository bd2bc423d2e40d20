/** After a correction: which of her other passes still write her name as it was. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { JsonObject } from "../../../../src/kernel/json.ts";
import { speltOtherwise } from "../../../../src/stories/holder/correct/spelling.ts";
import type { DisputeLine, Held } from "../../../../src/stories/holder/ports.ts";
import type { Verdict } from "../../../../src/words/report.ts";

function held(name: string, claims: JsonObject, verdict: Verdict = "valid", bound = true): Held {
  const report = { verdict, level: null, bundleVersion: 1, judgedAt: "2026-11-22T00:30:20Z", reasons: [], steps: [], sameHolder: false, looksLike: null, seenBefore: null, passes: [] };
  const judged = { report, chars: 0, host: null, labels: {}, listDate: null };
  return { name, document: { credentialSubject: claims }, judged, bound, pinned: true, gone: false, receivedAt: "" };
}

function about(pass: string, state: DisputeLine["state"], kind: DisputeLine["kind"] = "name"): Pick<DisputeLine, "pass" | "kind" | "state"> {
  return { pass, state, kind };
}

function told(passes: readonly Held[], ...lines: ReturnType<typeof about>[]): readonly string[] {
  return speltOtherwise(passes, lines).map(({ name }) => name);
}

const RIGHT = held("right", { name: "Zoë Peña", norm: 1 });
const CORRECTED = about("right", "corrected");

test("a pass of hers that still writes the name as it was is told, once for all its copies", () => {
  const old = { name: "Zoe Peña", norm: 2 };
  const passes = [RIGHT, held("short", old), held("full", { ...old, idTail: "3457" })];
  assert.deepEqual(told(passes, CORRECTED), ["short"]);
  assert.deepEqual(told(passes), []);
  assert.deepEqual(told(passes, about("right", "rejected"), about("right", "corrected", "data")), []);
});

test("the same name in other code points, and a pass without a name, are no other spelling", () => {
  const apart = held("apart", { name: "Zoe\u0308  Pen\u0303a", norm: 2 });
  assert.deepEqual(told([RIGHT, apart, held("nameless", { norm: 3 })], CORRECTED), []);
  assert.deepEqual(told([held("right", { norm: 1 }), apart], CORRECTED), [], "nor is any, beside a corrected one without a name");
});

test("one that she asked about in any copy, that ended, or that was made for no key is not told", () => {
  const old = { name: "Zoe Peña", norm: 2 };
  const passes = [RIGHT, held("short", old), held("full", { ...old, idTail: "3457" })];
  assert.deepEqual(told(passes, CORRECTED, about("full", "open")), []);
  assert.deepEqual(told([RIGHT, held("over", old, "revoked"), held("past", { ...old, norm: 3 }, "expired"), held("paper", { ...old, norm: 4 }, "valid", false)], CORRECTED), []);
});
