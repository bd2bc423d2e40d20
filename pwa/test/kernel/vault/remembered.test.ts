/** kernel/vault/remembered.ts: the sheet on paper stays the sheet, the helpers' papers stay theirs, until three groups of another came back. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { base64url, fromBase64 } from "../../../src/kernel/bytes.ts";
import { createWallet, joinWallet, openWallet, type OpenWallet } from "../../../src/kernel/vault/holder.ts";
import { merge } from "../../../src/kernel/vault/merging.ts";
import { KIND } from "../../../src/kernel/vault/pvl1.ts";
import {
  confirmSheet, isSaved, learnSheet, nextSheet, papersOf, rememberSheet, settleSheet, sheetIn, sheetPlace, withNextSheet, withoutNextSheet,
} from "../../../src/kernel/vault/remembered.ts";
import { hashOf } from "../../../src/kernel/vault/contents.ts";
import { wrapOf } from "../../../src/kernel/vault/sealed.ts";
import { joinHalves, readSheet, sheetLocator, sheetText } from "../../../src/kernel/vault/sheet.ts";
import { readVectors } from "../../published.ts";
import { argon2, CASES, codeOf, seeded } from "./drawing.ts";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const DAY = 86_400_000;
const random = seeded("remembered");

async function made(): Promise<{ wallet: OpenWallet; sheet: string }> {
  const { wallet, sheet } = await createWallet(null, { random, argon2 });
  return { wallet: rememberSheet(wallet, { letters: sheet, half: null }, NOON, random), sheet };
}

/** As it opens by that sheet after it was kept; the code that it is refused with where it does not. */
async function opens(wallet: OpenWallet, sheet: string): Promise<string> {
  return codeOf(() => openWallet(wallet.sealed(seeded("kept")).bytes, { sheet }, argon2));
}

async function again(wallet: OpenWallet, sheet: string): Promise<OpenWallet> {
  return openWallet(wallet.sealed(seeded("kept")).bytes, { sheet }, argon2);
}

test("a sheet that is looked at again is the same one, and so are the helpers' papers", async () => {
  const { wallet, sheet } = await made();
  const later = await again(wallet, sheet);
  const found = sheetIn(later);
  assert.ok(found !== null);
  assert.equal(found.letters, sheet);
  const papers = papersOf(found);
  assert.equal(sheetText(joinHalves(...papers)), sheet);
  assert.deepEqual(papersOf(sheetIn(await again(later, sheet)) ?? found), papers);
  assert.equal(await opens(later, sheet), "accepted");
});

test("a new sheet opens nothing, and the former all, until its groups came back; then the other way round", async () => {
  const { wallet, sheet } = await made();
  const drawn = await again(withNextSheet(wallet, NOON + DAY, random), sheet);
  const next = nextSheet(drawn);
  assert.ok(next !== null && next.letters !== sheet);
  assert.equal(sheetIn(drawn)?.letters, sheet);
  assert.equal(await opens(drawn, next.letters), "vault_unreadable");
  assert.equal(nextSheet(await again(drawn, sheet))?.letters, next.letters);
  assert.deepEqual(sheetPlace(drawn), sheetLocator(readSheet(sheet)));
  const confirmed = confirmSheet(drawn, NOON + DAY, random);
  assert.equal(await opens(confirmed, sheet), "vault_unreadable");
  const after = await again(confirmed, next.letters);
  assert.deepEqual([sheetIn(after)?.letters, nextSheet(after), isSaved(after)], [next.letters, null, true]);
  assert.deepEqual(sheetPlace(after), sheetLocator(readSheet(next.letters)));
  assert.equal(sheetText(joinHalves(...papersOf(next))), next.letters);
});

test("she may keep the sheet that she had: nothing of the new one is left", async () => {
  const { wallet, sheet } = await made();
  const kept = withoutNextSheet(withNextSheet(wallet, NOON, random));
  assert.deepEqual([nextSheet(kept), sheetIn(kept)?.letters], [null, sheet]);
});

