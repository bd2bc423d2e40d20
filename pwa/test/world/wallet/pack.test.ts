/** The show-pack: what goes in comes out under the same key; another key, another kind and a damaged body are refused alike. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/kernel/bytes.ts";
import { Refused } from "../../../src/kernel/refused.ts";
import { type Kind, KIND, seal } from "../../../src/kernel/vault/pvl1.ts";
import { openPack, type Pack, sealPack } from "../../../src/world/wallet/pack.ts";

let drawn = 0;
const random = (length: number): Uint8Array => Uint8Array.from({ length }, () => (drawn = (drawn * 73 + 41) % 256));
const key = random(32);
const vaultId = random(16);
const kdf = { passes: 2, memoryKib: 19 * 1024, salt: random(16) };
const PACK: Pack = {
  seed: random(32), saved: true, hasPassphrase: false, unpinned: ["b"],
  passes: [{ name: "a", receivedAt: "2026-11-20T12:00:00Z", document: { credentialSubject: { name: "Zoë Ñáñez (DEMO)" } } }],
  pickup: { id: "p", challenge: "q", domain: "norma.example", at: 1_800_000_000_000 },
  shows: [{ id: "c", at: "2026-11-20T12:00:30Z", profile: "interview", manner: "live", to: null, note: "Panadería", kinds: ["CompetencePass/SENA-NSCL"], claims: ["name", "norm"] }],
};

function isUnreadable(fault: unknown): boolean {
  return fault instanceof Refused && (fault.code === "vault_unreadable" || fault.code === "malformed_json");
}

test("a pack comes back whole, and shows nothing of it sealed", () => {
  const blob = sealPack(PACK, { key, kdf, vaultId, turn: 3, random });
  assert.deepEqual(openPack(blob, key), PACK);
  assert.equal(Buffer.from(blob).includes("Zoë"), false);
  assert.throws(() => openPack(blob, random(32)), isUnreadable);
  assert.throws(() => openPack(blob.with(blob.length - 1, (blob.at(-1) ?? 0) ^ 1), key), isUnreadable);
});

test("what opens but is no pack is refused", () => {
  const sealed = (body: string, kind: Kind = KIND.showPack): Uint8Array => seal(utf8(body), { key, kind, vaultId, sequence: 1, random });
  const good = { version: 1, seed: "A".repeat(43), saved: false, hasPassphrase: false, unpinned: [], passes: [], shows: [] };
  assert.deepEqual(openPack(sealed(JSON.stringify(good)), key).passes, []);
  const bad = [{ ...good, version: 2 }, { ...good, seed: "AAAA" }, { ...good, passes: {} }, { ...good, passes: [{ name: "a" }] }, { ...good, shows: [{ id: "c" }] }, []];
  for (const body of bad) assert.throws(() => openPack(sealed(JSON.stringify(body)), key), isUnreadable, JSON.stringify(body));
  assert.throws(() => openPack(sealed(JSON.stringify(good), KIND.item), key), isUnreadable);
});
