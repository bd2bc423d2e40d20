/** The format's own vectors, layer by layer, and what each layer refuses (FORMAT sections 1, 2, 6, 7, 9). */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

import { base45, fromBase45 } from "../../src/kernel/base45.ts";
import { QR_CBOR } from "../../src/kernel/bounds.ts";
import { concat, fromHex, hex, sha256 } from "../../src/kernel/bytes.ts";
import { canonical } from "../../src/kernel/canonical.ts";
import { type Cbor, CborReader, writeCbor } from "../../src/kernel/cbor.ts";
import { encode, requireDefined } from "../../src/kernel/cborld/compress.ts";
import { readDictionary } from "../../src/kernel/cborld/tables.ts";
import { fromText, toText } from "../../src/kernel/cborld/text.ts";
import { FrameCollector, framesOf, joinFrames } from "../../src/kernel/frames.ts";
import type { JsonObject, JsonValue } from "../../src/kernel/json.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { FORMAT, readVectors } from "../published.ts";

interface Positive {
  readonly id: string;
  readonly registryEntryId: number;
  readonly document: JsonObject | JsonObject[];
  readonly jcs_sha256: string;
  readonly cborld_hex: string;
  readonly qr_text: string;
}

const DICTIONARY = readDictionary(readVectors<JsonValue>(FORMAT, "contexts.json"), readVectors<JsonValue>(FORMAT, "tables.json"));
const POSITIVE = readdirSync(FORMAT).filter((name) => /^p\d/.test(name)).sort().map((name) => readVectors<Positive>(FORMAT, name));
const PAPER = readVectors<Positive>(FORMAT, "p01-competence-paper.json");
const PASS = PAPER.document as JsonObject;

function refusal(work: () => unknown): string {
  try {
    work();
    return "accepted";
  } catch (fault) {
    assert.ok(fault instanceof Refused, String(fault));
    return `${fault.code} ${fault.step}`;
  }
}

function read(...bytes: number[]): string {
  return refusal(() => {
    const reader = new CborReader(Uint8Array.from(bytes), QR_CBOR);
    reader.item(1);
    reader.end();
  });
}

for (const row of POSITIVE) {
  test(`${row.id}: written byte for byte, read back whole`, () => {
    assert.equal(hex(encode(row.document, DICTIONARY, row.registryEntryId)), row.cborld_hex);
    assert.equal(toText(row.document, DICTIONARY, row.registryEntryId), row.qr_text);
    const { kind, documents, presentation } = fromText(row.qr_text, DICTIONARY);
    const back = kind === "credential" ? (documents[0] ?? null) : (presentation ?? [...documents]);
    assert.equal(hex(sha256(canonical(back))), row.jcs_sha256);
    requireDefined(row.document, DICTIONARY);
  });
}

test("every byte of a pass matters: no changed text reads as the same document", () => {
  const bytes = fromBase45(PAPER.qr_text.slice(5));
  let read = 0;
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = bytes.slice();
    changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
    try {
      const { documents } = fromText(`VC1-R${base45(changed)}`, DICTIONARY);
      assert.notEqual(hex(sha256(canonical(documents[0] ?? null))), PAPER.jcs_sha256);
      read += 1;
    } catch (fault) {
      assert.ok(fault instanceof Refused && fault.step !== null, String(fault));
    }
  }
  assert.ok(read > 64, "most of them are the signature's");
});

test("CBOR: shortest, definite, sorted, known", () => {
  assert.equal(read(0x18, 0x17), "noncanonical_cbor null");
  assert.equal(read(0x19, 0, 0xff), "noncanonical_cbor null");
  assert.equal(read(0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff), "noncanonical_cbor null");
  assert.equal(read(0x9f, 0xff), "noncanonical_cbor null");
  assert.equal(read(0x7f, 0xff), "noncanonical_cbor null");
  assert.equal(read(0xa2, 1, 1, 1, 1), "noncanonical_cbor null");
  assert.equal(read(0xa2, 2, 1, 1, 1), "noncanonical_cbor null");
  for (const bytes of [[0xf9, 0, 0], [0xfb, 0, 0, 0, 0, 0, 0, 0, 0], [0xf7], [0xf8, 0x20], [0xc0, 1], [0xff], [0x1c], [0x61, 0xff], [0xa1, 0x20, 1], [0xa1, 0x40, 1], [], [0x82, 1], [0x42, 1], [0x19, 1], [1, 1], [0xba, 0x7f, 0xff, 0xff, 0xff, 1]]) {
    assert.equal(read(...bytes), "malformed_cbor null", bytes.join());
  }
});

