/** kernel/vault/pvl1.ts: the published files and the shared ones both ways, and nothing changed ever opens. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { concat, fromHex, hex, utf8 } from "../../../src/kernel/bytes.ts";
import { Refused } from "../../../src/kernel/refused.ts";
import { type Kdf, KIND, type Kind, open, pad, readHeader, seal, unpad } from "../../../src/kernel/vault/pvl1.ts";
import { published, readVectors } from "../../published.ts";
import { CASES, codeOf, seeded } from "./drawing.ts";

interface File {
  readonly name: string;
  readonly kind: number;
  readonly key: string;
  readonly plaintext: string;
  readonly file: string;
}
interface Blob {
  readonly kind: Kind;
  readonly sequence: string;
  readonly kdf: { readonly passes: number; readonly memoryKib: number; readonly salt: string } | null;
  readonly key: string;
  readonly vaultId: string;
  readonly plaintext: string;
  readonly nonce: string;
  readonly blob: string;
}

const KEY = Uint8Array.from({ length: 32 }, (_, place) => place);
const VAULT_ID = KEY.slice(0, 16);
const PREFIX = 112;
const MIB = 1024 * 1024;

function sealed(plaintext = utf8("hola"), options: { kind?: Kind; kdf?: Kdf; key?: Uint8Array } = {}): Uint8Array {
  return seal(plaintext, { key: KEY, kind: KIND.item, vaultId: VAULT_ID, sequence: 1, random: seeded(), ...options });
}

function spoiled(blob: Uint8Array, place: number, value: ArrayLike<number>): Uint8Array {
  const other = blob.slice();
  other.set(value, place);
  return other;
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (fault) {
    if (fault instanceof Refused && fault.code === "vault_unreadable") return fault.message;
    throw fault;
  }
  return "accepted";
}

published<{ files: readonly File[] }>("pvl1/pvl1.json", "the published files are read, written byte for byte, and no flipped bit opens", ({ files }) => {
  assert.equal(files.length, 3);
  for (const file of files) {
    const [blob, key] = [fromHex(file.file), fromHex(file.key)];
    const { header, plaintext } = open(blob, key);
    assert.equal(hex(plaintext), file.plaintext);
    assert.equal(header.kind, file.kind);
    const { kdf, nonce, ...rest } = header;
    const again = seal(plaintext, { ...rest, key, random: () => nonce, ...(kdf === null ? {} : { kdf }) });
    assert.deepEqual(again, blob);
    for (let bit = 0; bit < PREFIX * 8; bit += 1) {
      const flipped = spoiled(blob, bit >> 3, [(blob[bit >> 3] ?? 0) ^ (1 << (bit & 7))]);
      assert.notEqual(refusal(() => open(flipped, key)), "accepted", `bit ${bit}`);
    }
  }
});

test("the other language's blobs open, and the same hand writes the same bytes", () => {
  const { blobs } = readVectors<{ blobs: readonly Blob[] }>(CASES, "keys.json");
  assert.equal(blobs.length, Object.keys(KIND).length);
  for (const row of blobs) {
    const kdf = row.kdf === null ? null : { ...row.kdf, salt: fromHex(row.kdf.salt) };
    const [key, vaultId, nonce, plaintext] = [fromHex(row.key), fromHex(row.vaultId), fromHex(row.nonce), fromHex(row.plaintext)];
    const opened = open(fromHex(row.blob), key);
    assert.deepEqual(opened, { header: { kind: row.kind, kdf, nonce, vaultId, sequence: BigInt(row.sequence) }, plaintext });
    const made = seal(plaintext, { key, kind: row.kind, vaultId, sequence: BigInt(row.sequence), random: () => nonce, ...(kdf === null ? {} : { kdf }) });
    assert.equal(hex(made), row.blob);
  }
});

test("every bit of a ciphertext counts, and all that the key decides says the same", () => {
  const blob = sealed();
  const said = new Set<string>();
  for (let place = PREFIX; place < blob.length; place += 1) said.add(refusal(() => open(spoiled(blob, place, [(blob[place] ?? 0) ^ (1 << (place & 7))]), KEY)));
  said.add(refusal(() => open(blob, new Uint8Array(32))));
  said.add(refusal(() => open(spoiled(blob, 80, new Uint8Array(32)), KEY)));
  const other = sealed(utf8("hola"), { key: new Uint8Array(32).fill(9) });
  const mixed = concat(blob.subarray(0, PREFIX), other.subarray(PREFIX)); // a partitioning oracle's blob
  for (const key of [KEY, new Uint8Array(32).fill(9)]) said.add(refusal(() => open(mixed, key)));
  assert.equal(said.size, 1);
  assert.ok(!said.has("accepted"));
});

test("a wrong form is refused by its header alone", () => {
  const forms: readonly (readonly [number, ArrayLike<number>])[] = [
    [0, utf8("PVL2")], [4, [2]], [5, [0]], [5, [8]], [6, [2]], [7, [1]], [8, [3]], [16, [1]],
  ];
  for (const [place, value] of forms) assert.notEqual(refusal(() => readHeader(spoiled(sealed(), place, value))), "accepted");
  for (const size of [0, 79, 112, 128, 112 + 512 + 15, 112 + 512 + 17, 112 + 1536 + 16]) {
    const cut = new Uint8Array(size);
    cut.set(sealed().subarray(0, Math.min(size, 640)));
    assert.equal(refusal(() => readHeader(cut)), "vault_unreadable: no PVL1 blob has this length");
  }
});

test("work outside the bounds is refused before anything is allocated; the bounds themselves stand", () => {
  const blob = spoiled(sealed(), 6, [1]);
  const work = (passes: number, memoryKib: number): Uint8Array => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setUint32(0, passes, true);
    new DataView(bytes.buffer).setUint32(4, memoryKib, true);
    return spoiled(blob, 8, bytes);
  };
  for (const [passes, memory] of [[1, 65536], [7, 65536], [3, 19 * 1024 - 1], [3, 256 * 1024 + 1], [2 ** 32 - 1, 2 ** 32 - 1], [0, 0]] as const) {
    assert.equal(refusal(() => readHeader(work(passes, memory))), "vault_unreadable: key derivation outside its bounds");
    const kdf = { passes, memoryKib: memory, salt: VAULT_ID };
    assert.notEqual(refusal(() => sealed(utf8("x"), { kind: KIND.wrapPassphrase, kdf })), "accepted");
  }
  for (const [passes, memoryKib] of [[2, 19 * 1024], [6, 256 * 1024]] as const) {
    const kdf = { passes, memoryKib, salt: VAULT_ID };
    assert.deepEqual(readHeader(sealed(utf8("x"), { kind: KIND.wrapPassphrase, kdf })).kdf, kdf);
  }
});

test("8 MiB with padding is the most, and comes back", async () => {
  const largest = new Uint8Array(8 * MIB - 1).fill(120);
  const blob = sealed(largest);
  assert.equal(blob.length, PREFIX + 8 * MIB + 16);
  assert.deepEqual(open(blob, KEY).plaintext, largest);
  assert.equal(await codeOf(() => sealed(new Uint8Array(8 * MIB))), "limits_exceeded");
  const larger = new Uint8Array(PREFIX + 16 * MIB + 16);
  larger.set(blob.subarray(0, PREFIX));
  assert.notEqual(refusal(() => readHeader(larger)), "accepted");
});

test("padding is a power of two and comes off; any other is refused", () => {
  for (let size = 0; size < 2100; size += 1) {
    const text = new Uint8Array(size).fill(0x80);
    const padded = pad(text);
    const units = padded.length / 512;
    assert.ok(Number.isInteger(units) && (units & (units - 1)) === 0 && padded.length > size);
    assert.deepEqual(unpad(padded), text);
  }
  const early = new Uint8Array(1024);
  early[0] = 0x80;
  for (const wrong of [new Uint8Array(512), new Uint8Array(512).fill(120), early, new Uint8Array()]) {
    assert.notEqual(refusal(() => unpad(wrong)), "accepted");
  }
});

test("two writes of one text differ; a view into larger bytes reads as itself", () => {
  const random = seeded();
  const [one, two] = [1, 2].map(() => seal(utf8("x"), { key: KEY, kind: KIND.item, vaultId: VAULT_ID, sequence: 1, random }));
  assert.notDeepEqual(one, two);
  const inside = concat(new Uint8Array(7), one ?? new Uint8Array(), new Uint8Array(3)).subarray(7, 7 + 640);
  assert.deepEqual(open(inside, KEY).plaintext, utf8("x"));
});
