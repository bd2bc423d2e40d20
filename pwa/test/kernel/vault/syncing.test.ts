/** kernel/vault/syncing.ts: phones and a server that keeps what the real one keeps; cut off anywhere, nothing is lost. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { JsonObject } from "../../../src/kernel/json.ts";
import { hashOf } from "../../../src/kernel/vault/contents.ts";
import { createWallet, joinWallet, type OpenWallet } from "../../../src/kernel/vault/holder.ts";
import { DISPUTE } from "../../../src/kernel/vault/kept.ts";
import { KIND, readHeader } from "../../../src/kernel/vault/pvl1.ts";
import { wrapOf } from "../../../src/kernel/vault/sealed.ts";
import { combine, look, type Round } from "../../../src/kernel/vault/syncing.ts";
import { codeOf, seeded } from "./drawing.ts";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const HOUR = 3_600_000;
const random = seeded("syncing");
const PASSES: readonly JsonObject[] = [0, 1, 2].map((level) => ({ type: ["VerifiableCredential"], credentialSubject: { level } }));
const [ONE = {}, TWO = {}, THREE = {}] = PASSES;
/** Stretching is slow on purpose, and not what is tried here. */
const quick = { random, argon2: () => Promise.resolve(new Uint8Array(32).fill(5)) };

/** Blobs by their hash and one manifest, exchanged only for the one that was seen. */
class Server {
  readonly blobs = new Map<string, Uint8Array>();
  manifest: Uint8Array | null = null;

  get sequence(): number {
    return this.manifest === null ? 0 : Number(readHeader(this.manifest).sequence);
  }

  copy(): Server {
    const copy = new Server();
    copy.manifest = this.manifest;
    for (const [hash, blob] of this.blobs) copy.blobs.set(hash, blob);
    return copy;
  }
}

type Cut = "kept" | "sent" | "put" | null;

/** A phone: what it keeps is all that outlives a cut. */
class Phone {
  wallet: OpenWallet;
  known: Uint8Array | null = null;

  constructor(wallet: OpenWallet) {
    this.wallet = wallet.sealed(random).wallet;
  }

  do(change: (wallet: OpenWallet) => OpenWallet): void {
    this.wallet = change(this.wallet).sealed(random).wallet;
  }

  /** One round; `cut` = after which step the phone dies. False where another phone came first. */
  sync(server: Server, cut: Cut = null, meanwhile: () => void = () => undefined): boolean {
    const seen = look(this.wallet, server.manifest, this.known);
    const fetched = new Map(seen.fetch.flatMap(({ hash }) => (server.blobs.has(hash) ? [[hash, server.blobs.get(hash) ?? new Uint8Array()]] : [])));
    const round = combine(this.wallet, seen, fetched, random);
    if (round.changed) this.wallet = round.wallet.sealed(random).wallet;
    meanwhile();
    if (cut === "kept") return false;
    for (const { hash, size, blob } of round.send) {
      assert.deepEqual([hashOf(blob), blob.length], [hash, size]);
      server.blobs.set(hash, blob);
    }
    return cut === "sent" ? false : this.#put(server, round, cut);
  }

  #put(server: Server, { put, known, drop }: Round, cut: Cut): boolean {
    if (put !== null) {
      if (server.sequence !== put.after) return false;
      assert.equal(readHeader(put.manifest).sequence, BigInt(put.sequence));
      server.manifest = put.manifest;
    }
    if (cut === "put") return false;
    this.known = known;
    for (const { hash } of drop) server.blobs.delete(hash);
    return true;
  }

  levels(): unknown[] {
    return this.wallet.passes().map(({ document }) => (document["credentialSubject"] as JsonObject)["level"]);
  }
}

async function phones(): Promise<{ one: Phone; two: Phone; server: Server }> {
  const { wallet, sheet } = await createWallet("canela y panela en la mesa", quick);
  const one = new Phone(wallet);
  const two = new Phone(await joinWallet(wrapOf(wallet, KIND.wrapRecovery), sheet, "tres burros y un sapo azul", quick));
  return { one, two, server: new Server() };
}

test("a new phone that has the sheet alone brings everything, and then there is nothing to do", async () => {
  const { one, two, server } = await phones();
  one.do((it) => it.keep(ONE, NOON).keep(TWO, NOON).note(DISPUTE, { state: "open" }, NOON, random));
  assert.ok(one.sync(server));
  assert.deepEqual([server.blobs.size, server.sequence], [3, 1]);
  const seen = look(two.wallet, server.manifest, two.known);
  assert.equal(seen.fetch.length, 3);
  assert.ok(two.sync(server));
  assert.deepEqual(two.levels(), [0, 1]);
  assert.equal(two.wallet.did, one.wallet.did);
  for (const phone of [one, two]) {
    const again = look(phone.wallet, server.manifest, phone.known);
    const { put, send, drop, changed } = combine(phone.wallet, again, new Map(), random);
    assert.deepEqual([again.fetch, put, send, drop, changed], [[], null, [], [], false]);
  }
});

test("two phones that changed things at once lose nothing", async () => {
  const { one, two, server } = await phones();
  one.do((it) => it.keep(ONE, NOON).note(DISPUTE, { state: "open" }, NOON, random));
  one.sync(server);
  two.sync(server);
  const name = one.wallet.notes(DISPUTE)[0]?.name ?? "";
  one.do((it) => it.keep(TWO, NOON).changeNote(name, { state: "early" }, NOON));
  two.do((it) => it.keep(THREE, NOON).changeNote(name, { state: "late" }, NOON + HOUR));
  for (const phone of [one, two, one]) assert.ok(phone.sync(server));
  assert.deepEqual([one.levels(), two.levels()], [[0, 1, 2], [0, 2, 1]]);
  for (const phone of [one, two]) {
    const notes = phone.wallet.notes(DISPUTE).map(({ body, copiedAt }) => [body["state"], copiedAt]);
    assert.deepEqual(notes, [["late", null], ["early", "2026-11-22T12:00:00Z"]]);
  }
});

