/** The pass of nobody walks the whole way: were it stopped early, it would warm nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { judge } from "../../src/kernel/verify/judge.ts";
import { MemorySeen } from "../../src/kernel/verify/seen.ts";
import { once, rehearse } from "../../src/world/rehearsal.ts";
import { CRYPTO, install, NOW, world } from "../kernel/worlds.ts";

test("nobody's pass is read, its signature checked, and it ends as self-declared", async () => {
  const bundle = await install(world());
  const trusted = { bundle, now: NOW, floor: null, crypto: CRYPTO };
  const shown: unknown[] = [];
  const report = await rehearse({
    trusted: async () => trusted,
    judge: async (sent) => ({
      report: await judge(sent, { ...trusted, session: null, seen: new MemorySeen() }), chars: 0, host: null, labels: {}, listDate: null,
    }),
  }, (judged) => shown.push(judged.report));
  assert.deepEqual(shown, [report]);
  assert.deepEqual(report?.reasons, ["self_declared"]);
  assert.equal(report.passes[0]?.claims?.["name"], "Nadie");
});

test("the way is walked once; without a list, or after a fault, the next time tries again", async () => {
  const walks = [null, new Error("no"), "walked", "never"];
  let walked = 0;
  const ready = once(async () => {
    const came = walks[walked++];
    if (came instanceof Error) throw came;
    return came;
  });
  for (let opened = 0; opened < 5; opened += 1) await ready();
  assert.equal(walked, 3);
});

test("without a list there is nothing to rehearse", async () => {
  const nothing = { bundle: null, now: NOW, floor: null, crypto: CRYPTO };
  assert.equal(await rehearse({ trusted: async () => nothing, judge: () => Promise.reject(new Error("not asked")) }, () => assert.fail()), null);
});