test("a vault that does not know its letters learns them from who opens it by its sheet or by both papers", async () => {
  const { wallet, sheet } = await createWallet(null, { random, argon2 });
  assert.equal(sheetIn(wallet), null);
  assert.equal(sheetPlace(wallet), null);
  assert.equal(learnSheet(wallet, { sheet: (await made()).sheet }, NOON, random), wallet);
  const bySheet = learnSheet(wallet, { sheet: sheet.toLowerCase() }, NOON, random);
  assert.equal(sheetIn(bySheet)?.letters, sheet);
  assert.equal(learnSheet(bySheet, { sheet }, NOON, random), bySheet);
  const papers = papersOf(sheetIn(bySheet) ?? { letters: "", half: "" });
  for (const halves of [papers, [papers[1], papers[0]] as const]) {
    const byPapers = sheetIn(learnSheet(wallet, { halves }, NOON, random));
    assert.ok(byPapers !== null);
    assert.deepEqual([byPapers.letters, papersOf(byPapers)], [sheet, papers]); // the helpers' own, not another pair
  }
  assert.equal(learnSheet(wallet, { passphrase: "canela y panela en la mesa" }, NOON, random), wallet);
});

test("saved means that this sheet came back, also where an older page noted it, and on the other phone too", async () => {
  const { wallet, sheet } = await made();
  assert.equal(isSaved(wallet), false);
  const older = wallet.note("sheet", { check: hashOf(wrapOf(wallet, KIND.wrapRecovery)) }, NOON, random);
  assert.equal(isSaved(older), true);
  const saved = confirmSheet(wallet, NOON, random);
  assert.equal(isSaved(saved), true);
  assert.equal(sheetIn(saved)?.letters, sheet);
  assert.equal(isSaved(confirmSheet(withNextSheet(wallet, NOON, random), NOON, random)), true);
  assert.equal(isSaved(withNextSheet(saved, NOON, random)), true);
});

test("another phone of hers takes over the sheet that one put in force, with the same letters and papers", async () => {
  const { wallet, sheet } = await made();
  const other = await joinWallet(wrapOf(wallet, KIND.wrapRecovery), sheet, null, { random, argon2 });
  const first = confirmSheet(withNextSheet(wallet.sealed(random).wallet, NOON, random), NOON, random).sealed(random).wallet;
  const met = other.with(merge(other.contents, first.contents));
  assert.equal(sheetIn(met), null);
  assert.equal(sheetPlace(met), null); // the former sheet's place is not told to the server again
  const settled = settleSheet(met, random);
  assert.deepEqual(sheetIn(settled), sheetIn(first));
  assert.equal(isSaved(settled), true);
  assert.equal(settleSheet(settled, random), settled);
  assert.equal(await opens(settled, sheetIn(first)?.letters ?? ""), "accepted");
});

test("an older page's place is told to the server on, and a note that is none is none", async () => {
  const { wallet } = await createWallet(null, { random, argon2 });
  const place = base64url(Uint8Array.of(1, 2, 3));
  const noted = wallet.note("sheet-place", { check: hashOf(wrapOf(wallet, KIND.wrapRecovery)), place }, NOON, random);
  assert.deepEqual(sheetPlace(noted), Uint8Array.of(1, 2, 3));
  for (const body of [{}, { letters: 7, half: "" }, { letters: "0".repeat(28), half: "" }]) {
    const odd = wallet.note("sheet-letters", body, NOON, random).note("sheet-next", body, NOON, random);
    assert.deepEqual([sheetIn(odd), nextSheet(odd), settleSheet(odd, random) === odd], [null, null, true]);
  }
});

test("a wallet that Python made remembers its sheet and papers here", async () => {
  const { phrase, sheet, papers, bytes } = readVectors<{ phrase: string; sheet: string; papers: readonly string[]; bytes: string }>(CASES, "sheet.json");
  const opened = await openWallet(fromBase64(bytes, 100_000) ?? new Uint8Array(), { passphrase: phrase }, argon2);
  const found = sheetIn(opened);
  assert.ok(found !== null);
  assert.deepEqual([found.letters, papersOf(found)], [sheet, papers]);
});
