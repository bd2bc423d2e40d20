/** The procedure V1 to V26 on texts: each step's refusal and each mark, by worlds that differ in one thing. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";

import type { InstalledBundle } from "../../src/kernel/bundle/installed.ts";
import { base58, hex, sha256, utf8 } from "../../src/kernel/bytes.ts";
import { canonical } from "../../src/kernel/canonical.ts";
import { writeCbor } from "../../src/kernel/cbor.ts";
import { toText } from "../../src/kernel/cborld/text.ts";
import { base45 } from "../../src/kernel/base45.ts";
import { didKey, didKeyMethod } from "../../src/kernel/dids.ts";
import { framesOf } from "../../src/kernel/frames.ts";
import { leafOf, type LogProof } from "../../src/kernel/issuedlog.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import { proofHash } from "../../src/kernel/proof.ts";
import type { World as Ground } from "../../src/kernel/verify/ground.ts";
import { isTooOld } from "../../src/kernel/trust.ts";
import { judge } from "../../src/kernel/verify/judge.ts";
import { MemorySeen } from "../../src/kernel/verify/seen.ts";
import type { Report } from "../../src/words/report.ts";
import { CRYPTO, DAY, install, issuerRow, NOW, type Plan, publicKey, seed, stamp, world } from "./worlds.ts";

const NORMA = "did:web:norma.example";
const HOLDER = didKey(publicKey("holder1"));
const BUNDLE = await install(world());
const CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/puente/v1"];

function entry(host: string, number: number, statusPurpose: string, statusListIndex: string): JsonObject {
  return { type: "BitstringStatusListEntry", statusPurpose, statusListIndex, statusListCredential: `https://${host}/s/${number}` };
}

function sign(document: JsonObject, key: string, method: string, purpose = "assertionMethod", more: JsonObject = {}): JsonObject {
  const proof: JsonObject = {
    type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", proofPurpose: purpose, verificationMethod: method,
    "@context": document["@context"] ?? null, ...more,
  };
  const signature = ed25519.sign(proofHash(document, proof), seed(key));
  return { ...document, proof: { ...proof, proofValue: `z${base58(signature)}` } };
}

function pass(changes: JsonObject = {}, subject: JsonObject = {}): JsonObject {
  return {
    "@context": CONTEXTS,
    type: ["VerifiableCredential", "CompetencePass"],
    issuer: NORMA,
    validFrom: "2026-03-10T00:00:00Z",
    validUntil: "2029-03-10T00:00:00Z",
    credentialStatus: [entry("norma.example", 1, "revocation", "500"), entry("norma.example", 2, "suspension", "600")],
    credentialSubject: { id: HOLDER, name: "Ana María Pérez Gómez", scheme: "SENA-NSCL", norm: 220201501, level: "intermedio", ...subject },
    ...changes,
  };
}

function signed(changes: JsonObject = {}, subject: JsonObject = {}): JsonObject {
  return sign(pass(changes, subject), "norma", `${NORMA}#k1`);
}

function present(passes: JsonObject[], more: JsonObject = {}, key = "holder1", purpose = "authentication"): JsonObject {
  const method = didKeyMethod(didKey(publicKey(key)));
  const bare = { "@context": CONTEXTS.slice(0, 1), type: ["VerifiablePresentation"], verifiableCredential: passes };
  return sign(bare, key, method, purpose, { created: stamp(NOW - 20_000), challenge: "0", ...more });
}

function text(documents: JsonObject | JsonObject[]): string {
  return toText(documents, BUNDLE.dictionary, 5799);
}

async function look(raw: string | readonly string[] | Uint8Array, changes: Partial<Ground> = {}): Promise<Report> {
  return judge(raw, { bundle: BUNDLE, now: NOW, floor: null, session: null, seen: new MemorySeen(), crypto: CRYPTO, ...changes });
}

function told({ verdict, reasons, steps }: Report): string {
  return [verdict, ...reasons.map((code, place) => `${steps[place]}:${code}`)].join(" ");
}

async function outcome(document: JsonObject | JsonObject[], changes: Partial<Ground> = {}): Promise<string> {
  return told(await look(text(document), changes));
}

async function by(plan: Plan): Promise<InstalledBundle> {
  return install(world(plan));
}

test("a good pass is valid, says who, what and as of when", async () => {
  const report = await look(text(signed()));
  assert.equal(told(report), "valid");
  assert.equal(report.level, "copy");
  const [one] = report.passes;
  assert.deepEqual([one?.type, one?.scheme, one?.tier, one?.statusAge], ["CompetencePass", "SENA-NSCL", "T1", 0]);
  assert.equal(one?.asOf, stamp(NOW - 3_600_000));
  assert.equal(one?.issuer?.name["es"], "Entidad norma");
  assert.equal(one?.claims?.["name"], "Ana María Pérez Gómez");
});

test("V1, V2: no bundle, old root, clocks behind and far ahead, an expired timestamp", async () => {
  assert.equal(await outcome(signed(), { bundle: null }), "cannot_verify V1:no_bundle");
  assert.equal(await outcome(signed(), { now: NOW + 731 * DAY }), "cannot_verify V1:root_expired");
  assert.equal(await outcome(signed(), { bundle: { ...BUNDLE, canaryFault: true } }), "cannot_verify V1:canary");
  assert.equal(await outcome(signed(), { now: NOW - DAY }), "valid_as_of V2:clock_behind");
  assert.equal(await outcome(signed(), { floor: NOW + 301_000 }), "valid_as_of V2:clock_behind");
  assert.equal(await outcome(signed(), { floor: NOW + 300_000 }), "valid");
  const far = { now: NOW + 401 * DAY };
  assert.equal(await outcome(signed({ validUntil: "2027-12-01T00:00:00Z" }), far), "cannot_verify V1:bundle_expired V2:clock_far V19:clock_doubt V22:status_too_old");
  assert.equal(await outcome(signed({ validUntil: "2026-11-01T00:00:00Z" }), far), "expired V1:bundle_expired V2:clock_far V19:expired V22:status_too_old");
  const late = await by({ lives: { timestamp: 1_800_000, snapshot: 1_800_000 } });
  assert.equal(await outcome(signed(), { bundle: late }), "valid_as_of V1:bundle_expired");
});

test("a list too old for every rule is known as such from the day on which no pass with a state is found good", async () => {
  const ages = [...BUNDLE.policy.rules.values()].filter(({ purposes }) => purposes.length > 0).map(({ maxAge }) => maxAge);
  const newest = Math.max(...[...BUNDLE.lists.values()].map(({ signedAt }) => signedAt));
  const last = newest + Math.max(...ages);
  assert.deepEqual([last, last + 1].map((t) => isTooOld(BUNDLE, t)), [false, true]);
  assert.equal(isTooOld(null, last + 1), false);
  assert.match(await outcome(signed(), { now: last + 1 }), /status_too_old/);
});

test("V3, V4: foreign texts are named and never opened; frames are joined", async () => {
  const looks: [string, string | null][] = [
    ["https://verifica.example/#VC1-R", "url"], ["shc:/5676", "smart_health_card"], ["HC1:6BF", "eu_dcc"], ["eyJ.eyJ.sig~x~", "jwt"],
    ['{"a":1}', "json"], ["VD1-X", "puente_update"], ["VR1-RAA", "puente_log_proof"], ["VQ1-I", "puente_request"], ["VO1-7KQ4M2XW9T", "puente_claim"],
    ["4T7K9QZDM3XBW8HN2VCER6PJ5YAF", "puente_sheet"], ["4T7K-9QZD-M3XB-W8HN-2VCE-R6PJ-5YAF", "puente_sheet"], ["4T7K9QZDM3XBW8HN2VCER6PJ5YAU", "base45"],
    ["VC1-BABC", "other_credential"], ["0123456789ABCDEFGHIJ", "base45"], ["hola", null], ["", null], ["WIFI:S:x;;", "url"],
  ];
  for (const [foreign, name] of looks) {
    const report = await look(foreign);
    assert.equal(told(report), "cannot_verify V4:unsupported_prefix", foreign);
    assert.deepEqual([report.looksLike, report.passes.length], [name, 0], foreign);
  }
  assert.equal(told(await look("A".repeat(4_297))), "cannot_verify V3:limits_exceeded");
  const pair = text(present([signed(), signed()]));
  const frames = framesOf(pair);
  assert.equal(told(await look([...frames].reverse())), "valid");
  assert.equal(told(await look(frames.slice(1))), "cannot_verify V4:frames_incomplete");
  assert.equal(told(await look(new Array<string>(73).fill("x"))), "cannot_verify V3:limits_exceeded");
});

test("several codes are one report under the worst of them", async () => {
  const report = await look([text(signed()), "https://x.example", text(signed({ validUntil: "2026-05-01T00:00:00Z" }))]);
  assert.equal(told(report), "expired V19:expired");
  assert.equal(report.passes.length, 2);
  assert.equal(report.level, "copy");
});

test("V9, V10: JSON as it came; contexts, types, schema, dates", async () => {
  const json = (document: JsonObject): Uint8Array => utf8(JSON.stringify(document));
  assert.equal(told(await look(json(signed()))), "valid");
  assert.equal(told(await look(json(present([signed()])))), "valid");
  assert.equal(told(await look(utf8("[]"))), "cannot_verify V7:malformed_json");
  assert.equal(told(await look(json({ ...signed(), "@context": [...CONTEXTS, "https://x.example"] }))), "cannot_verify V9:unknown_context");
  assert.equal(told(await look(json({ ...signed(), unheardOf: 1 }))), "cannot_verify V9:unknown_property");
  assert.equal(told(await look(json(present([])))), "cannot_verify V9:invalid_shape");
  assert.equal(told(await look(json(present(new Array<JsonObject>(9).fill(signed()))))), "cannot_verify V9:limits_exceeded");
  assert.equal(await outcome(signed({ type: ["VerifiableCredential", "JsonSchema"] })), "cannot_verify V10:unknown_type");
  assert.equal(await outcome(signed({}, { scheme: "RUMV" })), "cannot_verify V10:unknown_type");
  assert.equal(await outcome(signed({}, { name: "x".repeat(81) })), "cannot_verify V10:schema");
  for (const validFrom of ["2026-03-10", "2026-02-30T00:00:00Z", "2026-03-10T24:00:00Z", "2026-03-10T00:00:00+15:00", "yesterday"]) {
    assert.equal(await outcome(signed({ validFrom })), "cannot_verify V10:schema", validFrom);
  }
  assert.equal(await outcome(signed({ validFrom: "2026-03-10T00:00:00.5-05:00" })), "valid");
});

test("V11 to V15: the proof's form, its key, its signature", async () => {
  const spoiled = (changes: JsonObject): JsonObject => {
    const document = signed();
    return { ...document, proof: { ...(document["proof"] as JsonObject), ...changes } };
  };
  const by_ = async (document: JsonObject): Promise<string> => told(await look(utf8(JSON.stringify(document))));
  assert.equal(await by_(pass()), "cannot_verify V11:invalid_shape");
  assert.equal(await by_({ ...pass(), proof: [] }), "cannot_verify V11:invalid_shape");
  assert.equal(await by_(spoiled({ cryptosuite: "eddsa-rdfc-2022" })), "cannot_verify V11:wrong_cryptosuite");
  assert.equal(await by_(spoiled({ proofPurpose: "authentication" })), "cannot_verify V11:wrong_proof_purpose");
  assert.equal(await by_(spoiled({ "@context": CONTEXTS.slice(0, 1) })), "cannot_verify V11:unknown_context");
  assert.equal(await by_(spoiled({ nonce: "x" })), "cannot_verify V11:invalid_shape");
  assert.equal(await by_(spoiled({ verificationMethod: "did:web:permiso.example#k1" })), "cannot_verify V12:issuer_mismatch");
  assert.equal(await by_(spoiled({ verificationMethod: `${NORMA}#k9` })), "cannot_verify V12:unknown_key");
  assert.equal(await by_(sign(pass({ issuer: "did:web:otra.example" }), "otra", "did:web:otra.example#k1")), "cannot_verify V12:unknown_issuer");
  assert.equal(await by_(spoiled({ proofValue: "uAAEC" })), "cannot_verify V15:invalid_signature");
  assert.equal(await by_(sign(pass(), "otra", `${NORMA}#k1`)), "cannot_verify V15:invalid_signature");
  const report = await look(utf8(JSON.stringify(sign(pass(), "otra", `${NORMA}#k1`))));
  assert.deepEqual([report.passes[0]?.issuer, report.passes[0]?.claims], [null, null]);
});

test("V12 to V16: what a person states of herself is never green; scope names the issuer, not the claims", async () => {
  const own = sign(pass({ issuer: HOLDER, credentialStatus: [] }), "holder1", didKeyMethod(HOLDER));
  assert.equal(told(await look(utf8(JSON.stringify(own)))), "cannot_verify V12:self_declared");
  const out = await look(text(sign(pass({ issuer: "did:web:permiso.example" }), "permiso", "did:web:permiso.example#k1")));
  assert.equal(told(out), "cannot_verify V16:out_of_scope");
  assert.deepEqual([out.passes[0]?.issuer?.did, out.passes[0]?.tier, out.passes[0]?.claims], ["did:web:permiso.example", null, null]);
});

async function withKey(changes: JsonObject): Promise<InstalledBundle> {
  return by({ files: (files) => {
    const [key] = issuerRow("norma")["keys"] as JsonObject[];
    files["registry.json"] = { version: 1, issuers: [issuerRow("norma", { keys: [{ ...key, ...changes }] })] };
  } });
}

test("V17: the life of the key, and a log proof for a stolen one", async () => {
  assert.equal(await outcome(signed(), { bundle: await withKey({ state: "announced" }) }), "cannot_verify V17:key_window");
  assert.equal(await outcome(signed(), { bundle: await withKey({ state: "retired" }) }), "valid");
  assert.equal(await outcome(signed(), { bundle: await withKey({ state: "suspended" }) }), "under_review V17:key_review");
  assert.equal(await outcome(signed(), { bundle: await withKey({ notBefore: "2026-04-01T00:00:00Z" }) }), "cannot_verify V17:key_window");
  assert.equal(await outcome(signed(), { bundle: await withKey({ notAfter: "2026-03-10T00:00:00Z" }) }), "valid");
  assert.equal(await outcome(signed(), { bundle: await withKey({ notAfter: "2026-03-09T23:59:59Z" }) }), "cannot_verify V17:key_window");

  const document = signed();
  const value = String((document["proof"] as JsonObject)["proofValue"]);
  const signature = ed25519.sign(proofHash(pass(), document["proof"] as JsonObject), seed("norma"));
  assert.equal(`z${base58(signature)}`, value);
  const salt = new Uint8Array(16);
  const sibling = sha256(utf8("another leaf"));
  const proof: LogProof = {
    method: `${NORMA}#k1`, signatureHash: sha256(signature), listUrl: "https://norma.example/s/1", index: 500, salt, leafIndex: 0, size: 2, path: [sibling],
  };
  const root = sha256(Uint8Array.of(1, ...leafOf(proof), ...sibling));
  const written = (changes: Partial<LogProof> = {}): string => {
    const row = { ...proof, ...changes };
    return `VR1-R${base45(writeCbor([1, row.method, row.signatureHash, row.listUrl, row.index, row.salt, row.leafIndex, row.size, [...row.path]]))}`;
  };
  const bundle = await withKey({ state: "compromised", frozenCheckpoint: { size: 2, root: hex(root) } });
  assert.equal(await outcome(document, { bundle }), "cannot_verify V17:key_compromised");
  assert.equal(told(await look([text(document), written()], { bundle })), "valid");
  assert.equal(await outcome(document, { bundle, logProofs: ["VR1-RXX", written()] }), "valid");
  for (const changes of [{ index: 501 }, { leafIndex: 1 }, { size: 3 }, { path: [] }, { path: [sibling, sibling] }, { signatureHash: sibling }, { method: `${NORMA}#k2` }]) {
    assert.equal(await outcome(document, { bundle, logProofs: [written(changes)] }), "cannot_verify V17:key_compromised");
  }
});

test("V18 to V22: dates, status entries, bits, ages", async () => {
  assert.equal(await outcome(signed({ validFrom: stamp(NOW + 300_000) })), "valid");
  assert.equal(await outcome(signed({ validFrom: stamp(NOW + 301_000) })), "cannot_verify V18:not_yet_valid");
  assert.equal(await outcome(signed({ validUntil: stamp(NOW) })), "valid");
  assert.equal(await outcome(signed({ validUntil: stamp(NOW - 1_000) })), "expired V19:expired");
  const host = "norma.example";
  const suspension = entry(host, 2, "suspension", "600");
  const status = async (...credentialStatus: JsonObject[]): Promise<string> => outcome(signed({ credentialStatus }));
  assert.equal(await status(suspension), "cannot_verify V20:status_missing");
  assert.equal(await status(entry(host, 9, "revocation", "5"), suspension), "cannot_verify V20:status_missing");
  assert.equal(await status(entry("permiso.example", 1, "revocation", "5"), suspension), "cannot_verify V20:status_mismatch");
  assert.equal(await status(entry(host, 2, "revocation", "5"), suspension), "cannot_verify V20:status_mismatch");
  for (const index of ["131072", "007", "-1", "5.0", ""]) {
    assert.equal(await status(entry(host, 1, "revocation", index), suspension), "cannot_verify V20:status_mismatch", index);
  }
  const set = (url: string, at: number): Promise<InstalledBundle> => by({ set: { [`https://norma.example/s/${url}`]: [at] } });
  assert.equal(await outcome(signed(), { bundle: await set("1", 500) }), "revoked V21:revoked");
  assert.equal(await outcome(signed(), { bundle: await set("2", 600) }), "under_review V21:suspended");
  assert.equal(await outcome(signed(), { bundle: await set("1", 499) }), "valid");
  const old = await by({ lives: { timestamp: 400 * DAY } });
  assert.equal(await outcome(signed(), { bundle: old, now: NOW + 3 * DAY }), "valid_as_of V22:stale");
  assert.equal(await outcome(signed(), { bundle: old, now: NOW + 30 * DAY }), "cannot_verify V22:status_too_old");
});

test("V23 to V25: the holder, the challenge, the clock, the second showing", async () => {
  const good = present([signed(), signed()]);
  const report = await look(text(good));
  assert.equal(told(report), "valid");
  assert.deepEqual([report.level, report.sameHolder], ["live", true]);
  assert.equal(await outcome(present([signed()], {}, "holder2")), "cannot_verify V23:holder_mismatch");
  assert.equal(await outcome(present([signed()], {}, "holder1", "assertionMethod")), "cannot_verify V23:wrong_proof_purpose");
  const swapped = { ...good, verifiableCredential: [signed({ validUntil: "2029-03-09T00:00:00Z" })] };
  assert.equal(await outcome(swapped), "cannot_verify V23:invalid_signature");
  assert.equal(await outcome(present([signed()], { challenge: "K7M3QX9A" })), "cannot_verify V24:challenge_mismatch");
  for (const [away, verdict] of [[90_000, "valid"], [91_000, "cannot_verify V24:stale_presentation"], [-90_000, "valid"], [-91_000, "cannot_verify V24:stale_presentation"]] as const) {
    assert.equal(await outcome(present([signed()], { created: stamp(NOW + 20_000) }), { now: NOW + 20_000 + away }), verdict);
  }
  const session = { challenge: "K7M3QX9A", domain: "TALLER", issuedAt: NOW - 120_000 };
  const answer = present([signed()], { challenge: "K7M3QX9A", domain: "TALLER", created: stamp(NOW + DAY) });
  const live = await look(text(answer), { session });
  assert.deepEqual([told(live), live.level], ["valid", "live_challenge"]);
  assert.equal(await outcome(answer, { session: { ...session, issuedAt: NOW - 121_000 } }), "cannot_verify V24:stale_presentation");
  assert.equal(await outcome(answer, { session: { ...session, domain: "OTRO" } }), "cannot_verify V24:domain_mismatch");
  assert.equal(await outcome(present([signed()]), { session }), "cannot_verify V24:challenge_mismatch");
  const seen = new MemorySeen();
  assert.equal((await look(text(good), { seen })).seenBefore, null);
  const second = await look(text(good), { seen, now: NOW + 7_000 });
  assert.deepEqual([second.verdict, second.seenBefore, second.reasons.length], ["valid", 7, 0]);
  const ended = present([signed(), sign(pass(), "otra", `${NORMA}#k1`)], {}, "holder2");
  assert.equal(await outcome(ended), "cannot_verify V15:invalid_signature V23:holder_mismatch");
});

test("any bytes and any text end in a graded verdict", async () => {
  const random = (size: number, salt: number): Uint8Array => {
    const parts = Array.from({ length: Math.ceil(size / 32) }, (_, place) => [...sha256(utf8(`${salt}/${place}`))]);
    return Uint8Array.from(parts.flat().slice(0, size));
  };
  const good = text(signed());
  for (let salt = 0; salt < 400; salt += 1) {
    const noise = random((salt * 13) % 900, salt);
    const place = 5 + (salt % (good.length - 5));
    const raws = [noise, `VC1-R${base45(noise)}`, `${good.slice(0, place)}${"0A$Z"[salt % 4]}${good.slice(place + 1)}`, good.slice(0, place)];
    for (const raw of raws) {
      const report = await look(raw);
      assert.ok(report.verdict === "cannot_verify" || raw === good, told(report));
    }
  }
  assert.equal(hex(canonical(signed())), hex(canonical(signed())));
});
