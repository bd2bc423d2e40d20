/** Whose credentials are is asked once, in parts that the server takes, and nothing is left unasked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Known, learn } from "../../../src/stories/issuer/people/holders.ts";
import type { Credential, Person } from "../../../src/stories/issuer/wire.ts";

const one = (id: string): Credential => ({ id, name: "Ana", title: "Instalar", issued: "2026-11-03T00:00:00Z", state: "valid", correctable: [], norm: null, normVersion: null, level: null, badge: null, batch: null, type: "competence" });
const hers = (ids: readonly string[]): Person => ({ id: "p", name: "Ana", document: "4471", credentials: ids.map(one) });
const names = (many: number): readonly string[] => Array.from({ length: many }, (_, n) => `c${n}`);

function desk(nobodys: readonly string[] = []): { readonly asked: number[]; readonly named: (ids: readonly string[]) => Promise<readonly Person[]> } {
  const asked: number[] = [];
  return { asked, named: (ids) => (asked.push(ids.length), Promise.resolve([hers(ids.filter((id) => !nobodys.includes(id)))])) };
}

test("all of a long list are asked about, a hundred at a time", async () => {
  const known: Known = new Map();
  const { asked, named } = desk();
  await learn(known, [...names(250), ...names(10)], named);
  assert.deepEqual(asked, [100, 100, 50]);
  assert.equal(names(250).every((id) => known.get(id)?.one.id === id), true);
});

test("what is known, and what is nobody's, is asked once", async () => {
  const known: Known = new Map();
  const { asked, named } = desk(["c1"]);
  await learn(known, names(3), named);
  await learn(known, names(4), named);
  assert.deepEqual(asked, [3, 1]);
  assert.equal(known.get("c1"), null);
});

test("a part that fails leaves known what came before it", async () => {
  const known: Known = new Map();
  const { named } = desk();
  await assert.rejects(learn(known, names(150), (ids) => (ids.length === 100 ? named(ids) : Promise.reject(new Error("offline")))));
  assert.deepEqual([known.size, known.has("c120")], [100, false]);
});
