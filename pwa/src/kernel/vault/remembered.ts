/**
 * What an open vault remembers of its recovery sheet (TRUST section 8), so that who looks again finds the letters that are on
 * paper, and the helpers' papers stay theirs. The twin of `wallet/remembered.py`. Who opens the vault holds its key already:
 * these letters let her do nothing that she could not do.
 *
 *     {"type": "sheet-letters", "letters": …, "half": …}   the sheet in force, and the first helper's paper
 *     {"type": "sheet-next", "letters": …, "half": …}      one that is in force once three of its groups came back
 *     {"type": "sheet", "check": …}                        the place of the sheet that came back in groups
 *
 * Pages before these notes wrote {"type": "sheet-place"}, and the hash of the wrap as `check`: they are read on.
 */
import { base64url, fromBase64url } from "../bytes.ts";
import type { Instant } from "../bundle/installed.ts";
import { member } from "../json.ts";
import type { Random } from "../ports.ts";
import { Refused } from "../refused.ts";
import { hashOf } from "./contents.ts";
import type { OpenWallet } from "./holder.ts";
import type { Note } from "./kept.ts";
import { KIND, open } from "./pvl1.ts";
import { wrapOf } from "./sealed.ts";
import { halfTexts, joinHalves, otherHalf, readLetters, readSheet, sheetKey, sheetLocator, sheetText } from "./sheet.ts";

const LETTERS = "sheet-letters";
const NEXT = "sheet-next";
const SAVED = "sheet";
const PLACE = "sheet-place";
const SECRET_SIZE = 16;

/** A sheet's letters, and those of the first helper's paper. */
export interface Paper {
  readonly letters: string;
  readonly half: string;
}

/** What somebody typed to open the vault. */
export type Typed = { readonly passphrase: string } | { readonly sheet: string } | { readonly halves: readonly [string, string] };

/** The sheet that opens this vault; null where it does not know its letters. */
export function sheetIn(wallet: OpenWallet): Paper | null {
  return papersNoted(wallet, LETTERS).find(({ letters }) => opensBy(wallet, letters)) ?? null;
}

/** The new sheet that is not in force yet; null where there is none. */
export function nextSheet(wallet: OpenWallet): Paper | null {
  return papersNoted(wallet, NEXT)[0] ?? null;
}

/** Both helpers' papers, the same ones every time. */
export function papersOf({ letters, half }: Paper): readonly [string, string] {
  return [half, otherHalf(readSheet(letters), half)];
}

/** With the letters of the sheet that opens it, and no others; `half` null: its helpers' papers are drawn now. */
export function rememberSheet(wallet: OpenWallet, { letters, half }: { letters: string; half: string | null }, now: Instant, random: Random): OpenWallet {
  const paper = { letters, half: half ?? halfTexts(readSheet(letters), random)[0] };
  return without(wallet, LETTERS, PLACE).note(LETTERS, paper, now, random);
}

/** With what she typed to open it, where it was its sheet or both papers and the vault did not know them. */
export function learnSheet(wallet: OpenWallet, typed: Typed, now: Instant, random: Random): OpenWallet {
  if ("passphrase" in typed || sheetIn(wallet) !== null) return wallet;
  const paper = paperTyped(typed);
  return paper !== null && opensBy(wallet, paper.letters) ? rememberSheet(wallet, paper, now, random) : wallet;
}

/** With a new sheet that opens nothing yet. */
export function withNextSheet(wallet: OpenWallet, now: Instant, random: Random): OpenWallet {
  const secret = random(SECRET_SIZE);
  return withoutNextSheet(wallet).note(NEXT, { letters: sheetText(secret), half: halfTexts(secret, random)[0] }, now, random);
}

/** She keeps the sheet that she had. */
export function withoutNextSheet(wallet: OpenWallet): OpenWallet {
  return without(wallet, NEXT);
}

