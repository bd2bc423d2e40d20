/** kernel/vault/holder.ts and what is under it: a wallet's life byte for byte as the other language writes it, and who opens it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import { base64, fromBase64, hex, utf8 } from "../../../src/kernel/bytes.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { createWallet, joinWallet, openWallet, type OpenWallet, restoreWallet, type Secret } from "../../../src/kernel/vault/holder.ts";
import { DISPUTE, PERSONA } from "../../../src/kernel/vault/kept.ts";
import { KIND } from "../../../src/kernel/vault/pvl1.ts";
import { readSealed, wrapOf, writeSealed } from "../../../src/kernel/vault/sealed.ts";
import { halfTexts, joinHalves, readSheet, sheetText } from "../../../src/kernel/vault/sheet.ts";
import { readVectors } from "../../published.ts";
import { argon2, CASES, codeOf, seeded } from "./drawing.ts";

interface State {
  readonly bytes: string;
  readonly view: JsonObject;
}
interface Cases {
  readonly phrase: string;
  readonly other: string;
  readonly sheet: string;
  readonly passes: readonly [JsonObject, JsonObject, JsonObject];
  readonly states: readonly State[];
  readonly first: State;
}

const cases = readVectors<Cases>(CASES, "wallet.json");
const { phrase, other } = cases;
const [FIRST, SECOND, CORRECTED] = cases.passes;
const NOON = Date.parse("2026-11-22T12:00:00Z");
const DAY = 86_400_000;
const by: Secret = { passphrase: phrase };

function bytesOf({ bytes }: State): Uint8Array {
  const raw = fromBase64(bytes, 1_000_000);
  assert.ok(raw !== null);
  return raw;
}

function view(wallet: OpenWallet): unknown {
  return {
    did: wallet.did,
    device: wallet.contents.device,
    sequence: wallet.contents.sequence,
    passes: wallet.passes().map(({ name, receivedAt, document, replaces }) => ({ name, receivedAt, document, replaces })),
    shows: wallet.shows(),
    notes: [PERSONA, DISPUTE].flatMap((kind) => wallet.notes(kind)),
  };
}

async function made(seed = "puente"): Promise<{ wallet: OpenWallet; sheet: string }> {
  return createWallet(phrase, { random: seeded(seed), argon2 });
}

/** As it opens after it was kept. */
function again(wallet: OpenWallet): Promise<OpenWallet> {
  return openWallet(wallet.sealed(seeded("again")).bytes, by, argon2);
}

function documents(wallet: OpenWallet): readonly JsonObject[] {
  return wallet.passes().map(({ document }) => document);
}

test("a wallet's life: every state is the other language's, byte for byte, and reads as it reads there", async () => {
  const random = seeded("life");
  const states: Uint8Array[] = [];
  const { wallet, sheet } = await createWallet(phrase, { random, argon2 });
  assert.equal(sheet, cases.sheet);
  states.push(wallet.sealed(random).bytes);
  const step = async (act: (wallet: OpenWallet) => OpenWallet): Promise<void> => {
    states.push(act(await openWallet(states.at(-1) ?? new Uint8Array(), by, argon2)).sealed(random).bytes);
  };
  await step((it) =>
    it
      .keep(FIRST, NOON)
      .keep(SECOND, NOON)
      .noteShow({ profile: "interview", passes: ["SkillPass"] }, NOON, random)
      .note(PERSONA, { symbol: "🦜", label: "Trabajo" }, NOON, random)
      .note(DISPUTE, { ticket: "7K3M9QWX", state: "open" }, NOON, random),
  );
  await step((it) => it.keep(CORRECTED, NOON + DAY, it.passes()[0]?.name));
  await step((it) => it.changeNote(it.notes(DISPUTE)[0]?.name ?? "", { ticket: "7K3M9QWX", state: "closed" }, NOON + DAY));
  await step((it) => it.drop(it.passes()[1]?.name ?? "").dropNote(it.notes(PERSONA)[0]?.name ?? ""));
  states.push((await restoreWallet(states.at(-1) ?? new Uint8Array(), { sheet }, other, { random, argon2 })).sealed(random).bytes);
  assert.deepEqual(states.map(base64), cases.states.map(({ bytes }) => bytes));
  for (const [place, state] of cases.states.entries()) {
    const words = place === cases.states.length - 1 ? other : phrase;
    assert.deepEqual(view(await openWallet(bytesOf(state), { passphrase: words }, argon2)), state.view);
  }
});

