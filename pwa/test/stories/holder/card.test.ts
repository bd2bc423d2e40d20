/** Copies of one certificate: the one to look at, the fullest of those that stand as it does; and names that are not hers. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Verdict } from "../../../src/words/report.ts";
import { certificatesOf, fullest, isFollowed, strangeNames } from "../../../src/stories/holder/card.ts";
import type { Held } from "../../../src/stories/holder/ports.ts";

function copy(verdict: Verdict, claims: Readonly<Record<string, string>>): Pick<Held, "document" | "judged"> {
  const report = { verdict, level: null, bundleVersion: 1, judgedAt: "2026-11-22T00:30:20Z", reasons: [], steps: [], sameHolder: false, looksLike: null, seenBefore: null, passes: [] };
  return { document: { credentialSubject: { name: "Yuleisy", ...claims } }, judged: { report, chars: 0, host: null, labels: {}, listDate: null } };
}

test("a copy that was cancelled is never the fullest one beside a valid one", () => {
  const [short, full, cancelled] = [copy("valid", {}), copy("valid", { idTail: "3457" }), copy("revoked", { idTail: "3457", country: "VEN" })];
  const [copies] = certificatesOf([cancelled, full, short]);
  assert.ok(copies);
  assert.equal(copies[0], short);
  assert.equal(fullest(copies), full);
});

test("a name that stands on no pass of hers is told, however case and accents are written; without a pass none is", () => {
  const [hers, shouted, other] = [copy("valid", { name: "Ana Pérez Peña" }), copy("valid", { name: "ANA  PEREZ PENA" }), copy("valid", { name: "Luis Pérez Peña" })];
  assert.deepEqual(strangeNames([shouted, other, other], [hers]), ["Luis Pérez Peña"]);
  assert.deepEqual(strangeNames([other], []), []);
  assert.deepEqual(strangeNames([other], [hers, other]), []);
});

function signed(verdict: Verdict, norm: number, validFrom: string): Pick<Held, "document" | "judged"> {
  const { document, judged } = copy(verdict, {});
  return { document: { ...document, type: ["VerifiableCredential", "CompetencePass"], issuer: "did:web:a", validFrom, credentialSubject: { norm } }, judged };
}

test("a cancelled pass has a newer one only where a later one about the same thing stands", () => {
  const old = signed("revoked", 1, "2026-03-10T15:00:00Z");
  const newer = signed("valid", 1, "2026-09-01T15:00:00Z");
  assert.equal(isFollowed(old, [old, newer]), true);
  assert.equal(isFollowed(newer, [old, newer]), false);
  for (const other of [signed("revoked", 1, "2026-09-01T15:00:00Z"), signed("valid", 2, "2026-09-01T15:00:00Z"), signed("valid", 1, "2026-01-01T15:00:00Z")]) {
    assert.equal(isFollowed(old, [old, other]), false);
  }
});
