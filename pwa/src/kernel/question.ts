/**
 * Letters that people show, scan or type: a verifier's request `VQ1-` with its eight, a claim slip's `VO1-` with its ten,
 * and the PIN that came apart (TRUST sections 9 and 10, FORMAT section 9). The letters are Crockford's base 32.
 *
 * A request can ask for a disclosure profile and for nothing else. Which letters were answered is not kept here.
 */
import type { Random } from "./ports.ts";
import { Refused } from "./refused.ts";
import { CLAIM_PREFIX, REQUEST_PREFIX } from "../words/terms.ts";

/** No I, L, O, U, so that letters can be read aloud. */
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHALLENGE_LENGTH = 8;
const CLAIM_LENGTH = 10;
/** Longer than any text read here. */
const LONGEST = 64;
/** A name has a letter or a figure at least: of spaces and hyphens alone nobody could tell who asks. */
const REQUEST = /^VQ1-([A-Z])([0-9A-HJKMNP-TV-Z]{8})\.(?=[ -]*[A-Z0-9])([A-Z0-9 -]{1,24})$/;

/** The disclosure profiles that a request can name, by the letter that stands for each. */
export const PROFILES = { interview: "I", hiring: "H", enterprise: "E" } as const;
export type Profile = keyof typeof PROFILES;

/** A verifier's question: by which profile, the letters to answer, and its short name when it was scanned. */
export interface Question {
  readonly profile: Profile;
  readonly challenge: string;
  readonly domain: string | null;
}

/** A new question under a short name of 1-24 of `A-Z0-9 -`, not of ` -` alone: 40 bits as eight letters. Refuses `bad_request`. */
export function makeQuestion(profile: Profile, name: string, random: Random): Question {
  const bytes = random((CHALLENGE_LENGTH * 5) / 8);
  const question = { profile, challenge: crockford(bytes, CHALLENGE_LENGTH), domain: name };
  if (!REQUEST.test(questionText(question))) throw new Refused("bad_request", "a short name of another form");
  return question;
}

/** The first five bits a letter of some bytes, of six at most. */
export function crockford(bytes: Uint8Array, letters: number): string {
  const number = bytes.reduce((whole, byte) => whole * 256 + byte, 0);
  const spare = 8 * bytes.length - 5 * letters;
  const weights = Array.from({ length: letters }, (_, place) => 2 ** (spare + 5 * (letters - 1 - place)));
  return weights.map((weight) => CROCKFORD.charAt(Math.floor(number / weight) % 32)).join("");
}

/** The text of the QR that the holder scans. */
export function questionText({ profile, challenge, domain }: Question): string {
  return `${REQUEST_PREFIX}${PROFILES[profile]}${challenge}.${domain ?? ""}`;
}

/**
 * A scanned `VQ1-` text, or the eight letters as typed (then the profile is what the holder chose). Refuses
 * `bad_request`; `over_asking` for a request beyond the profiles that exist, or beyond the one that the holder chose;
 * with `chosen` null the request's own profile counts.
 */
export function readQuestion(text: string, chosen: Profile | null): Question {
  if (!text.startsWith(REQUEST_PREFIX)) {
    if (chosen === null) throw new Refused("bad_request", "letters alone say no profile");
    return { profile: chosen, challenge: lettersOf(text, CHALLENGE_LENGTH), domain: null };
  }
  const [, letter = "", challenge = "", domain = ""] = REQUEST.exec(text) ?? [];
  if (letter === "") throw new Refused("bad_request", "not a verifier's request");
  const profile = Object.entries(PROFILES).find(([, code]) => code === letter)?.[0] as Profile | undefined;
  if (profile === undefined || (chosen !== null && profile !== chosen)) {
    throw new Refused("over_asking", "more than the disclosure profile lists");
  }
  return { profile, challenge, domain };
}

/** The ten letters of a claim slip, scanned with or without `VO1-`, or typed. Refuses `bad_request`. */
export function readClaim(text: string): string {
  return lettersOf(text.startsWith(CLAIM_PREFIX) ? text.slice(CLAIM_PREFIX.length) : text, CLAIM_LENGTH);
}

/** The six figures that came apart from the slip. Refuses `bad_request`. */
export function readPin(text: string): string {
  const figures = bare(text);
  if (!/^[0-9]{6}$/.test(figures)) throw new Refused("bad_request", "a PIN has six figures");
  return figures;
}

/** Letters as people type them: blanks and hyphens do not count, and what looks like a figure is one. */
function lettersOf(text: string, length: number): string {
  const letters = bare(text).toUpperCase().replace(/[ILO]/g, (letter) => (letter === "O" ? "0" : "1"));
  if (letters.length !== length || ![...letters].every((letter) => CROCKFORD.includes(letter))) {
    throw new Refused("bad_request", "a code of another length or with another letter");
  }
  return letters;
}

function bare(text: string): string {
  return text.length <= LONGEST ? text.replace(/[- \t\r\n]/g, "") : "";
}
