/** What a person's file says of an offer that nobody has collected. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { codeWords, isToHand, openWord } from "../../../src/stories/issuer/people/offers.ts";

test("an offer that five wrong PINs closed is said to be closed, until a newer one takes its place", () => {
  assert.equal(openWord({ stands: true, tries: 0 }), "offer.open");
  assert.equal(openWord({ stands: true, tries: 4 }), "offer.open");
  for (const tries of [5, 6]) assert.equal(openWord({ stands: true, tries }), "offer.closed");
  assert.equal(openWord({ stands: false, tries: 6 }), "offer.gone");
});

test("what took another's place is to be handed over until a slip of it was made", () => {
  const new_ = { id: "n" };
  const corrected = { amendments: [{ replacement: "n" }], disputes: [] } as unknown as Parameters<typeof isToHand>[1];
  assert.equal(isToHand(new_, { ...corrected, offers: [] }), true);
  assert.equal(isToHand({ id: "o" }, { ...corrected, offers: [] }), false);
  const offer = { credential: "n", madeBy: "ana", expiresAt: "2026-12-20T15:42:00Z", usedAt: null, tries: 0, stands: true };
  assert.equal(isToHand(new_, { ...corrected, offers: [offer] }), false);
});

test("a code is written as on its paper", () => assert.equal(codeWords("NAQ8C7YT2S"), "NAQ8C-7YT2S"));
