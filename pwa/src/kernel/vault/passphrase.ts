/**
 * What a person types and is stretched by argon2id (TRUST section 8): the passphrase, its strength, and a phone's PIN.
 * The stretching itself is the `Argon2` that the caller brings; the twin is the last part of `kernel/vault_keys.py`.
 */
import { concat, utf8 } from "../bytes.ts";
import type { Random } from "../ports.ts";
import { Refused } from "../refused.ts";
import { blake } from "./hashing.ts";
import { KEY_SIZE, type Kdf, requireKdf, SALT_SIZE, wrongKey } from "./pvl1.ts";

/** argon2id 1.3 with one lane and 32 bytes out. It takes some hundred milliseconds and `memoryKib` of memory on purpose. */
export type Argon2 = (password: Uint8Array, salt: Uint8Array, passes: number, memoryKib: number) => Promise<Uint8Array>;

export const MIN_PASSPHRASE = 12;
export const MAX_PASSPHRASE = 256;
const USUAL_PASSES = 3;
const USUAL_MEMORY_KIB = 64 * 1024;
const FIGURES = "01234567890".repeat(12);
const FIGURES_DOWN = [...FIGURES].reverse().join("");
const PIN = /^[0-9]{6}$/;

/** What people choose first: a word of this list, repeated or with figures around it, is no passphrase. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  `
password contrasena clave secreto micontrasena miclave puente billetera hola holamundo teamo teamomucho amor amormio
miamor princesa corazon colombia venezuela peru bogota caracas medellin barranquilla maracaibo valencia bienvenido
bienvenida familia felicidad jesus jesuscristo dios diosesamor diosteama virgenmaria santamaria maria jose carlos
daniela alejandra mariposa estrella futbol barcelona realmadrid nacional millonarios administrador administrator admin
letmein welcome iloveyou sunshine football baseball superman batman pokemon monkey dragon qwerty qwertyuiop asdfgh
asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc abc abcdef abcdefgh abcdefghijkl abcdefghijklm unodostres sena ppt pep hello
computer computador internet facebook whatsapp instagram
`.trim().split(/\s+/),
);

/** argon2id over 64 MiB three times, with a fresh salt (TRUST section 8). */
export function usualKdf(random: Random): Kdf {
  return { passes: USUAL_PASSES, memoryKib: USUAL_MEMORY_KIB, salt: random(SALT_SIZE) };
}

/** The wrapping key of a passphrase: argon2id over its NFC in UTF-8. Refuses `limits_exceeded`. */
export async function passphraseKey(passphrase: string, kdf: Kdf, argon2: Argon2): Promise<Uint8Array> {
  if ([...passphrase].length > MAX_PASSPHRASE) throw new Refused("limits_exceeded", "a passphrase has at most 256 characters");
  return stretch(passphrase.normalize("NFC"), kdf, argon2);
}

/** What opens the show-pack: BLAKE2b(argon2id(PIN) || device secret). Alone, neither the PIN nor the device opens it. */
export async function pinKey(pin: string, deviceSecret: Uint8Array, kdf: Kdf, argon2: Argon2): Promise<Uint8Array> {
  if (deviceSecret.length !== KEY_SIZE) throw new Error("a device secret is 32 bytes");
  if (!PIN.test(pin)) throw wrongKey();
  return blake(concat(await stretch(pin, kdf, argon2), deviceSecret), { size: KEY_SIZE });
}

/** Refuses `weak_passphrase`: under 12 characters, figures in a row, a common word with trimmings. */
export function requireStrong(passphrase: string): void {
  const length = [...passphrase].length;
  if (length < MIN_PASSPHRASE || length > MAX_PASSPHRASE) throw weak("between 12 and 256 characters");
  const bare = passphrase.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const word = unit(bare.replace(/^[0-9]+|[0-9]+$/g, ""));
  if (new Set(bare).size < 5 || isRun(bare) || COMMON_WORDS.has(word) || word === "") throw weak("one of the first that others would try");
}

/** Refuses `weak_passphrase`: a PIN is six figures, not all alike and not in a row. */
export function requirePin(pin: string): void {
  if (!PIN.test(pin)) throw weak("a PIN has six figures");
  if (new Set(pin).size === 1 || isRun(pin)) throw weak("one of the first that others would try");
}

async function stretch(words: string, kdf: Kdf, argon2: Argon2): Promise<Uint8Array> {
  requireKdf(kdf);
  if (words === "") throw wrongKey(); // an empty text opens nothing, and not every argon2 takes one
  return argon2(utf8(words), kdf.salt, kdf.passes, kdf.memoryKib);
}

function isRun(text: string): boolean {
  return FIGURES.includes(text) || FIGURES_DOWN.includes(text);
}

/** The shortest text whose repetition `text` is ("holahola" -> "hola"). */
function unit(text: string): string {
  const place = (text + text).indexOf(text, 1);
  return place > 0 && place < text.length ? text.slice(0, place) : text;
}

function weak(detail: string): Refused {
  return new Refused("weak_passphrase", detail);
}
