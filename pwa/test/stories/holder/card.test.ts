/** Copies of one certificate: the one to look at, the fullest of those that stand as it does; and names that are not hers. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Verdict } from "../../../src/words/report.ts";
import { certificatesOf, copiesOf, fullest, isFollowed, type Named, namedBy, strangeTo } from "../../../src/stories/holder/card.ts";
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

function strangers(came: readonly Pick<Held, "document">[], held: readonly Pick<Held, "document">[]): readonly Named[] {
  return namedBy(came.filter(strangeTo(held)));
}

test("a name that stands on no pass of hers is told, however case and accents are written; without a pass none is", () => {
  const [hers, shouted, other] = [copy("valid", { name: "Ana Pérez Peña" }), copy("valid", { name: "ANA  PEREZ PENA" }), copy("valid", { name: "Luis Pérez Peña" })];
  assert.deepEqual(strangers([shouted, other, other], [hers]), [{ name: "Luis Pérez Peña", tail: null }]);
  assert.deepEqual(strangers([other], []), []);
  assert.deepEqual(strangers([other], [hers, other]), []);
});

test("another end of the document is another person of that name; a copy that leaves it out, or one as it is on a pass of hers, is not", () => {
  const [short, hers, twin] = [copy("valid", {}), copy("valid", { idTail: "0001" }), copy("valid", { idTail: "9999" })];
  assert.deepEqual(strangers([twin, hers, short], [hers]), [{ name: "Yuleisy", tail: "9999" }]);
  assert.deepEqual(strangers([twin], [short]), []);
  assert.deepEqual(strangers([twin], [hers, twin]), []);
});

test("two people of one name have a certificate each; a copy without the document is with the one of its key, and of no key by itself", () => {
  const [hers, twin] = [copy("valid", { id: "did:key:a", idTail: "0001" }), copy("valid", { idTail: "9999" })];
  const [short, bare] = [copy("valid", { id: "did:key:a" }), copy("valid", {})];
  assert.deepEqual(certificatesOf([hers, twin, short, bare]), [[short, hers], [twin], [bare]]);
  assert.deepEqual(copiesOf(hers, [short, twin, hers]), [hers, short]);
  assert.deepEqual(copiesOf(twin, [short, twin, hers]), [twin]);
  assert.deepEqual(copiesOf(hers, [bare, short, hers]), [hers, bare, short]);
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
