/** kernel/vault/keys.ts, sheet.ts, passphrase.ts: the same keys, letters and judgements as the other language's. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fromHex, hex, utf8 } from "../../../src/kernel/bytes.ts";
import { nobleEquation, strictEd25519 } from "../../../src/kernel/ed25519.ts";
import { Refused } from "../../../src/kernel/refused.ts";
import { holderSigner, itemKey, type Subkey, subkey, syncSigner } from "../../../src/kernel/vault/keys.ts";
import { passphraseKey, pinKey, requirePin, requireStrong, usualKdf } from "../../../src/kernel/vault/passphrase.ts";
import { open, readHeader } from "../../../src/kernel/vault/pvl1.ts";
import { halfTexts, joinHalves, readLetters, readSheet, sheetKey, sheetLocator, sheetText } from "../../../src/kernel/vault/sheet.ts";
import { published, readVectors, ROOT } from "../../published.ts";
import { argon2, CASES, codeOf, seeded } from "./drawing.ts";

interface Cases {
  readonly keys: {
    readonly vaultKey: string; readonly subkeys: readonly string[]; readonly itemId: string; readonly itemKey: string;
    readonly personas: readonly number[]; readonly dids: readonly string[]; readonly signed: string; readonly syncKey: string; readonly syncSigned: string;
  };
  readonly sheets: readonly {
    readonly secret: string; readonly text: string; readonly locator: string; readonly vaultId: string; readonly key: string; readonly seed: string;
    readonly halves: readonly [string, string];
  }[];
  readonly doubtful: string;
  readonly typed: readonly { readonly typed: string; readonly secret?: string; readonly code?: string }[];
  readonly kdf: { readonly passes: number; readonly memoryKib: number; readonly salt: string };
  readonly stretched: readonly { readonly words: string; readonly key: string }[];
  readonly strong: readonly string[];
  readonly weak: readonly string[];
  readonly pack: { readonly pin: string; readonly device: string; readonly blob: string; readonly plaintext: string };
}
interface Published {
  readonly subkeys: { readonly vault_key: string; readonly by_id: Readonly<Record<string, string>> };
  readonly files: readonly { readonly name: string; readonly key: string; readonly file: string; readonly sheet?: string; readonly passphrase?: string }[];
}

const cases = readVectors<Cases>(CASES, "keys.json");
const SUBKEYS: readonly Subkey[] = [1, 2, 3, 4, 5, 6];

published<Published>("pvl1/pvl1.json", "the published subkeys and wrapping keys", async ({ subkeys, files }) => {
  const vaultKey = fromHex(subkeys.vault_key);
  for (const number of SUBKEYS) assert.equal(hex(subkey(vaultKey, number)), subkeys.by_id[String(number)]);
  let wraps = 0;
  for (const { key, file, sheet, passphrase } of files) {
    const header = readHeader(fromHex(file));
    if (sheet !== undefined) {
      wraps += 1;
      assert.equal(sheetText(readSheet(sheet)), sheet);
      assert.equal(hex(sheetKey(readSheet(sheet), header.vaultId)), key);
    }
    if (passphrase !== undefined && header.kdf !== null) {
      wraps += 1;
      assert.equal(hex(await passphraseKey(passphrase, header.kdf, argon2)), key);
    }
  }
  assert.equal(wraps, 2);
});

test("the shared keys: subkeys, items, personas, sync", async () => {
  const { keys } = cases;
  const vaultKey = fromHex(keys.vaultKey);
  assert.deepEqual(SUBKEYS.map((number) => hex(subkey(vaultKey, number))), keys.subkeys);
  assert.equal(hex(itemKey(vaultKey, fromHex(keys.itemId))), keys.itemKey);
  assert.deepEqual(keys.personas.map((persona) => holderSigner(vaultKey, persona).did), keys.dids);
  const holder = holderSigner(vaultKey);
  assert.equal(holder.method, `${holder.did}#${holder.did.slice("did:key:".length)}`);
  assert.equal(hex(holder.sign(utf8("hola"))), keys.signed);
  const sync = syncSigner(vaultKey);
  assert.equal(hex(sync.publicKey), keys.syncKey);
  assert.equal(hex(sync.sign(utf8("hola"))), keys.syncSigned);
  const rule = strictEd25519(nobleEquation);
  for (const signer of [holder, sync]) await rule.check(signer.publicKey, utf8("hola"), signer.sign(utf8("hola")));
});

test("the shared sheets: letters, locator, wrapping key, both halves", () => {
  for (const { secret, text, locator, vaultId, key, seed, halves } of cases.sheets) {
    const bytes = fromHex(secret);
    assert.equal(sheetText(bytes), text);
    assert.deepEqual(readLetters(text), { half: 0, secret: bytes });
    assert.equal(hex(sheetLocator(bytes)), locator);
    assert.equal(hex(sheetKey(bytes, fromHex(vaultId))), key);
    assert.deepEqual(halfTexts(bytes, seeded(seed)), halves);
    assert.deepEqual(halves.map((half) => readLetters(half).half), [1, 2]);
    assert.deepEqual(joinHalves(halves[0], halves[1].toLowerCase()), bytes);
    assert.deepEqual(joinHalves(halves[1], halves[0]), bytes);
  }
});

test("letters as typed", async () => {
  for (const { typed, secret, code } of cases.typed) {
    if (secret === undefined) assert.equal(await codeOf(() => readSheet(typed)), code, typed);
    else assert.equal(hex(readSheet(typed)), secret, typed);
  }
});

test("a half where a sheet is wanted says what it is, and a half twice makes no sheet", async () => {
  const sheet = cases.sheets[0];
  assert.ok(sheet !== undefined);
  for (const half of sheet.halves) {
    assert.equal(await codeOf(() => readSheet(half)), "half_sheet");
    assert.equal(await codeOf(() => joinHalves(half, half)), "half_sheet");
    assert.equal(await codeOf(() => joinHalves(half, sheet.text)), "vault_unreadable");
    assert.equal(await codeOf(() => joinHalves(half, "008J")), "vault_unreadable");
  }
});

test("a mask whose half could be taken for something else is drawn again", () => {
  const masks = [fromHex(cases.doubtful), seeded()(16)];
  const [one] = halfTexts(new Uint8Array(16), () => masks.shift() ?? new Uint8Array(16));
  assert.deepEqual(readLetters(one).secret, seeded()(16));
});

test("a passphrase is judged alike in both languages", async () => {
  for (const words of cases.strong) requireStrong(words);
  for (const words of cases.weak) assert.equal(await codeOf(() => requireStrong(words)), "weak_passphrase", words);
});

test("the list of first guesses is the other language's", () => {
  const theirs = /\npassword contrasena[\s\S]*? instagram\n/.exec(readFileSync(join(ROOT, "kernel", "vault_keys.py"), "utf8"));
  assert.ok(theirs !== null);
  assert.ok(readFileSync(join(ROOT, "pwa", "src", "kernel", "vault", "passphrase.ts"), "utf8").includes(theirs[0]));
});

test("passphrases stretch alike; an endless and an empty one end before the work", async () => {
  const kdf = { ...cases.kdf, salt: fromHex(cases.kdf.salt) };
  for (const { words, key } of cases.stretched) assert.equal(hex(await passphraseKey(words, kdf, argon2)), key, words);
  const never = (): Promise<Uint8Array> => assert.fail("no work was asked for");
  assert.equal(await codeOf(() => passphraseKey("x".repeat(257), kdf, never)), "limits_exceeded");
  assert.equal(await codeOf(() => passphraseKey("", kdf, never)), "vault_unreadable");
  assert.equal(await codeOf(() => passphraseKey("x", { ...kdf, memoryKib: 2 ** 31 }, never)), "vault_unreadable");
  const usual = usualKdf(seeded());
  assert.deepEqual([usual.passes, usual.memoryKib, usual.salt.length], [3, 65536, 16]);
});

test("PIN and device secret together open the show-pack, neither alone, and a wrong PIN says what a wrong key says", async () => {
  const { pin, device, blob, plaintext } = cases.pack;
  const [bytes, secret] = [fromHex(blob), fromHex(device)];
  const { kdf } = readHeader(bytes);
  assert.ok(kdf !== null);
  assert.equal(hex(open(bytes, await pinKey(pin, secret, kdf, argon2)).plaintext), plaintext);
  const said = new Set<string>();
  for (const [tried, by] of [["481633", secret], [pin, new Uint8Array(32)], ["48163", secret], ["", secret], ["４８１６３２", secret]] as const) {
    try {
      open(bytes, await pinKey(tried, by, kdf, argon2));
      said.add("accepted");
    } catch (fault) {
      said.add(fault instanceof Refused ? fault.message : String(fault));
    }
  }
  assert.deepEqual([...said], ["vault_unreadable: the blob does not open with this key"]);
});

test("a PIN is six figures that are not the first that others would try", async () => {
  for (const pin of ["481632", "112211", "900009"]) requirePin(pin);
  for (const pin of ["", "12345", "1234567", "123456", "987654", "000000", "12345a", " 48163"]) assert.equal(await codeOf(() => requirePin(pin)), "weak_passphrase", pin);
});
