/** What comes late, for a view that is gone: it neither answers nor fails, and nothing that would follow is done. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { answering, Standing } from "../../src/kit/standing.ts";

/** A port that answers when it is told to. */
function slow() {
  const told = { resolve: (_: string): void => undefined, reject: (_: string): void => undefined };
  const promise = new Promise<string>((resolve, reject) => Object.assign(told, { resolve, reject }));
  return { port: { ask: () => promise, at: () => 7, name: "port" }, told };
}

test("an answer comes to the view that asked while it stands", async () => {
  const standing = new Standing();
  const { port, told } = slow();
  const ports = answering(port, standing.now);
  const asked = ports.ask();
  told.resolve("came");
  assert.equal(await asked, "came");
  const failing = slow();
  const failed = answering(failing.port, standing.now).ask();
  failing.told.reject("failed");
  await assert.rejects(failed, (fault) => fault === "failed");
  assert.deepEqual([ports.at(), ports.name], [7, "port"]);
});

test("an answer or a fault for a view that is gone comes to nobody, also where the view that stands is drawn alike", async () => {
  for (const settle of ["resolve", "reject"] as const) {
    const standing = new Standing();
    const asked = slow();
    const told: string[] = [];
    answering(asked.port, standing.now).ask().then(() => told.push("came"), () => told.push("failed"));
    standing.next();
    const next = slow();
    answering(next.port, standing.now).ask().then((came) => told.push(came), () => told.push("failed"));
    asked.told[settle]("late");
    next.told.resolve("hers");
    await new Promise((done) => setTimeout(done));
    assert.deepEqual(told, ["hers"]);
  }
});

test("a view stands until the next one does", () => {
  const standing = new Standing();
  const first = standing.now;
  assert.deepEqual([first(), standing.now === first], [true, true]);
  standing.next();
  assert.deepEqual([first(), standing.now()], [false, true]);
});
