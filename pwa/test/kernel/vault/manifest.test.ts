/** kernel/vault/manifest.ts: what is written reads back, and a manifest of another shape is damage, whatever is wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { writeJson } from "../../../src/kernel/codec.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { SUBKEY, subkey } from "../../../src/kernel/vault/keys.ts";
import { idOf, openManifest, sealManifest } from "../../../src/kernel/vault/manifest.ts";
import { KIND, seal } from "../../../src/kernel/vault/pvl1.ts";
import { codeOf, seeded } from "./drawing.ts";

const vaultKey = seeded("manifest")(32);
const vaultId = new Uint8Array(16);
const NAME = "AAECAwQFBgcICQoLDA0ODw";
const WRITE = { device: "AAAAAAAA", number: 1, hash: "AA", size: 640 };

function sealedAs(document: JsonObject, sequence = 1): Uint8Array {
  return seal(writeJson(document), { key: subkey(vaultKey, SUBKEY.manifest), kind: KIND.manifest, vaultId, sequence, random: seeded() });
}

function withRow(row: JsonObject, changes: JsonObject = {}): JsonObject {
  return { version: 2, device: "AAAAAAAA", sequence: 1, previous: null, items: { [NAME]: { version: { AAAAAAAA: 1 }, writes: [], ...row } }, ...changes };
}

test("what is written reads back: rows in their order, tombstones, copies, marks", () => {
  const rows = new Map([
    [NAME, { version: new Map([["b", 2], ["a", 1]]), writes: [{ ...WRITE, device: "b", number: 2 }, { ...WRITE, device: "a" }], deleted: false }],
    ["EBESExQVFhcYGRobHB0eHw", { version: new Map([["a", 1]]), writes: [], deleted: true }],
  ]);
  const manifest = { device: "AAAAAAAA", sequence: 7, previous: "hash", rows };
  const opened = openManifest(sealManifest(manifest, { vaultKey, vaultId, random: seeded() }), vaultKey);
  assert.deepEqual(opened, { manifest, vaultId });
  assert.deepEqual([...opened.manifest.rows.keys()], [...rows.keys()]);
});

test("a manifest of another shape, number, kind or key is damage", async () => {
  const wrong: JsonObject[] = [
    {}, { version: 1 }, withRow({ version: { AAAAAAAA: 0 } }), withRow({ version: { AAAAAAAA: true } }), withRow({ version: { AAAAAAAA: "1" } }),
    withRow({ version: [] }), withRow({ writes: null }), withRow({ writes: [{}] }), withRow({ writes: [{ ...WRITE, number: 2 }] }),
    withRow({ writes: [{ ...WRITE, number: 0 }] }), withRow({ writes: [{ ...WRITE, device: "B" }] }), withRow({ writes: [{ ...WRITE, size: -1 }] }),
    withRow({}, { version: 3 }), withRow({}, { version: 1 }), withRow({}, { sequence: 2 }), withRow({}, { items: [] }), withRow({}, { items: { x: null } }),
    withRow({}, { device: 7 }), withRow({}, { previous: 7 }), withRow({}, { sequence: 1.5 }),
  ];
  for (const document of wrong) assert.equal(await codeOf(() => openManifest(sealedAs(document), vaultKey)), "vault_unreadable", JSON.stringify(document));
  const right = withRow({ writes: [WRITE] });
  assert.equal(await codeOf(() => openManifest(sealedAs(right), vaultKey)), "accepted");
  assert.equal(await codeOf(() => openManifest(sealedAs(right), new Uint8Array(32))), "vault_unreadable");
  const item = seal(writeJson(right), { key: subkey(vaultKey, SUBKEY.manifest), kind: KIND.item, vaultId, sequence: 1, random: seeded() });
  assert.equal(await codeOf(() => openManifest(item, vaultKey)), "vault_unreadable");
  for (const name of ["", "AA", `${NAME}A`, "A".repeat(65), "!".repeat(22)]) assert.equal(await codeOf(() => idOf(name)), "vault_unreadable");
});
