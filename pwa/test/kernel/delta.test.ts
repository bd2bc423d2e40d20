/** `VD1-R`: the shared cases (tests/vectors/deltas) that the Python core gave; this core makes and takes the very same. */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";

import { base45, fromBase45 } from "../../src/kernel/base45.ts";
import type { Files } from "../../src/kernel/bundle/chain.ts";
import { pack, unpack } from "../../src/kernel/bundle/container.ts";
import { makeDelta, showDelta, takeDelta } from "../../src/kernel/bundle/delta.ts";
import { readDelta, writeDelta } from "../../src/kernel/bundle/deltatext.ts";
import { installFiles } from "../../src/kernel/bundle/install.ts";
import { needed, readLayout, timestampVersion, wanted } from "../../src/kernel/bundle/layout.ts";
import { concat, fromBase64, hex, sha256, utf8 } from "../../src/kernel/bytes.ts";
import { strictEd25519, webEquation } from "../../src/kernel/ed25519.ts";
import { joinFrames } from "../../src/kernel/frames.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { readVectors, ROOT } from "../published.ts";

interface Take {
  readonly about: string;
  readonly state: string;
  readonly now: string;
  readonly lenient: boolean;
  readonly text: string;
  readonly outcome: string;
}
interface Cases {
  readonly states: Readonly<Record<string, string>>;
  readonly installedAt: string;
  readonly makes: readonly { readonly from: string; readonly to: string; readonly text: string }[];
  readonly takes: readonly Take[];
}

const CASES = readVectors<Cases>(join(ROOT, "tests", "vectors", "deltas"), "cases.json");
const CRYPTO = strictEd25519(webEquation(webcrypto.subtle as SubtleCrypto));
const STATES = new Map<string, Files>();
for (const [name, container] of Object.entries(CASES.states)) STATES.set(name, await unpack(fromBase64(container, 8 * 1024 * 1024) ?? new Uint8Array()));
const PREFIX = "VD1-R";

function state(name: string): Files {
  const files = STATES.get(name);
  assert.ok(files !== undefined);
  return files;
}

function codeOf(fault: unknown): string {
  assert.ok(fault instanceof Refused, String(fault));
  return fault.code;
}

function digest(files: Files): string {
  const rows = [...files].map(([path, raw]) => `${path} ${hex(sha256(raw))}\n`).sort();
  return hex(sha256(utf8(rows.join(""))));
}

async function outcome({ state: name, text, now, lenient }: Omit<Take, "outcome" | "about">): Promise<string> {
  const files = state(name);
  const trustedRoot = files.get("metadata/1.root.json") ?? new Uint8Array();
  const first = { trustedRoot, now: Date.parse(CASES.installedAt), former: null, crypto: CRYPTO };
  const former = await installFiles(files, first);
  try {
    const { bundle, files: found } = await takeDelta(text, files, { ...first, now: Date.parse(now), former, allowExpiredTimestamp: lenient });
    return `installed ${bundle.version} [${bundle.floorOff}, ${bundle.floorOn}] ${digest(found)}`;
  } catch (fault) {
    return codeOf(fault);
  }
}

test("every text is made as the Python core makes it", () => {
  for (const { from, to, text } of CASES.makes) {
    let made: string;
    try {
      made = makeDelta(state(from), state(to));
    } catch (fault) {
      made = codeOf(fault);
    }
    assert.equal(made, text, `${from} to ${to}`);
  }
});

test("every text comes to what it came to there", async () => {
  assert.ok(CASES.takes.length > 80);
  for (const row of CASES.takes) assert.equal(await outcome(row), row.outcome, row.about);
});

test("a text is shown in frames as far as nine hold it", () => {
  const long = CASES.makes.find(({ text }) => text.length > 3_186)?.text ?? "";
  assert.throws(() => showDelta(long), (fault: unknown) => codeOf(fault) === "delta_too_large");
  for (const { text } of CASES.makes.filter((row) => row.text.startsWith(PREFIX) && row.text !== long)) {
    assert.equal(joinFrames(showDelta(text).reverse()), text);
  }
});

test("a text is written in one way, and no spoiled one installs", async () => {
  const text = CASES.makes[0]?.text ?? "";
  assert.equal(writeDelta(readDelta(text)), text);
  const body = fromBase45(text.slice(PREFIX.length));
  const row = { state: "one", now: CASES.installedAt, lenient: true };
  for (let at = 0; at < body.length; at += 7) {
    for (const put of [Uint8Array.of(), Uint8Array.of((body[at] ?? 0) ^ 0x41), Uint8Array.of(body[at] ?? 0, 0)]) {
      const spoiled = PREFIX + base45(concat(body.subarray(0, at), put, body.subarray(at + 1)));
      assert.ok(!(await outcome({ ...row, text: spoiled })).startsWith("installed"), `byte ${at}`);
    }
  }
});

test("what a state lacks is named step by step, and nothing more of it is carried along", async () => {
  const whole = state("two");
  const found = new Map<string, Uint8Array>([["metadata/1.root.json", whole.get("metadata/1.root.json") ?? new Uint8Array()]]);
  const asked: string[][] = [];
  for (let paths = wanted(found); paths.length > 0; paths = wanted(found)) {
    asked.push(paths);
    for (const path of paths) found.set(path, whole.get(path) ?? new Uint8Array());
  }
  assert.deepEqual(asked.slice(0, 2), [["metadata/timestamp.json"], ["metadata/2.snapshot.json"]]);
  assert.deepEqual([...(asked[2] ?? [])].sort(), ["metadata/1.targets.json", "metadata/2.status-formacion.json"]);
  assert.equal(asked.length, 4);
  assert.equal(digest(found), digest(whole));
  found.set("targets/left.over", new Uint8Array());
  assert.equal(digest(needed(found, readLayout(found))), digest(whole));
  assert.equal(digest(await unpack(await pack(found))), digest(found));
  assert.equal(timestampVersion(whole), 2);
  assert.equal(timestampVersion(new Map()), null);
});
