/** What a holder is told to do is hers to do, whatever the reason: never what the verifier's page tells an employer. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { GROUPS } from "../../../src/kit/reasons.ts";
import { ownFix } from "../../../src/stories/holder/reason.tsx";
import { text } from "../../../src/words/text.ts";

test("each group of reasons has a sentence of hers", () => {
  for (const group of GROUPS) {
    const own = text("es", ownFix({ verdict: "cannot_verify", group }));
    assert.notEqual(own, text("es", `fix.${group}`), group);
    assert.doesNotMatch(own, /titular|[Cc]onverse|[Aa]cuerde|su propio teléfono/, group);
  }
});

test("so has each verdict that may not be kept", () => {
  for (const verdict of ["revoked", "under_review", "expired"] as const) assert.equal(ownFix({ verdict, group: null }), `own.${verdict}`);
});
