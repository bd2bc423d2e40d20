/** Which view stands for what the browser's history or an address asks for. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { sectionsOf, standing, VIEWS } from "../../../src/stories/issuer/views.ts";

const HERS = sectionsOf({ roles: ["officer", "approver"], issuer: "formacion" });

test("a view of one thing without the tab's memory of which leads to its list; with it, to the thing", () => {
  for (const view of ["batch", "correct", "person", "slips", "bulk", "dispute"] as const) {
    assert.equal(standing({ view, id: "" }, HERS), VIEWS[view]);
    assert.equal(standing({ view, id: "x" }, HERS), view);
  }
  assert.equal(standing({ view: "upload", id: "" }, HERS), "upload");
  assert.equal(standing({ view: "keys", id: "" }, HERS), null);
  assert.equal(standing({ view: "toString", id: "" }, HERS), null);
});
