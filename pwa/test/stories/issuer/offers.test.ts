/** What a person's file says of an offer that nobody has collected. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { openWord } from "../../../src/stories/issuer/people/offers.ts";

test("an offer that five wrong PINs closed is said to be closed, until a newer one takes its place", () => {
  assert.equal(openWord({ stands: true, tries: 0 }), "offer.open");
  assert.equal(openWord({ stands: true, tries: 4 }), "offer.open");
  for (const tries of [5, 6]) assert.equal(openWord({ stands: true, tries }), "offer.closed");
  assert.equal(openWord({ stands: false, tries: 6 }), "offer.gone");
});
