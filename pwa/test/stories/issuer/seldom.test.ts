/** What the page asks by itself stays bound, however often it draws itself anew. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { seldom } from "../../../src/stories/issuer/seldom.ts";

test("a circle of a thousand draws asks once in a while; what she does is always counted anew", async () => {
  let now = 0;
  let asked = 0;
  const count = seldom(async () => (asked += 1), () => now);
  for (let draw = 0; draw < 1000; draw += 1) {
    await count("Olga 0 0");
    now += 60;
  }
  assert.equal(asked, 3); // a minute of it
  assert.equal(await count("Olga 0 1"), 4);
  assert.equal(await count("Olga 1 1"), 5);
  assert.equal(await count("Olga 1 1"), 5);
});
