/** How an act on many was chosen, as the server writes it in one line. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenOf, NOTHING_TYPED } from "../../../src/stories/issuer/many/choosing.tsx";
import { readWay } from "../../../src/stories/issuer/many/way.ts";

test("each way is read with what it names", () => {
  assert.deepEqual(readWay("batch 9fK2mQx7"), { what: "batch", name: "9fK2mQx7" });
  assert.deepEqual(readWay("bulk Zk"), { what: "bulk", name: "Zk" });
  assert.deepEqual(readWay("norm 290801106 2026-11-01 2026-11-20"), { what: "norm", norm: "290801106", first: "2026-11-01", last: "2026-11-20" });
  assert.deepEqual(readWay("documents 12 290801106"), { what: "documents", n: "12" });
  assert.deepEqual(readWay("credentials 3"), { what: "credentials", n: "3" });
  assert.equal(readWay(""), null);
});

test("what the view was opened for goes before what is typed", () => {
  const typed = { ...NOTHING_TYPED, way: "documents", documents: "0001, 0002;\n0003" } as const;
  assert.deepEqual(chosenOf("batch 9fK2mQx7", typed), { way: "batch", batch: "9fK2mQx7" });
  assert.deepEqual(chosenOf("bulk Zk", typed), { way: "bulk", bulk: "Zk" });
  assert.deepEqual(chosenOf("", typed), { way: "documents", documents: ["0001", "0002", "0003"] });
});
