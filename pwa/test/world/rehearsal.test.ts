/** The pass of nobody walks the whole way: were it stopped early, it would warm nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { judge } from "../../src/kernel/verify/judge.ts";
import { MemorySeen } from "../../src/kernel/verify/seen.ts";
import { rehearse, walks } from "../../src/world/rehearsal.ts";
import type { Report } from "../../src/words/report.ts";
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

test("the way is walked five times, one walk at a time; what found no list or failed is no walk", async () => {
  const report = {} as Report;
  const came = [null, new Error("no"), ...Array<Report>(9).fill(report)];
  let walked = 0;
  const walk = walks(async () => {
    const next = came[walked++];
    if (next instanceof Error) throw next;
    return next ?? null;
  });
  for (let look = 0; look < 9; look += 1) await Promise.all([walk(), walk()]);
  assert.equal(walked, 7);
});

test("without a list there is nothing to rehearse", async () => {
  const nothing = { bundle: null, now: NOW, floor: null, crypto: CRYPTO };
  assert.equal(await rehearse({ trusted: async () => nothing, judge: () => Promise.reject(new Error("not asked")) }, () => assert.fail()), null);
});