test("a file of the first format reads, and is written on in the second", async () => {
  const opened = await openWallet(bytesOf(cases.first), by, argon2);
  assert.deepEqual(view(opened), cases.first.view);
  assert.deepEqual(documents(await again(opened.keep(SECOND, NOON))), [FIRST, SECOND]);
});

test("passphrase, sheet, joined halves and a device key open; anything else does not, and a half says so", async () => {
  const { wallet, sheet } = await made();
  const { bytes } = wallet.sealed(seeded("x"));
  const halves = halfTexts(readSheet(sheet), seeded("halves"));
  const device = wallet.deviceKey(seeded("device"));
  const ways: Secret[] = [by, { sheet: sheet.toLowerCase() }, { sheet: sheetText(joinHalves(...halves)) }, { device }];
  for (const way of ways) assert.equal((await openWallet(bytes, way, argon2)).did, wallet.did);
  const stranger = await made("stranger");
  const wrong: Secret[] = [
    { passphrase: other }, { passphrase: "" }, { sheet: "" }, { sheet: "0".repeat(28) }, { sheet: stranger.sheet },
    { device: { ...device, key: new Uint8Array(32) } }, { device: stranger.wallet.deviceKey(seeded("device")) },
  ];
  for (const way of wrong) assert.equal(await codeOf(() => openWallet(bytes, way, argon2)), "vault_unreadable");
  for (const half of halves) assert.equal(await codeOf(() => openWallet(bytes, { sheet: half }, argon2)), "half_sheet");
  assert.equal(await codeOf(() => createWallet("123456789012", { random: seeded(), argon2 })), "weak_passphrase");
});

test("a new sheet ends the former", async () => {
  const { wallet, sheet } = await made();
  const changed = wallet.withSheet(seeded("sheet"));
  const { bytes } = changed.wallet.sealed(seeded("x"));
  assert.equal((await openWallet(bytes, { sheet: changed.sheet }, argon2)).did, wallet.did);
  assert.equal(await codeOf(() => openWallet(bytes, { sheet }, argon2)), "vault_unreadable");
});

test("a new phone with the sheet alone has the same keys, and nothing in it yet", async () => {
  const { wallet, sheet } = await made();
  const joined = await joinWallet(wrapOf(wallet, KIND.wrapRecovery), sheet, other, { random: seeded("new phone"), argon2 });
  assert.deepEqual([joined.did, joined.name, joined.passes().length], [wallet.did, wallet.name, 0]);
  assert.notEqual(joined.contents.device, wallet.contents.device);
  const kept = joined.sealed(seeded("x")).bytes;
  assert.equal((await openWallet(kept, { passphrase: other }, argon2)).did, wallet.did);
  assert.equal((await openWallet(kept, { sheet }, argon2)).did, wallet.did);
});

test("without a new passphrase the ways in are those that were brought", async () => {
  const { wallet, sheet } = await made();
  const tools = { random: seeded("new phone"), argon2 };
  const joined = (await joinWallet(wrapOf(wallet, KIND.wrapRecovery), sheet, null, tools)).sealed(tools.random).bytes;
  assert.equal((await openWallet(joined, { sheet }, argon2)).did, wallet.did);
  assert.equal(await codeOf(() => openWallet(joined, by, argon2)), "vault_unreadable");
  const restored = await restoreWallet(wallet.sealed(tools.random).bytes, by, null, tools);
  assert.notEqual(restored.contents.device, wallet.contents.device);
  assert.equal((await openWallet(restored.sealed(tools.random).bytes, by, argon2)).did, wallet.did);
});