test("CBOR: each bound is reached and not passed", () => {
  const nested = (depth: number): number[] => [...new Array<number>(depth - 1).fill(0x81), 0x80];
  assert.equal(read(...nested(12)), "accepted");
  assert.equal(read(...nested(13)), "limits_exceeded null");
  const text = (length: number): number[] => [...writeCbor("a".repeat(length))];
  assert.equal(read(...text(512)), "accepted");
  assert.equal(read(...text(513)), "limits_exceeded null");
  assert.equal(read(...writeCbor(new Uint8Array(128))), "accepted");
  assert.equal(read(...writeCbor(new Uint8Array(129))), "limits_exceeded null");
  assert.equal(read(...writeCbor(new Array<Cbor>(64).fill(0))), "accepted");
  assert.equal(read(...writeCbor(new Array<Cbor>(65).fill(0))), "limits_exceeded null");
  assert.equal(read(...writeCbor(new Array<Cbor>(8).fill(new Array<Cbor>(63).fill(0)))), "accepted");
  assert.equal(read(...writeCbor(new Array<Cbor>(8).fill(new Array<Cbor>(64).fill(0)))), "limits_exceeded null");
  assert.equal(read(0x1b, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), "accepted");
  assert.equal(read(0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0), "limits_exceeded null");
  assert.equal(read(0x3b, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), "limits_exceeded null");
});

test("headers: the tag, its form, the array of two, the entry", () => {
  const of = (bytes: string, prefix = "VC1-R"): string => refusal(() => fromText(prefix + base45(fromHex(bytes)), DICTIONARY));
  assert.equal(of(""), "malformed_cbor V7");
  assert.equal(of("a0"), "unsupported_tag V6");
  assert.equal(of("d9050182"), "unsupported_tag V6");
  assert.equal(of("d9cb"), "malformed_cbor V7");
  assert.equal(of("da0000cb1d8219 16a7a0".replace(" ", "")), "noncanonical_cbor V7");
  assert.equal(of("d9cb1d81a0"), "malformed_cbor V7");
  assert.equal(of("d9cb1d8220a0"), "malformed_cbor V7");
  assert.equal(of("d9cb1d8200a0"), "unknown_registry_entry V8");
  assert.equal(of("d9cb1d82191387a0"), "unknown_registry_entry V8");
  assert.equal(of("d9cb1d821916a701"), "invalid_shape V8");
  assert.equal(of("d9cb1d821916a780"), "invalid_shape V8");
  assert.equal(of("d9cb1d821916a7a0"), "unknown_context V9");
  assert.equal(of("d9cb1d821916a7a0", "VP1-R"), "prefix_mismatch V8");
  assert.equal(of("d9cb1d821916a7a1018118ff"), "unknown_context V8");
  assert.equal(of("d9cb1d821916a7a2000101810 1".replace(" ", "")), "invalid_value V8");
});

test("what would not come back the same is not written", () => {
  const with_ = (changes: JsonObject): JsonObject => ({ ...PASS, ...changes });
  const write = (document: JsonObject): string => refusal(() => toText(document, DICTIONARY, 5799)).split(" ")[0] ?? "";
  assert.equal(write(PASS), "accepted");
  assert.equal(write(with_({ evidence: "did:key:z6Mk#a#b" })), "invalid_value");
  assert.equal(write(with_({ unheardOf: 1 })), "unknown_property");
  assert.equal(write(with_({ norm: 1.5 })), "invalid_value");
  assert.equal(write(with_({ "@context": ["https://www.w3.org/ns/credentials/v2"] })), "unknown_property");
  assert.equal(refusal(() => toText(PASS, DICTIONARY, 1)).split(" ")[0], "unknown_registry_entry");
  assert.equal(refusal(() => toText([PASS, PASS, PASS, PASS, PASS], DICTIONARY, 5799)).split(" ")[0], "invalid_shape");
});