test("who comes second looks again and puts what both have", async () => {
  const { one, two, server } = await phones();
  one.do((it) => it.keep(ONE, NOON));
  two.do((it) => it.keep(TWO, NOON));
  assert.ok(!one.sync(server, null, () => assert.ok(two.sync(server))));
  assert.ok(one.sync(server) && two.sync(server));
  assert.deepEqual([one.levels().sort(), two.levels().sort()], [[0, 1], [0, 1]]);
  assert.equal(server.sequence, 2);
});

test("cut off after any step, the next round ends what was begun", async () => {
  for (const cut of ["kept", "sent", "put"] as const) {
    const { one, two, server } = await phones();
    one.do((it) => it.keep(ONE, NOON).keep(TWO, NOON));
    one.sync(server);
    two.sync(server);
    one.do((it) => it.drop(it.passes()[0]?.name ?? "").keep(THREE, NOON));
    one.sync(server, cut);
    assert.ok(one.sync(server), cut);
    assert.ok(two.sync(server), cut);
    assert.deepEqual([one.levels(), two.levels()], [[1, 2], [0, 1, 2]], cut);
    assert.equal(look(two.wallet, server.manifest, two.known).fetch.length, 0);
  }
});

test("a deleted pass goes from the other phone only with its holder's yes, and comes back everywhere with her no", async () => {
  const { one, two, server } = await phones();
  one.do((it) => it.keep(ONE, NOON).keep(TWO, NOON));
  one.sync(server);
  two.sync(server);
  one.do((it) => it.drop(it.passes()[0]?.name ?? ""));
  one.sync(server);
  assert.equal(server.blobs.size, 1);
  two.sync(server);
  assert.deepEqual(two.wallet.passes().map(({ gone }) => gone), [true, false]);
  assert.equal(look(two.wallet, server.manifest, two.known).fetch.length, 0);
  two.do((it) => it.retain(it.passes()[0]?.name ?? ""));
  two.sync(server);
  one.sync(server);
  assert.deepEqual([one.levels().sort(), two.levels()], [[0, 1], [0, 1]]);
  one.do((it) => it.drop(it.passes().find(({ document }) => document === ONE || (document["credentialSubject"] as JsonObject)["level"] === 0)?.name ?? ""));
  one.sync(server);
  two.sync(server);
  two.do((it) => it.drop(it.passes().find(({ gone }) => gone)?.name ?? ""));
  for (const phone of [two, one]) assert.ok(phone.sync(server));
  assert.deepEqual([one.levels(), two.levels(), server.blobs.size], [[1], [1], 1]);
});

test("old data is refused, and believed only when the holder says so: nothing is lost then either", async () => {
  const { one, two, server } = await phones();
  one.do((it) => it.keep(ONE, NOON));
  one.sync(server);
  two.sync(server);
  const old = server.copy();
  one.do((it) => it.keep(TWO, NOON));
  one.sync(server);
  two.sync(server);
  for (const phone of [one, two]) {
    assert.equal(await codeOf(() => phone.sync(old)), "stale_server");
    assert.equal(await codeOf(() => phone.sync(new Server())), "stale_server");
  }
  one.known = null;
  assert.ok(one.sync(old));
  assert.deepEqual([one.levels(), old.sequence], [[0, 1], 2]);
  two.known = null;
  assert.ok(two.sync(new Server()));
  assert.deepEqual(two.levels(), [0, 1]);
});

test("a server that shows two phones two stories is seen", async () => {
  const { one, two, server } = await phones();
  one.do((it) => it.keep(ONE, NOON));
  one.sync(server);
  two.sync(server);
  const other = server.copy();
  one.do((it) => it.keep(TWO, NOON));
  one.sync(server);
  two.do((it) => it.keep(THREE, NOON));
  two.sync(other);
  assert.equal(await codeOf(() => two.sync(server)), "stale_server");
  for (const level of [7, 8]) {
    two.do((it) => it.keep({ credentialSubject: { level } }, NOON));
    two.sync(other);
  }
  assert.equal(await codeOf(() => one.sync(other)), "stale_server");
});

test("a blob that is missing or another's ends the round, and nothing changed", async () => {
  const { one, two, server } = await phones();
  one.do((it) => it.keep(ONE, NOON));
  one.sync(server);
  const seen = look(two.wallet, server.manifest, null);
  assert.equal(await codeOf(() => combine(two.wallet, seen, new Map(), random)), "stale_server");
  const [wanted] = seen.fetch;
  assert.ok(wanted !== undefined);
  const changed = server.blobs.get(wanted.hash)?.map((byte, place) => (place === 200 ? byte ^ 1 : byte)) ?? new Uint8Array();
  assert.equal(await codeOf(() => combine(two.wallet, seen, new Map([[wanted.hash, changed]]), random)), "vault_unreadable");
  const stranger = (await phones()).one;
  assert.equal(await codeOf(() => stranger.sync(server)), "vault_unreadable");
});

test("the server is told nothing but opaque names and sizes", async () => {
  const { one, server } = await phones();
  one.do((it) => it.keep({ credentialSubject: { name: "Ana María" } }, NOON));
  one.sync(server);
  const all = Buffer.concat([server.manifest ?? new Uint8Array(), ...server.blobs.values()]);
  for (const word of ["Ana", "credential", one.wallet.contents.device, one.wallet.did]) assert.ok(!all.includes(word));
});

