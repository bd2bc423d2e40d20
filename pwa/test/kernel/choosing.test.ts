/** Choosing: profiles hold claim by claim, offers and what a reader sees are the Python wallet's (tests/vectors/wallet). */
import assert from "node:assert/strict";
import { test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";

import { display, type Held, passesFor, type Wish } from "../../src/kernel/choosing.ts";
import { didKey, didKeyMethod } from "../../src/kernel/dids.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import type { Manner } from "../../src/kernel/presenting.ts";
import { claimsBeyond, mayShow, requireWithin } from "../../src/kernel/profiles.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { seenClaims } from "../../src/kernel/seeing.ts";
import { MemorySeen } from "../../src/kernel/verify/seen.ts";
import { judge } from "../../src/kernel/verify/judge.ts";
import { readVectors, WALLET } from "../published.ts";
import { CRYPTO, install, NOW, publicKey, seed, world } from "./worlds.ts";

interface Cases {
  readonly profiles: Readonly<Record<string, JsonObject>>;
  readonly within: readonly { readonly document: JsonObject; readonly profiles: string; readonly outcomes: Readonly<Record<string, string>> }[];
  readonly did: string;
  readonly held: Readonly<Record<string, JsonObject>>;
  readonly chosen: readonly { readonly held: readonly string[]; readonly manner: Manner; readonly profile: string; readonly passes: readonly string[] }[];
  readonly seen: readonly { readonly document: JsonObject; readonly rows: readonly Readonly<Record<string, unknown>>[] }[];
}
const CASES = readVectors<Cases>(WALLET, "choosing.json");
const POLICY = CASES.profiles["policy"] ?? {};

function outcome(document: JsonObject, profile: string, profiles: JsonObject): string {
  try {
    requireWithin([document], profile, profiles);
    return "";
  } catch (fault) {
    assert.ok(fault instanceof Refused);
    const [first] = fault.code === "over_asking" ? claimsBeyond(document, profile, profiles) : [];
    return `${fault.code} /0${first === undefined ? "" : `/credentialSubject/${first}`}`;
  }
}

test("a profile lets through what it lists, and names what it does not, as in Python", () => {
  assert.ok(CASES.within.length > 200);
  for (const { document, profiles, outcomes } of CASES.within) {
    const policy = CASES.profiles[profiles] ?? {};
    for (const [profile, wanted] of Object.entries(outcomes)) {
      assert.equal(outcome(document, profile, policy), wanted, `${JSON.stringify(document)} ${profile}`);
      assert.equal(mayShow(document, profile, policy), wanted === "");
    }
  }
});

test("one pass of each content is offered: bound for a live code, unbound for a still one, as in Python", () => {
  for (const { held, manner, profile, passes } of CASES.chosen) {
    const kept: Held[] = held.map((name) => ({ name, document: CASES.held[name] ?? {} }));
    const found = passesFor(kept, { manner, profile, did: CASES.did }, POLICY).slice(0, 4).map(({ name }) => name);
    assert.deepEqual(found, passes, `${held.join()} ${manner} ${profile}`);
  }
});

test("a reader sees every claim of a pass, in order, with the table of its words, as in Python", () => {
  for (const { document, rows } of CASES.seen) {
    assert.deepEqual(seenClaims(document).map((row) => ({ ...row, word: row.word.replace("claim.", "") })), rows);
  }
});

test("a wish is drawn within its profile alone, and is judged as meant", async () => {
  const bundle = await install(world({ files: (files) => {
    const policy = files["policy.json"] as JsonObject;
    files["policy.json"] = { ...policy, profiles: POLICY };
  } }));
  const { holder, documents } = readVectors<{ holder: string; documents: Record<string, JsonObject> }>(WALLET, "presenting.json");
  const did = didKey(publicKey(holder));
  const signer = { did, method: didKeyMethod(did), sign: (bytes: Uint8Array) => ed25519.sign(bytes, seed(holder)) };
  const passes = [documents["competence"] ?? {}];
  const question = { profile: "interview", challenge: "7K3M9QWX", domain: "CAFE" } as const;
  const judged = async (wish: Partial<Wish>, letters: typeof question | null = null): Promise<string> => {
    try {
      const shown = await display(passes, { manner: "live", profile: "interview", question: null, ...wish }, { bundle, signer, now: NOW });
      const session = letters === null ? null : { ...letters, issuedAt: NOW };
      const report = await judge(shown.texts, { bundle, now: NOW, floor: null, session, seen: new MemorySeen(), crypto: CRYPTO });
      return `${report.verdict} ${report.level}`;
    } catch (fault) {
      assert.ok(fault instanceof Refused);
      return fault.code;
    }
  };
  assert.equal(await judged({ manner: "static" }), "valid copy");
  assert.equal(await judged({}), "valid live");
  assert.equal(await judged({ manner: "answer", question }, question), "valid live_challenge");
  assert.equal(await judged({ manner: "answer" }), "bad_request");
  assert.equal(await judged({ manner: "answer", question: { ...question, profile: "hiring" } }), "over_asking");
  assert.equal(await judged({ profile: "health" }), "over_asking");
});