test("a wallet goes on from what it sealed: one sequence more, unchanged items as they lay", async () => {
  const { wallet } = await made();
  const random = seeded("x");
  const one = wallet.keep(FIRST, NOON).sealed(random);
  const two = one.wallet.keep(SECOND, NOON).sealed(random);
  assert.deepEqual([one.sealed.sequence, two.sealed.sequence], [1n, 2n]);
  assert.deepEqual(two.sealed.items[0], one.sealed.items[0]);
  assert.deepEqual(documents(await openWallet(two.bytes, by, argon2)), [FIRST, SECOND]);
});

test("a correction stands in the place of what it replaces, and nothing is lost", async () => {
  const { wallet } = await made();
  const before = wallet.keep(FIRST, NOON).keep(SECOND, NOON);
  const older = before.passes()[0]?.name ?? "";
  const after = await again(before.keep(CORRECTED, NOON, older.slice(0, 8)));
  assert.deepEqual(documents(after), [CORRECTED, SECOND]);
  assert.equal(after.nameOf(FIRST), older);
  assert.equal(after.keep(FIRST, NOON), after);
  assert.equal(await codeOf(() => after.find(older)), "not_found");
  assert.equal(await codeOf(() => after.keep({}, NOON, "nothing")), "not_found");
  assert.deepEqual(documents(await again(after.drop(after.passes()[0]?.name ?? ""))), [SECOND]);
});

test("passes are named once, by their start too, and dropped ones can come again", async () => {
  const { wallet } = await made();
  const kept = wallet.keep(FIRST, NOON).keep(SECOND, NOON).keep(FIRST, NOON + DAY);
  const [first] = kept.passes();
  assert.ok(first !== undefined && kept.passes().length === 2);
  assert.deepEqual(kept.find(first.name.slice(0, 6)), first);
  for (const missing of ["", "no such", `${first.name}x`]) assert.equal(await codeOf(() => kept.find(missing)), "not_found");
  const without = await again(kept.drop(first.name));
  assert.deepEqual(documents(without), [SECOND]);
  assert.deepEqual(documents(await again(without.keep(FIRST, NOON))), [SECOND, FIRST]);
});

test("a whole file is a whole vault's blobs and nothing else", async () => {
  const { wallet } = await made();
  const random = seeded("x");
  const { bytes, sealed } = wallet.keep(FIRST, NOON).sealed(random);
  assert.deepEqual(readSealed(bytes), sealed);
  const item = sealed.items[0] ?? new Uint8Array();
  const stranger = (await made("stranger")).wallet.keep(FIRST, NOON).sealed(random).sealed;
  const longer = Uint8Array.from([...utf8("PVW1"), 255, 255, 255, 255]);
  const wrong = [
    new Uint8Array(), utf8("PVL1"), utf8("PVW1"), longer, bytes.slice(0, -1), Uint8Array.from([...bytes, 0]),
    writeSealed({ ...sealed, manifest: item }), writeSealed({ ...sealed, items: [...sealed.items, sealed.manifest] }),
    writeSealed({ ...sealed, items: [...sealed.items, ...sealed.wraps] }), writeSealed({ ...sealed, items: stranger.items }),
  ];
  for (const raw of wrong) assert.equal(await codeOf(() => readSealed(raw)), "vault_unreadable");
  assert.equal(await codeOf(() => readSealed(new Uint8Array(24 * 1024 * 1024 + 1))), "limits_exceeded");
  const changed = item.map((byte, place) => (place === 300 ? byte ^ 1 : byte));
  for (const items of [[], [changed]]) assert.equal(await codeOf(() => openWallet(writeSealed({ ...sealed, items }), by, argon2)), "vault_unreadable");
});

test("no print and no JSON of an open wallet shows what is in it", async () => {
  const { wallet } = await made();
  const kept = wallet.keep(FIRST, NOON);
  for (const shown of [inspect(kept, { depth: 9 }), JSON.stringify(kept)]) {
    for (const secret of ["Ana", hex(kept.vaultKey), "receivedAt"]) assert.ok(!shown.includes(secret), shown);
  }
});
