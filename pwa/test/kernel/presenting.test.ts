/** Showing and asking: the texts are, byte for byte, those that the Python wallet makes and reads (tests/vectors/wallet). */
import assert from "node:assert/strict";
import { test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";

import { fromHex, utf8 } from "../../src/kernel/bytes.ts";
import { readDictionary } from "../../src/kernel/cborld/tables.ts";
import { didKey, didKeyMethod } from "../../src/kernel/dids.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import type { Signer } from "../../src/kernel/ports.ts";
import { isBoundTo, presentAtDesk, proveKey, showAnswer, showLive, type Shown, showStill } from "../../src/kernel/presenting.ts";
import { addProof, checkProof, proofForm } from "../../src/kernel/proof.ts";
import { makeQuestion, type Profile, questionText, readClaim, readPin, readQuestion } from "../../src/kernel/question.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { judge } from "../../src/kernel/verify/judge.ts";
import { MemorySeen } from "../../src/kernel/verify/seen.ts";
import { FORMAT, readVectors, WALLET } from "../published.ts";
import { CONTEXTS, CRYPTO, install, NOW, publicKey, seed, stamp, TABLES, world } from "./worlds.ts";

const DICTIONARY = readDictionary(CONTEXTS, TABLES);

function signerOf(name: string): Signer {
  const did = didKey(publicKey(name));
  return { did, method: didKeyMethod(did), sign: (bytes) => Promise.resolve(ed25519.sign(bytes, seed(name))) };
}

async function told<T extends object>(work: () => T | Promise<T>): Promise<T | { refused: string }> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof Refused) return { refused: fault.code };
    throw fault;
  }
}

interface ShownCase {
  readonly manner: Shown["manner"];
  readonly passes: readonly string[];
  readonly now: string;
  readonly challenge?: string;
  readonly domain?: string | null;
}

test("every text that is drawn is the one that the Python wallet draws", async () => {
  const { holder, documents, cases } = readVectors<{ holder: string; documents: Record<string, JsonObject>; cases: ShownCase[] }>(WALLET, "presenting.json");
  assert.ok(cases.length > 20);
  for (const { manner, passes, now, challenge = "", domain = null, ...wanted } of cases) {
    const chosen = passes.map((name) => documents[name] ?? {});
    const showing = { signer: signerOf(holder), dictionary: DICTIONARY, now: Date.parse(now) };
    const found = await told(() => {
      if (manner === "static") return showStill(chosen, DICTIONARY);
      return manner === "live" ? showLive(chosen, showing) : showAnswer(chosen, showing, { challenge, domain });
    });
    if ("refused" in found) assert.deepEqual(found, wanted, `${manner} ${passes.join()}`);
    else {
      assert.equal(found.manner, manner);
      const { texts, level, until } = found;
      assert.deepEqual({ texts, level, until: until === null ? null : stamp(until) }, wanted, `${manner} ${passes.join()}`);
    }
  }
});

interface AtDesk {
  readonly pass: string;
  readonly challenge: string;
  readonly now: string;
  readonly presentation?: JsonObject;
  readonly refused?: string;
}

test("what is signed for a desk is for the pass's own issuer and a desk's challenge, as in Python, and live for no verifier", async () => {
  const { holder, documents, desk } = readVectors<{ holder: string; documents: Record<string, JsonObject>; desk: AtDesk[] }>(WALLET, "presenting.json");
  const bundle = await install(world());
  for (const { pass, challenge, now, ...wanted } of desk) {
    const found = await told(async () => ({ presentation: await presentAtDesk(documents[pass] ?? {}, signerOf(holder), challenge, Date.parse(now)) }));
    assert.deepEqual(found, wanted, `${pass} ${challenge}`);
    if (!("presentation" in found)) continue;
    for (const letters of [null, "7K3M9QWX", "0"]) {
      const session = letters === null ? null : { challenge: letters, domain: null, issuedAt: Date.parse(now) };
      const { verdict, reasons } = await judge(utf8(JSON.stringify(found.presentation)), { bundle, now: Date.parse(now), floor: null, session, seen: new MemorySeen(), crypto: CRYPTO });
      assert.deepEqual([verdict, reasons], ["cannot_verify", ["challenge_mismatch"]]);
    }
  }
});

