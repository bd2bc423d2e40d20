/**
 * The recovery sheet and its two halves, as letters and as keys (TRUST section 8). The twin of that part of
 * `kernel/vault_keys.py`. By the checksum that holds, 28 letters say what they are: a whole sheet, or which half of one.
 */
import type { Random } from "../ports.ts";
import { Refused } from "../refused.ts";
import { blake } from "./hashing.ts";
import { KEY_SIZE } from "./pvl1.ts";

/** Crockford base32: no I, L, O, U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOOKALIKES: Readonly<Record<string, string>> = { I: "1", L: "1", O: "0" };
const FORMS = ["PuenteSheet", "PuenteHalf1", "PuenteHalf2"] as const;
const HALVES = [0, 1, 2] as const;
const SECRET_SIZE = 16;
const CHECK_BITS = 12n;
const LETTERS = 28;
const GROUP = 4;
const MAX_TYPED = 64;

/** What 28 letters are: `half` is 0 for a whole sheet, else which half of one. */
export interface Letters {
  readonly half: 0 | 1 | 2;
  readonly secret: Uint8Array;
}

/** The recovery sheet: 128 bits and 12 of checksum as seven groups of four Crockford letters. */
export function sheetText(secret: Uint8Array): string {
  return letters(secret, 0);
}

/**
 * A sheet or a half as typed: case, blanks, hyphens and look-alikes (I L O) do not matter.
 * Refuses `vault_unreadable` for a wrong length, letter or checksum.
 */
export function readLetters(typed: string): Letters {
  const plain = typed.length <= MAX_TYPED ? typed.replace(/[\s-]/gu, "").toUpperCase().replace(/[ILO]/g, (letter) => LOOKALIKES[letter] ?? letter) : "";
  const values = [...plain].map((letter) => ALPHABET.indexOf(letter));
  if (values.length !== LETTERS || values.includes(-1)) throw new Refused("vault_unreadable", "a recovery sheet has 28 letters");
  const number = values.reduce((sum, value) => (sum << 5n) | BigInt(value), 0n);
  const secret = bigEndian(number >> CHECK_BITS);
  const half = HALVES.find((form) => (number & ((1n << CHECK_BITS) - 1n)) === checksum(secret, form));
  if (half === undefined) throw new Refused("vault_unreadable", "a letter of the recovery sheet is wrong");
  return { half, secret };
}

/** The 16 bytes of a whole sheet. Refuses `half_sheet` for a half, else as `readLetters`. */
export function readSheet(typed: string): Uint8Array {
  const { half, secret } = readLetters(typed);
  if (half !== 0) throw lacksAHalf();
  return secret;
}

/** What a sheet wraps with: BLAKE2b(key = sheet, person "PuenteRecov1", salt = vault id); 128 bits need no KDF. */
export function sheetKey(secret: Uint8Array, vaultId: Uint8Array): Uint8Array {
  return blake(new Uint8Array(), { size: KEY_SIZE, key: secret, salt: vaultId, person: "PuenteRecov1" });
}

/** By this a new phone asks which vault a sheet opens: 32 bytes that say nothing of the sheet or of its keys. */
export function sheetLocator(secret: Uint8Array): Uint8Array {
  return blake(new Uint8Array(), { size: 32, key: secret, person: "PuenteLocate" });
}

/** The sheet for two helpers, in letters: a half alone is as good as random; its checksum says which it is. */
export function halfTexts(secret: Uint8Array, random: Random): readonly [string, string] {
  for (;;) {
    const mask = random(SECRET_SIZE);
    const other = xor(secret, mask);
    // One mask in a thousand gives a half that reads as something else as well: then another.
    if (isPlain(mask) && isPlain(other)) return [letters(mask, 1), letters(other, 2)];
  }
}

/** The other helper's paper of a sheet, by the first one's or the second's as typed. Refuses `vault_unreadable` for what is no half. */
export function otherHalf(secret: Uint8Array, typed: string): string {
  const { half, secret: mask } = readLetters(typed);
  if (half === 0) throw new Refused("vault_unreadable", "a whole sheet is no half of one");
  return letters(xor(secret, mask), half === 1 ? 2 : 1);
}

/**
 * The sheet from both halves as typed, in either order. What it is worth only opening the vault says.
 * Refuses `half_sheet` for the same half twice; `vault_unreadable` for what is no half.
 */
export function joinHalves(one: string, other: string): Uint8Array {
  const first = readLetters(one);
  const second = readLetters(other);
  if (first.half === 0 || second.half === 0) throw new Refused("vault_unreadable", "a whole sheet opens alone");
  if (first.half === second.half) throw lacksAHalf();
  return xor(first.secret, second.secret);
}

function letters(secret: Uint8Array, half: Letters["half"]): string {
  if (secret.length !== SECRET_SIZE) throw new Error("a recovery secret is 16 bytes");
  const number = (secret.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) << CHECK_BITS) | checksum(secret, half);
  const text = Array.from({ length: LETTERS }, (_, place) => ALPHABET.charAt(Number((number >> BigInt(5 * (LETTERS - 1 - place))) & 31n))).join("");
  return Array.from({ length: LETTERS / GROUP }, (_, place) => text.slice(GROUP * place, GROUP * (place + 1))).join("-");
}

/** The top 12 bits of BLAKE2b-256. */
function checksum(secret: Uint8Array, half: Letters["half"]): bigint {
  const [high = 0, low = 0] = blake(secret, { size: 32, person: FORMS[half] });
  return BigInt((high << 4) | (low >> 4));
}

function isPlain(half: Uint8Array): boolean {
  return new Set(HALVES.map((form) => checksum(half, form))).size === HALVES.length;
}

function bigEndian(number: bigint): Uint8Array {
  const bytes = new Uint8Array(SECRET_SIZE);
  for (let at = SECRET_SIZE - 1, rest = number; at >= 0; at -= 1, rest >>= 8n) bytes[at] = Number(rest & 255n);
  return bytes;
}

function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, place) => byte ^ (other[place] ?? 0));
}

function lacksAHalf(): Refused {
  return new Refused("half_sheet", "one half of a recovery sheet; the other one is needed");
}
