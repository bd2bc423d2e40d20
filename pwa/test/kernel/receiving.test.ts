/** Receiving and picking up: what is worth keeping, and what goes over the wire, are the Python wallet's (tests/vectors/wallet). */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";

import { installBundle } from "../../src/kernel/bundle/install.ts";
import type { InstalledBundle } from "../../src/kernel/bundle/installed.ts";
import { fromBase64, plainUtf8, textOf, utf8 } from "../../src/kernel/bytes.ts";
import { didKey, didKeyMethod } from "../../src/kernel/dids.ts";
import { framesOf } from "../../src/kernel/frames.ts";
import type { JsonObject, JsonValue } from "../../src/kernel/json.ts";
import { openPickup, takePickup } from "../../src/kernel/pickup.ts";
import type { Post } from "../../src/kernel/ports.ts";
import { type Arrival, judgeDocument, receive, receiveAll, sentOf } from "../../src/kernel/receiving.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { readVectors, ROOT, WALLET } from "../published.ts";
import { CRYPTO, publicKey, seed } from "./worlds.ts";

const BUNDLES = readVectors<Readonly<Record<string, { readonly container: string; readonly root: string; readonly now: string }>>>(
  join(ROOT, "tests", "vectors", "cases"), "bundles.json",
);
const installed = new Map<string, Promise<InstalledBundle>>();

function bundleOf(name: string): Promise<InstalledBundle> {
  const row = BUNDLES[name];
  assert.ok(row !== undefined);
  const bytes = (text: string): Uint8Array => fromBase64(text, 8 * 1024 * 1024) ?? new Uint8Array();
  const made = installed.get(name) ?? installBundle(bytes(row.container), { trustedRoot: bytes(row.root), now: Date.parse(row.now), former: null, crypto: CRYPTO });
  installed.set(name, made);
  return made;
}

interface Received {
  readonly text?: string;
  readonly json?: string;
  readonly bundle: string | null;
  readonly now: string;
  readonly floor: string | null;
  readonly arrivals: readonly { readonly verdict: string; readonly reasons: readonly string[]; readonly kept: boolean }[];
}
const RECEIVED = readVectors<{ readonly did: string; readonly cases: readonly Received[] }>(WALLET, "receiving.json");

const told = (arrivals: readonly Arrival[]): unknown => arrivals.map(({ verdict, reasons, document }) => ({ verdict, reasons, kept: document !== null }));

test("what came is kept or explained as the Python wallet does", async () => {
  assert.ok(RECEIVED.cases.length > 40);
  for (const { text, json = "", bundle, now, floor, arrivals } of RECEIVED.cases) {
    const by = { bundle: bundle === null ? null : await bundleOf(bundle), now: Date.parse(now), floor: floor === null ? null : Date.parse(floor), crypto: CRYPTO };
    const found = await receive(text ?? utf8(json), RECEIVED.did, by);
    assert.deepEqual(told(found), arrivals, text ?? json);
  }
});

test("what is kept is the pass to the member, with its report", async () => {
  const { json = "", now } = RECEIVED.cases.find(({ json, arrivals }) => json !== undefined && arrivals[0]?.kept) ?? assert.fail();
  const by = { bundle: await bundleOf("plain"), now: Date.parse(now), floor: null, crypto: CRYPTO };
  const [arrival] = await receive(utf8(json), RECEIVED.did, by);
  assert.deepEqual(arrival?.document, JSON.parse(json));
  assert.equal(arrival?.report?.passes[0]?.tier, "T1");
  assert.deepEqual(await judgeDocument(JSON.parse(json) as JsonObject, by), arrival?.report);
});