interface FormatVector {
  readonly now: string;
  readonly document: { readonly verifiableCredential: JsonObject[] };
  readonly qr_text: string;
}

test("the format's own live codes come out letter for letter", async () => {
  for (const name of ["p06-live-one.json", "p07-live-interview.json"]) {
    const vector = readVectors<FormatVector>(FORMAT, name);
    const showing = { signer: signerOf("holder1"), dictionary: DICTIONARY, now: Date.parse(vector.now) };
    const shown = await showLive(vector.document.verifiableCredential, showing);
    const whole = name.startsWith("p06") ? [vector.qr_text] : readVectors<{ frames: string[] }>(FORMAT, "frames.json").frames;
    assert.deepEqual(shown.texts, whole);
  }
});

test("a bundle without tables has no entry to write under", async () => {
  const empty = readDictionary(CONTEXTS, { entries: {} });
  const pass = readVectors<{ document: JsonObject }>(FORMAT, "p01-competence-paper.json").document;
  assert.deepEqual(await told(() => showStill([pass], empty)), { refused: "unknown_registry_entry" });
});

test("a key is proved for one challenge and domain, and shows no pass", async () => {
  const signer = signerOf("holder1");
  const document = await proveKey(signer, { challenge: "c3VwZXI", domain: "formacion.example" }, NOW);
  assert.ok(!("verifiableCredential" in document));
  const proof = proofForm(document, "authentication");
  await checkProof(document, proof, publicKey("holder1"), CRYPTO);
  assert.deepEqual([proof.challenge, proof.domain, proof.created], ["c3VwZXI", "formacion.example", "2026-11-22T00:30:00Z"]);
  assert.ok(!isBoundTo(document, signer.did));
});

test("a proof is added once, over contexts that are texts", async () => {
  const signer = signerOf("holder1");
  const twice = { "@context": ["https://www.w3.org/ns/credentials/v2"], proof: {} };
  assert.deepEqual(await told(() => addProof(twice, signer, { purpose: "authentication" })), { refused: "invalid_shape" });
  for (const context of [undefined, "https://www.w3.org/ns/credentials/v2", [{}]]) {
    const document = context === undefined ? {} : { "@context": context };
    assert.deepEqual(await told(() => addProof(document, signer, { purpose: "authentication" })), { refused: "unknown_context" });
  }
});

interface Asked {
  readonly requests: readonly { readonly text: string; readonly profile: Profile }[];
  readonly claims: readonly { readonly text: string }[];
  readonly pins: readonly { readonly text: string }[];
  readonly made: readonly { readonly drawn: string; readonly profile: Profile; readonly text: string }[];
}
const ASKED = readVectors<Asked>(WALLET, "questions.json");

test("requests, claim codes and PINs are read as the Python wallet reads them", async () => {
  for (const row of ASKED.requests) {
    const { text, profile } = row;
    assert.deepEqual({ text, ...(await told(() => readQuestion(text, profile))), profile }, row);
  }
  for (const row of ASKED.claims) assert.deepEqual({ text: row.text, ...(await told(() => ({ read: readClaim(row.text) }))) }, row);
  for (const row of ASKED.pins) assert.deepEqual({ text: row.text, ...(await told(() => ({ read: readPin(row.text) }))) }, row);
});

test("a request that is scanned before anything is chosen brings its own profile, and no other than the two", async () => {
  assert.equal(readQuestion("VQ1-H7K3M9QWX.CAFE", null).profile, "hiring");
  assert.deepEqual(await told(() => readQuestion("VQ1-S7K3M9QWX.CAFE", null)), { refused: "over_asking" });
  assert.deepEqual(await told(() => readQuestion("7K3M9QWX", null)), { refused: "bad_request" });
});

test("a verifier's letters use all forty bits, and what is asked is what is read", async () => {
  for (const { drawn, profile, text } of ASKED.made) {
    const made = makeQuestion(profile, "CAFE 1", (length) => fromHex(drawn).subarray(0, length));
    assert.equal(questionText(made), text);
    assert.deepEqual(readQuestion(text, profile), made);
  }
  const random = (length: number): Uint8Array => new Uint8Array(length);
  for (const name of ["", "café", "A".repeat(25), "A.B", "a"]) {
    assert.deepEqual(await told(() => makeQuestion("interview", name, random)), { refused: "bad_request" }, name);
  }
});
