/** Who else is in a copy: known from before, let in here, or news; and what an older page's row is read as. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { backupOf, metOf, NO_COPY } from "../../../src/world/wallet/copystate.ts";
import type { Device } from "../../../src/world/wallet/server.ts";

const SINCE = "2026-11-20T12:00:00Z";

function device(name: string, changes: Partial<Device> = {}): Device {
  return { device: name, mine: false, since: SINCE, lastSeen: "2026-11-20", state: "active", opensAt: null, ...changes };
}

const news = (met: ReturnType<typeof metOf>): readonly string[] => met.filter(({ shown }) => !shown).map(({ id }) => id);

test("whoever was in before this phone asked for the first time is no news; who comes later is, until shown", () => {
  const first = metOf(undefined, [device("mine", { mine: true }), device("a")], null);
  assert.deepEqual(first, [{ id: "a", since: SINCE, shown: true }]);
  const second = metOf(first, [device("a"), device("b"), device("c", { state: "waiting", opensAt: SINCE })], null);
  assert.deepEqual(news(second), ["b"]);
  assert.deepEqual(news(metOf(second, [device("a"), device("b")], null)), ["b"]);
  assert.deepEqual(news(metOf(second.map((one) => ({ ...one, shown: true })), [device("a"), device("b")], null)), []);
});

test("her own yes is no news; one that was taken out and came again is", () => {
  assert.deepEqual(news(metOf([], [device("a"), device("b")], "a")), ["b"]);
  assert.deepEqual(news(metOf([{ id: "a", since: SINCE, shown: true }], [device("a", { since: "2026-11-21T12:00:00Z" })], null)), ["a"]);
});

test("the views are told of news alone, and of none by the row of an older page", () => {
  const copy = { ...NO_COPY, device: new Uint8Array(16), waiting: 2 };
  assert.deepEqual(backupOf(copy), { on: true, lastAt: null, waiting: [], joined: [] });
  const met = [{ id: "a", since: SINCE, shown: true }, { id: "b", since: SINCE, shown: false }];
  assert.deepEqual(backupOf({ ...copy, met }), { on: true, lastAt: null, waiting: [], joined: [{ id: "b", since: SINCE }] });
});
