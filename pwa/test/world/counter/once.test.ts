/** A request that must not be done twice keeps its key until it is answered. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Refusal } from "../../../src/stories/issuer/ports.ts";
import { onceEach } from "../../../src/world/counter/server.ts";

test("what is asked again without an answer has the same key; after any answer, and for anything else, another", async () => {
  const once = onceEach();
  const send = async (asked: unknown, fault: string | null = null): Promise<string> => {
    let key = "";
    await once(asked, async (header) => {
      key = header["idempotency-key"];
      if (fault !== null) throw new Refusal(fault);
    }).catch((error: unknown) => assert.ok(error instanceof Refusal && error.code === fault));
    return key;
  };
  const first = await send(["act", "one"], "offline");
  assert.notEqual(await send(["act", "two"]), first);
  assert.equal(await send(["act", "one"], "step_up_needed"), first);
  const second = await send(["act", "one"]);
  assert.notEqual(second, first);
  assert.notEqual(await send(["act", "one"]), second);
});