test("the codes of one look are each read, frames together, each once", async () => {
  const one = RECEIVED.cases[0]?.text ?? "";
  const pair = RECEIVED.cases.find(({ text, arrivals }) => text?.startsWith("VC1-") && arrivals.length === 2)?.text?.trim() ?? "";
  const by = { bundle: await bundleOf("plain"), now: Date.parse(RECEIVED.cases[0]?.now ?? ""), floor: null, crypto: CRYPTO };
  const look = [one, ...framesOf(pair).reverse(), one, "https://x.example/"];
  assert.deepEqual((await receive(look, RECEIVED.did, by)).map(({ verdict }) => verdict), ["valid", "valid", "valid"]);
  assert.deepEqual((await receive(new Array(9).fill(0).map((_, place) => `VC1-R${place}`), RECEIVED.did, by))[0]?.reasons, ["limits_exceeded"]);
});

test("a file is a credential in JSON, or the text of a code", () => {
  assert.deepEqual(sentOf(utf8(' \n{"a":1}')), utf8(' \n{"a":1}'));
  assert.equal(sentOf(utf8("VC1-RABC\r\n")), "VC1-RABC\r\n");
  assert.equal(sentOf(utf8("\ufeffVC1-RABC")), "VC1-RABC");
  assert.deepEqual(sentOf(Uint8Array.from([0xff, 0xfe, 0x7b, 0, 0x7d, 0])), utf8("{}"));
  assert.deepEqual(sentOf(Uint8Array.from([0xfe, 0xff, 0, 0x7b, 0, 0x7d])), utf8("{}"));
  assert.equal(plainUtf8(Uint8Array.from([0xff, 0xfe, 0])).length, 3); // half a letter: not marked text
});

interface Picked {
  readonly code: string;
  readonly pin: string;
  readonly opened?: JsonValue;
  readonly given?: JsonValue;
  readonly media: readonly [string, string];
  readonly posted: readonly (readonly [string, string])[];
  readonly picked?: number;
  readonly refused?: string;
}
interface Pickups {
  readonly holder: string;
  readonly now: string;
  readonly opened: JsonValue;
  readonly given: { readonly credentials: readonly { readonly credential: JsonObject }[] };
  readonly cases: readonly Picked[];
}

test("a pick-up posts what the Python wallet posts, byte for byte, and reads answers as it does", async () => {
  const { holder, now, cases, ...usual } = readVectors<Pickups>(WALLET, "pickup.json");
  const did = didKey(publicKey(holder));
  const signer = { did, method: didKeyMethod(did), sign: (bytes: Uint8Array) => ed25519.sign(bytes, seed(holder)) };
  for (const { code, pin, opened = usual.opened, given = usual.given, media, posted, ...wanted } of cases) {
    const sent: [string, string][] = [];
    const post: Post = (path, body) => {
      sent.push([path, textOf(body)]);
      const late = path.endsWith("/present");
      return Promise.resolve({ mediaType: media[late ? 1 : 0], body: utf8(JSON.stringify(late ? given : opened)) });
    };
    let found: { picked: number } | { refused: string };
    try {
      const { credentials, badge } = await takePickup(await openPickup(code, pin, post), signer, Date.parse(now), post);
      assert.deepEqual(credentials, usual.given.credentials.map(({ credential }) => credential));
      assert.deepEqual(badge, null);
      found = { picked: credentials.length };
    } catch (fault) {
      assert.ok(fault instanceof Refused, String(fault));
      found = { refused: fault.code };
    }
    assert.deepEqual(found, wanted, JSON.stringify(opened));
    assert.deepEqual(sent, posted);
  }
});

test("what was picked up is judged like anything else", async () => {
  const { given } = readVectors<Pickups>(WALLET, "pickup.json");
  const by = { bundle: await bundleOf("revoked"), now: Date.parse("2026-11-22T00:30:20Z"), floor: null, crypto: CRYPTO };
  const arrivals = await receiveAll(given.credentials.map(({ credential }) => credential), RECEIVED.did, by);
  assert.deepEqual(told(arrivals), [1, 2].map(() => ({ verdict: "revoked", reasons: ["revoked"], kept: false })));
});
