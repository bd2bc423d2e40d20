/**
 * Who is open, and her things as they are to lie on the disk next. In memory only; `forget` writes over the keys. What the
 * PIN opens (the pack) is made anew from the vault at every change of it: they never tell different things.
 */
import { base64url, fromBase64url } from "../../kernel/bytes.ts";
import type { Instant } from "../../kernel/bundle/installed.ts";
import type { Random } from "../../kernel/ports.ts";
import { hashOf } from "../../kernel/vault/contents.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { type Kdf, KIND, readHeader } from "../../kernel/vault/pvl1.ts";
import { readSealed, wrapOf } from "../../kernel/vault/sealed.ts";
import { readSheet, sheetLocator } from "../../kernel/vault/sheet.ts";
import { type Pack, sealPack } from "./pack.ts";
import type { Person } from "./people.ts";

/** What a PIN came to: the key of the pack, and how it was stretched. */
export interface PinLock {
  readonly key: Uint8Array;
  readonly kdf: Kdf;
}

export interface Inside {
  /** Which opening of the pocket this belongs to. */
  readonly visit: number;
  readonly person: Person;
  /** null: no PIN is set, or none was typed (she forgot it). */
  readonly lock: PinLock | null;
  readonly pack: Pack;
  /** null while only the PIN was given. */
  readonly wallet: OpenWallet | null;
  /** Of the recovery sheet, where they are known: until the page is locked after the sheet was made. */
  readonly letters: string | null;
}

/** The kind of note that remembers which sheet was given back in groups. */
const SHEET_NOTE = "sheet";
const PLACE_NOTE = "sheet-place";

/** What a pack begins with that was not there before. */
export const FRESH: Pick<Pack, "unpinned" | "pickup" | "shows"> = { unpinned: [], pickup: null, shows: [] };

/** The pack of an open vault: all passes but those that she keeps from the PIN; one that replaces such a pass is kept from it too. */
export function packOf(wallet: OpenWallet, former: Pick<Pack, "unpinned" | "pickup" | "shows">): Pack {
  const passes = wallet.passes();
  const unpinned = passes.filter(({ name, replaces }) => former.unpinned.includes(name) || (replaces !== null && former.unpinned.includes(replaces))).map(({ name }) => name);
  return {
    seed: wallet.seed(), saved: isSaved(wallet), hasPassphrase: wallet.wraps.some((wrap) => readHeader(wrap).kind === KIND.wrapPassphrase), unpinned,
    passes: passes.filter(({ name }) => !unpinned.includes(name)).map(({ name, receivedAt, document }) => ({ name, receivedAt, document })),
    pickup: former.pickup, shows: former.shows,
  };
}

/** Three groups of the sheet that opens this vault were given back. */
export function isSaved(wallet: OpenWallet): boolean {
  return wallet.notes(SHEET_NOTE).some(({ body }) => body["check"] === sheetCheck(wallet));
}

/** With the note that its sheet was given back. */
export function withSavedSheet(wallet: OpenWallet, now: Instant, random: Random): OpenWallet {
  const bare = wallet.notes(SHEET_NOTE).reduce((before, { name }) => before.dropNote(name), wallet);
  return bare.note(SHEET_NOTE, { check: sheetCheck(wallet) }, now, random);
}

/** With the place that the server finds this vault by through its sheet, for as long as this sheet is the one. */
export function withSheetPlace(wallet: OpenWallet, letters: string, now: Instant, random: Random): OpenWallet {
  const bare = wallet.notes(PLACE_NOTE).reduce((before, { name }) => before.dropNote(name), wallet);
  return bare.note(PLACE_NOTE, { check: sheetCheck(wallet), place: base64url(sheetLocator(readSheet(letters))) }, now, random);
}

/** That place; null where this sheet was made elsewhere and its note has not come yet. */
export function sheetPlaceOf(wallet: OpenWallet): Uint8Array | null {
  const note = wallet.notes(PLACE_NOTE).find(({ body }) => body["check"] === sheetCheck(wallet));
  return note === undefined ? null : fromBase64url(String(note.body["place"]), 64);
}

/** Which sheet it is: another one wraps the key otherwise. */
function sheetCheck(wallet: OpenWallet): string {
  return hashOf(wrapOf(wallet, KIND.wrapRecovery));
}

/** The next state, and the row that keeps it. `vault`: the vault changed too, not the pack alone. */
export function nextOf<I extends Omit<Inside, "visit">>(inside: I, vault: boolean, random: Random): I {
  const { person, lock, pack, wallet } = inside;
  const turn = person.turn + 1;
  const sealed = vault && wallet !== null ? wallet.sealed(random) : null;
  const bytes = sealed?.bytes ?? person.vault;
  const blob = lock === null ? null : sealPack(pack, { ...lock, vaultId: readSealed(bytes).vaultId, turn, random });
  return { ...inside, wallet: sealed?.wallet ?? wallet, person: { ...person, turn, vault: bytes, pack: blob } };
}

/** Writes over what opens and signs, so that nothing of it waits in memory to be found. */
export function forget({ lock, pack, wallet }: Pick<Inside, "lock" | "pack" | "wallet">): void {
  lock?.key.fill(0);
  pack.seed.fill(0);
  wallet?.forget();
}