test("values of every type come back as they were", () => {
  const subject = PASS["credentialSubject"] as JsonObject;
  const rows: JsonObject[] = [
    { validFrom: "2026-03-10T00:00:00.125Z" }, { validFrom: "2026-03-10T00:00:00+02:00" }, { validFrom: "0099-01-01T00:00:00Z" },
    { validFrom: "2026-02-30T00:00:00Z" }, { validFrom: "1969-12-31T23:59:59Z" }, { evidence: "urn:uuid:0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0" },
    { evidence: "urn:uuid:0B1C2D3E-4f50-6172-8394-a5b6c7d8e9f0" }, { evidence: "http://a.example/x" }, { evidence: "https://a.example:8443/x" },
    { evidence: "data:text/plain;base64,AAEC" }, { evidence: "data:,hi" }, { evidence: "did:key:z6Mkiu7rcbsjBR3Ho63Vf54gB3UaSUNz6SBfdgaLST6NBcZ6" },
    { evidence: "did:v1:nym:z6Mkiu7rcbsjBR3Ho63Vf54gB3UaSUNz6SBfdgaLST6NBcZ6" }, { evidence: "CompetencePass" }, { evidence: ["https://a.example/x", "x"] },
    { credentialSubject: { ...subject, country: "XXX", skills: [1, 2, 65_535], workAllowed: false } },
    { credentialSubject: { ...subject, country: 7, level: 40_000 } }, { credentialSubject: { ...subject, skills: [] } },
    { name: "0" }, { name: "suspension" }, { description: null }, { relatedResource: { digestMultibase: "uAAEC", mediaType: "M" } },
    { relatedResource: { digestMultibase: "uAAE-_w", digestSRI: "zzz" } }, { relatedResource: { digestMultibase: "not a base" } },
  ];
  for (const changes of rows) {
    const document = { ...PASS, ...changes };
    const text = `VC1-R${base45(encode(document, DICTIONARY, 5799))}`;
    assert.deepEqual(fromText(text, DICTIONARY).documents, [document], JSON.stringify(changes));
  }
});

test("frames: any order, one set, every one, the right hash", () => {
  const { text, frames } = readVectors<{ text: string; frames: string[] }>(FORMAT, "frames.json");
  assert.deepEqual(framesOf(text), frames);
  assert.equal(joinFrames([...frames].reverse()), text);
  assert.equal(joinFrames([...frames, ...frames]), text);
  const [first = "", second = "", third = ""] = frames;
  assert.equal(refusal(() => joinFrames([first, third])), "frames_incomplete null");
  assert.equal(refusal(() => joinFrames([first, second, third.slice(0, -1)])), "frames_mismatch null");
  assert.equal(refusal(() => joinFrames([first, second, `${third.slice(0, -1)}0`])), "frames_mismatch null");
  assert.equal(refusal(() => joinFrames([first, second, third, `${first}0`])), "frames_mismatch null");
  assert.equal(refusal(() => joinFrames([first, second.replace("23", "24"), third])), "frames_mismatch null");
  assert.equal(refusal(() => joinFrames(["VF1-"])), "frames_mismatch null");
  assert.equal(refusal(() => joinFrames(framesOf(`VF1-${"A".repeat(800)}`))), "frames_mismatch null");
  assert.equal(refusal(() => framesOf("A".repeat(3_187))), "too_large_for_qr null");
});

test("a camera's frames: a foreign set starts anew, an old set is forgotten, two are open", () => {
  const { frames } = readVectors<{ frames: string[] }>(FORMAT, "frames.json");
  const [first = "", second = "", third = ""] = frames;
  const others = ["B", "C"].map((letter) => framesOf(letter.repeat(700)));
  const collector = new FrameCollector();
  assert.equal(collector.progress(), null);
  assert.equal(collector.take(first, 0), null);
  assert.equal(collector.take(first, 1), null);
  assert.deepEqual(collector.progress(), { seen: 1, total: 3 });
  assert.equal(collector.take(others[0]?.[0] ?? "", 2), null);
  assert.equal(collector.take(third, 3), null);
  assert.deepEqual(new Set(collector.take(second, 4)), new Set(frames));
  assert.equal(collector.take(first, 10), null);
  assert.equal(collector.take(second, 71), null);
  assert.equal(collector.take(third, 72), null, "the first one was too long ago");
  assert.throws(() => collector.take(`${third}0`, 73), Refused);
  assert.equal(collector.take(others[0]?.[0] ?? "", 74), null);
  assert.equal(collector.take(others[1]?.[0] ?? "", 74), null);
  assert.equal(collector.take(first, 74), null, "a third set closes the oldest");
});

test("CBOR that is written reads back, whatever it holds", () => {
  const value: Cbor = new Map<number | string, Cbor>([[0, [1, -1, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32, -(2 ** 40)]], [300, "ñ"], ["a", null], ["b", true], [1, false], [2, concat(Uint8Array.of(1), Uint8Array.of(2))]]);
  const reader = new CborReader(writeCbor(value), QR_CBOR);
  assert.deepEqual(new Map([...(reader.item(1) as Map<number | string, Cbor>)]), new Map([...(value as Map<number | string, Cbor>)]));
});
