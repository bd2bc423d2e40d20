/** What she keeps from the PIN: said in the vault, so that a new pack, another phone and a correction keep it so until she says otherwise. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createWallet, openWallet, type OpenWallet } from "../../../src/kernel/vault/holder.ts";
import { merge } from "../../../src/kernel/vault/merging.ts";
import { changed, FRESH, packOf } from "../../../src/world/wallet/inside.ts";
import { withoutUnpinned, withUnpinned } from "../../../src/world/wallet/unpinned.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const tools = { random, argon2: () => Promise.reject(new Error("nothing to stretch")) };
const documentOf = (name: string) => ({ credentialSubject: { name } });

/** Two passes, the second kept from the PIN; and the letters that open it. */
async function kept(): Promise<{ wallet: OpenWallet; sheet: string; hidden: string }> {
  const { wallet: bare, sheet } = await createWallet(null, tools);
  const both = bare.keep(documentOf("a"), NOW).keep(documentOf("b"), NOW);
  const hidden = both.nameOf(documentOf("b")) ?? "";
  return { wallet: withUnpinned(both, [hidden], NOW, random), sheet, hidden };
}

function byPin(wallet: OpenWallet, former = FRESH): readonly unknown[] {
  return packOf(wallet, former).passes.map(({ document }) => document);
}

test("a pack that is made anew from the bytes of the vault leaves out what she keeps from the PIN", async () => {
  const { wallet, sheet, hidden } = await kept();
  const again = await openWallet(wallet.sealed(random).bytes, { sheet }, tools.argon2);
  assert.deepEqual(byPin(again), [documentOf("a")]);
  assert.deepEqual(byPin(withoutUnpinned(again, [hidden])), [documentOf("a"), documentOf("b")]);
});

test("so does another phone's, once the two were joined, and until one of them says otherwise", async () => {
  const { wallet, sheet, hidden } = await kept();
  const bytes = withoutUnpinned(wallet, [hidden]).sealed(random).bytes;
  const other = await openWallet(bytes, { sheet }, tools.argon2);
  const news = withUnpinned(other, [hidden], NOW + 1000, random);
  assert.deepEqual(byPin(other), [documentOf("a"), documentOf("b")]);
  const joined = other.with(merge(other.contents, news.contents));
  assert.deepEqual(byPin(joined), [documentOf("a")]);
  const opened = withoutUnpinned(news, [hidden]);
  assert.deepEqual(byPin(joined.with(merge(joined.contents, opened.contents))), [documentOf("a"), documentOf("b")]);
});

test("a correction of such a pass is kept from the PIN too, and opened by it again with the former; one taken away leaves no note", async () => {
  const { wallet, hidden } = await kept();
  const corrected = wallet.keep(documentOf("c"), NOW, hidden).keep(documentOf("d"), NOW);
  const name = corrected.nameOf(documentOf("c")) ?? "";
  const twice = corrected.keep(documentOf("e"), NOW, name);
  assert.deepEqual(byPin(twice), [documentOf("a"), documentOf("d")]);
  assert.deepEqual(byPin(withoutUnpinned(corrected, [name])), [documentOf("a"), documentOf("c"), documentOf("d")]);
  assert.deepEqual(withoutUnpinned(corrected, [name]).drop(name).notes("unpinned"), []);
});

test("what a pack of before says stays so, and goes into the vault once", async () => {
  const { wallet, hidden } = await kept();
  const before = withoutUnpinned(wallet, [hidden]);
  assert.deepEqual(byPin(before, { ...FRESH, unpinned: [hidden] }), [documentOf("a")]);
  assert.equal(withUnpinned(wallet, [hidden], NOW, random), wallet);
});

test("a change after what a pack of before says could not be kept in the vault takes it in first, so that the PIN opens a pass again", async () => {
  const { wallet: said, hidden } = await kept();
  const wallet = withoutUnpinned(said, [hidden]);
  const inside = { pack: packOf(wallet, { ...FRESH, unpinned: [hidden] }) };
  const next = (change: (before: OpenWallet) => OpenWallet) => changed(inside, wallet, change, { now: () => NOW, random });
  const other = next((before) => before.keep(documentOf("c"), NOW));
  assert.deepEqual([byPin(other.wallet, other.pack), other.pack.unpinned], [[documentOf("a"), documentOf("c")], []]);
  const opened = next((before) => withoutUnpinned(before, [hidden]));
  assert.deepEqual(byPin(opened.wallet, opened.pack), [documentOf("a"), documentOf("b")]);
});