/** Groups of it came back: the new sheet, where there is one, opens from now on and the former no more. */
export function confirmSheet(wallet: OpenWallet, now: Instant, random: Random): OpenWallet {
  const next = nextSheet(wallet);
  const changed = next === null ? wallet : rememberSheet(withoutNextSheet(wallet.withSheetOf(next.letters, random)), next, now, random);
  const paper = sheetIn(changed);
  return paper === null ? changed : without(changed, SAVED).note(SAVED, { check: placeOf(paper.letters) }, now, random);
}

/** Opened from now on by the sheet whose groups came back on another phone of hers; the same wallet where there is none. */
export function settleSheet(wallet: OpenWallet, random: Random): OpenWallet {
  if (sheetIn(wallet) !== null) return wallet;
  const saved = papersNoted(wallet, LETTERS).find(({ letters }) => isChecked(wallet, placeOf(letters)));
  return saved === undefined ? wallet : wallet.withSheetOf(saved.letters, random);
}

/** Groups of the sheet that opens this vault were given back. */
export function isSaved(wallet: OpenWallet): boolean {
  const paper = sheetIn(wallet);
  return isChecked(wallet, wrapHash(wallet)) || (paper !== null && isChecked(wallet, placeOf(paper.letters)));
}

/** Where the server finds this vault by its sheet; null where the letters are not known and no place was noted. */
export function sheetPlace(wallet: OpenWallet): Uint8Array | null {
  const paper = sheetIn(wallet);
  if (paper !== null) return sheetLocator(readSheet(paper.letters));
  const hash = wrapHash(wallet);
  const note = wallet.notes(PLACE).find(({ body }) => hash !== null && body["check"] === hash);
  return note === undefined ? null : fromBase64url(String(note.body["place"]), 64);
}

/** The sheets that notes of a kind hold, the newest first; a note that holds none is left out. */
function papersNoted(wallet: OpenWallet, kind: string): readonly Paper[] {
  const newest = (one: Note, other: Note): number => (one.changedAt === other.changedAt ? (one.name < other.name ? -1 : 1) : one.changedAt < other.changedAt ? 1 : -1);
  return [...wallet.notes(kind)].sort(newest).flatMap(({ body }) => {
    const letters = member(body, "letters");
    const half = member(body, "half");
    return typeof letters === "string" && typeof half === "string" && isPaper(letters, half) ? [{ letters, half }] : [];
  });
}

function isChecked(wallet: OpenWallet, check: string | null): boolean {
  return check !== null && wallet.notes(SAVED).some(({ body }) => body["check"] === check);
}

function placeOf(letters: string): string {
  return base64url(sheetLocator(readSheet(letters)));
}

function isPaper(letters: string, half: string): boolean {
  return refusedAsNull(() => otherHalf(readSheet(letters), half)) !== null;
}

function opensBy(wallet: OpenWallet, letters: string): boolean {
  return refusedAsNull(() => open(wrapOf(wallet, KIND.wrapRecovery), sheetKey(readSheet(letters), wallet.contents.vaultId))) !== null;
}

function paperTyped(typed: Exclude<Typed, { readonly passphrase: string }>): { letters: string; half: string | null } | null {
  return refusedAsNull(() => {
    if ("sheet" in typed) return { letters: sheetText(readSheet(typed.sheet)), half: null };
    const secret = joinHalves(...typed.halves);
    const second = typed.halves.find((half) => readLetters(half).half === 2) ?? "";
    return { letters: sheetText(secret), half: otherHalf(secret, second) };
  });
}

function wrapHash(wallet: OpenWallet): string | null {
  return refusedAsNull(() => hashOf(wrapOf(wallet, KIND.wrapRecovery)));
}

function without(wallet: OpenWallet, ...kinds: readonly string[]): OpenWallet {
  return kinds.flatMap((kind) => wallet.notes(kind)).reduce((before, { name }) => before.dropNote(name), wallet);
}

function refusedAsNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof Refused) return null;
    throw fault;
  }
}
