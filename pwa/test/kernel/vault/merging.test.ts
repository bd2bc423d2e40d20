/** kernel/vault/merging.ts: the same states come of the same pairs as in the other language, and an old server is seen. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHex } from "../../../src/kernel/bytes.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import type { Contents, Item } from "../../../src/kernel/vault/contents.ts";
import { asked, merge, requireNewer, shared } from "../../../src/kernel/vault/merging.ts";
import { readVectors } from "../../published.ts";
import { CASES, codeOf } from "./drawing.ts";

interface State {
  readonly device: string;
  readonly seen: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly items: readonly { readonly name: string; readonly device: string; readonly number: number; readonly body: JsonObject; readonly gone: boolean }[];
}
interface Cases {
  readonly vaultKey: string;
  readonly vaultId: string;
  readonly merges: readonly { readonly mine: State; readonly theirs: State; readonly merged: State }[];
  readonly chains: readonly { readonly what: string; readonly known: string | null; readonly remote: string; readonly refused: string | null }[];
}

const cases = readVectors<Cases>(CASES, "merging.json");
const vaultId = fromHex(cases.vaultId);

function contentsOf({ device, seen, items }: State): Contents {
  const versions = Object.entries(seen).map(([name, version]) => [name, new Map(Object.entries(version))] as const);
  return { vaultId, device, sequence: 0, previous: null, items: items.map((item) => ({ ...item, blob: null })), seen: new Map(versions) };
}

function stateOf({ device, seen, items }: Contents): State {
  return {
    device,
    seen: Object.fromEntries([...seen].map(([name, version]) => [name, Object.fromEntries(version)])),
    items: items.map(({ name, device: by, number, body, gone }) => ({ name, device: by, number, body, gone })),
  };
}

/** All that other phones are told, whatever its order. */
function told(contents: Contents): unknown {
  const { seen } = stateOf(contents);
  const line = ({ name, device, number, body }: Item): string => JSON.stringify([name, device, number, body]);
  return { seen, writes: shared(contents).items.map(line).sort() };
}

test("the shared pairs come to the shared states", () => {
  assert.ok(cases.merges.length >= 40);
  assert.ok(cases.merges.some(({ merged }) => merged.items.some(({ gone }) => gone)));
  assert.ok(cases.merges.some(({ merged }) => new Set(merged.items.map(({ name }) => name)).size < merged.items.length));
  for (const { mine, theirs, merged } of cases.merges) assert.deepEqual(stateOf(merge(contentsOf(mine), contentsOf(theirs))), merged);
});

test("it does not matter who merges with whom nor how often", () => {
  for (const { mine, theirs, merged } of cases.merges) {
    const [one, two, both] = [contentsOf(mine), contentsOf(theirs), contentsOf(merged)];
    assert.deepEqual(told(merge(two, one)), told(both));
    assert.deepEqual(told(merge(one, one)), told(one));
    assert.deepEqual(merge(merge(one, one), one), merge(one, one));
    assert.deepEqual(merge(both, two), both);
    assert.deepEqual(asked(both), both.items.filter(({ gone }) => gone));
  }
});

test("contents of two vaults are never merged", () => {
  const [first] = cases.merges;
  assert.ok(first !== undefined);
  const mine = contentsOf(first.mine);
  assert.throws(() => merge(mine, { ...mine, vaultId: new Uint8Array(16) }), /two vaults/);
});

for (const { what, known, remote, refused } of cases.chains) {
  test(`the server shows ${what}: ${refused ?? "believed"}`, async () => {
    const look = (): unknown => requireNewer(fromHex(remote), known === null ? null : fromHex(known), fromHex(cases.vaultKey));
    assert.equal(await codeOf(look), refused ?? "accepted");
  });
}
