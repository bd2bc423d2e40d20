// Others agree, in both directions: npm packages that we did not write decode and verify what we issue, and what they
// issue and encode verifies here. With PUENTE_DEMO=DIR every QR of that demo is checked; the format's vectors always are.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { installBundle } from "../src/kernel/bundle/install.ts";
import { judge } from "../src/kernel/verify/judge.ts";
import { MemorySeen } from "../src/kernel/verify/seen.ts";
import { fromText, toText } from "../src/kernel/cborld/text.ts";
import { bitsOf, checkDemo, decodeText, issue, loaderOf, partsOf, readJson, statusOf, verifyParts } from "../tools/interop.mjs";
import { CRYPTO, install, world } from "./kernel/worlds.ts";
import { FORMAT } from "./published.ts";

const WORLD = { documents: readJson(join(FORMAT, "contexts.json")), tables: readJson(join(FORMAT, "tables.json")) };
const LISTS = readJson(join(FORMAT, "status-lists.json"));
const DEMO = process.env.PUENTE_DEMO;

for (const name of readdirSync(FORMAT).filter((file) => /^p\d/.test(file))) {
  test(`${name}: the packages decode and verify it, and refuse it when one claim is changed`, async () => {
    const row = readJson(join(FORMAT, name));
    const parts = partsOf(await decodeText(row.qr_text, WORLD));
    assert.deepEqual(parts.presentation ?? (Array.isArray(row.document) ? parts.credentials : parts.credentials[0]), row.document);
    const checkStatus = async () => ({ verified: true });
    const result = await verifyParts(parts, { ...WORLD, checkStatus, challenge: row.challenge });
    assert.equal(result.verified, true, String(result.error));
    parts.credentials[0].credentialSubject.name = "Otra Persona";
    const changed = await verifyParts(parts, { ...WORLD, checkStatus, challenge: row.challenge });
    assert.equal(changed.verified, false);
  });
}

test("the packages verify our status lists, and any reader inflates them", async () => {
  for (const list of LISTS.lists) {
    assert.equal(bitsOf(list).length, 16_384);
    const entry = { statusListCredential: list.id, statusPurpose: list.credentialSubject.statusPurpose, statusListIndex: "0" };
    const result = await statusOf(LISTS.lists, loaderOf(WORLD.documents))({ credential: { credentialStatus: entry } });
    assert.ok(result.verified || result.set?.length === 1, String(result.error));
  }
});

test("what the packages issue and encode is valid here, written by us in the same bytes", async () => {
  const bundle = await install(world());
  const made = await issue(FORMAT);
  assert.deepEqual(made.map(({ name }) => name), ["paper", "holder", "pair", "live"]);
  for (const { name, text, document, challenge, now: at } of made) {
    const now = Date.parse(at);
    const session = challenge === null ? null : { challenge, domain: null, issuedAt: now };
    const look = (raw) => judge(raw, { bundle, now, floor: null, session, seen: new MemorySeen(), crypto: CRYPTO });
    const report = await look(text);
    assert.deepEqual([report.verdict, report.reasons], ["valid", []], name);
    assert.equal(report.level, challenge === null ? "copy" : "live_challenge");
    assert.equal(toText(document, bundle.dictionary, 5799), text);
    const { documents, presentation } = fromText(text, bundle.dictionary);
    assert.deepEqual(presentation ?? (Array.isArray(document) ? documents : documents[0]), document);
    const spoiled = structuredClone(document);
    const first = spoiled.verifiableCredential?.[0] ?? (Array.isArray(spoiled) ? spoiled[0] : spoiled);
    first.credentialSubject.name = "Otra Persona";
    assert.equal((await look(toText(spoiled, bundle.dictionary, 5799))).verdict, "cannot_verify", name);
  }
});

if (DEMO !== undefined && DEMO !== "") {
  test("every QR of the demo decodes and verifies with the packages", async () => {
    assert.ok(existsSync(join(DEMO, "report.json")), `no demo in ${DEMO}`);
    const outcomes = await checkDemo(DEMO);
    assert.ok(outcomes.length > 0);
    assert.deepEqual(outcomes.filter(({ failed }) => failed), []);
  });

  test("the pages' core gives every verdict and reason that the demo's report has", async () => {
    const rows = readJson(join(DEMO, "report.json"));
    const container = readFileSync(join(DEMO, "bundle.puente"));
    const trustedRoot = readFileSync(join(DEMO, "root.json"));
    const installed = Math.min(...rows.map(({ at }) => Date.parse(at)));
    const bundle = await installBundle(container, { trustedRoot, now: installed, former: null, crypto: CRYPTO });
    for (const row of rows) {
      const texts = readFileSync(join(DEMO, "qr", `${row.name}.txt`), "utf8").split("\n");
      const now = Date.parse(row.at);
      // The report tells the question's letters; the short name of who asked stands in the presentation.
      const stated = join(DEMO, "credentials", `${row.name}.json`);
      const domain = (existsSync(stated) ? readJson(stated).proof?.domain : undefined) ?? null;
      const session = row.challenge === null || row.challenge === "0" ? null : { challenge: row.challenge, domain, issuedAt: now };
      const report = await judge(texts, { bundle, now, floor: null, session, seen: new MemorySeen(), crypto: CRYPTO });
      assert.deepEqual([report.verdict, report.reasons], [row.verdict, row.reasons], row.name);
    }
  });
}
