/**
 * The ways in (TRUST section 8): a new person, her PIN, her vault. A drawing that nobody uses is answered like every other, in the
 * same words and after the same work; making a person tells nothing of who else there is.
 */
import { base64url } from "../../kernel/bytes.ts";
import { isRefused, Refused } from "../../kernel/refused.ts";
import { createWallet, openWallet, type OpenWallet, type Secret } from "../../kernel/vault/holder.ts";
import { type Argon2, passphraseKey, pinKey, requirePin, requireStrong } from "../../kernel/vault/passphrase.ts";
import type { Kdf } from "../../kernel/vault/pvl1.ts";
import { rememberSheet } from "../../kernel/vault/remembered.ts";
import { joinHalves, sheetText } from "../../kernel/vault/sheet.ts";
import type { NewPerson, Opening, PinAnswer, SaveOutcome, SheetView, Way, WayAnswer } from "../../stories/holder/ports.ts";
import type { SymbolName } from "../../stories/holder/symbols.tsx";
import { makeBox, openBox } from "./box.ts";
import type { Hand } from "./hand.ts";
import { withLines } from "./history.ts";
import { changed, forget, FRESH, type Inside, nextOf, packOf, type PinLock } from "./inside.ts";
import { openPack } from "./pack.ts";
import type { Person } from "./people.ts";
import { answerOf, mayTry } from "./tries.ts";

export function openingOf(hand: Hand): Opening {
  return {
    opened: () => hand.opened,
    onChange: (changed) => hand.onChange(changed),
    lost: () => hand.outfit.people.lost(),
    tryPin: (symbol, pin) => opening(hand, (visit) => tryPin(hand, symbol, pin, visit)),
    confirm: (pin) => hand.inTurn(() => confirm(hand, pin)),
    create: (person) => opening(hand, (visit) => create(hand, person, visit)),
    openVault: (way, symbol) => opening(hand, (visit) => openVault(hand, { way, symbol, visit })),
    setPin: (symbol, pin) => hand.inTurn(() => setPin(hand, symbol, pin)),
    setPhrase: (passphrase) => hand.inTurn(() => setPhrase(hand, passphrase)),
    lock: () => hand.lock(),
    left: () => hand.left,
    touch: () => hand.touch(),
  };
}

/** A way in belongs to the visit in which it began: where the page is locked meanwhile it opens nothing. */
export function opening<T>(hand: Hand, act: (visit: number) => Promise<T>): Promise<T> {
  const { visit } = hand;
  return hand.inTurn(() => act(visit));
}

/** The letters as they are shown, and as its QR has them. */
export function sheetView(letters: string): SheetView {
  return { letters, qr: letters.replaceAll("-", "") };
}

async function tryPin(hand: Hand, symbol: SymbolName, pin: string, visit: number): Promise<PinAnswer> {
  const found = await guess(hand, symbol, pin, null);
  if (!("inside" in found)) return found.answer;
  await hand.enter(found.inside, visit);
  return { opened: true };
}

async function confirm(hand: Hand, pin: string): Promise<PinAnswer> {
  const { inside } = hand;
  if (inside === null) throw new Error("nobody is open");
  const found = await guess(hand, inside.person.symbol, pin, inside.person.id);
  if ("inside" in found) {
    forget(found.inside);
    return { opened: true };
  }
  if (!found.answer.opened && found.answer.erased) hand.lock();
  return found.answer;
}

type Found = { readonly inside: Omit<Inside, "visit"> } | { readonly answer: PinAnswer };

/**
 * One try of a PIN behind a drawing: argon2 once, whoever is there; counted before anything is looked at. What is told, and how
 * long it takes, goes by the drawing's own count (hers where she is open): each person's bounds only whether she is tried.
 */
async function guess(hand: Hand, symbol: SymbolName, pin: string, only: string | null): Promise<Found> {
  const { people, argon2, now } = hand.outfit;
  const told = only ?? symbol;
  if (!mayTry(await people.triesOf(symbol, only, now()), now())) return { answer: await refusal(hand, symbol, only, false) };
  const kdf = await people.kdfOf(symbol);
  const once = remembered(argon2);
  await passphraseKey(pin, kdf, once); // the same work where there is nobody; one that fails for want of memory counts for nothing
  const counted = await people.beginTry(symbol, only, now());
  for (const person of await people.behind(symbol)) {
    const inside = counted.now.has(told) && counted.now.has(person.id) ? await insideBy(person, pin, kdf, once) : null;
    if (inside === null) continue;
    await people.wasRight(symbol, person.id, counted);
    return { inside };
  }
  return { answer: await refusal(hand, symbol, only, counted.now.has(told)) };
}

/** Told by the drawing's count, or by `only` hers; others' that ended are erased without a word. */
async function refusal(hand: Hand, symbol: SymbolName, only: string | null, tried: boolean): Promise<PinAnswer> {
  const { people, now } = hand.outfit;
  const answer = answerOf(await people.triesOf(symbol, only, now()), now(), tried);
  const erased = (await people.eraseSpent(symbol)).has(only ?? symbol);
  return erased ? { opened: false, tried, left: 1, wait: 0, last: false, erased } : answer;
}

async function insideBy(person: Person, pin: string, kdf: Kdf, argon2: Argon2): Promise<Omit<Inside, "visit"> | null> {
  const secret = await openBox(person.box);
  if (person.pack === null || secret === null) return null;
  const key = await pinKey(pin, secret, kdf, argon2);
  secret.fill(0);
  const pack = attempt(() => openPack(person.pack ?? new Uint8Array(), key));
  return pack === null ? null : { person, lock: { key, kdf }, pack, wallet: null };
}

async function create(hand: Hand, { symbol, pin, passphrase }: NewPerson, visit: number): ReturnType<Opening["create"]> {
  const { random, now } = hand.outfit;
  try {
    if (passphrase !== null) requireStrong(passphrase);
    const made = await newLock(hand, symbol, pin);
    if (typeof made === "string") return made;
    const { wallet: bare, sheet } = await createWallet(passphrase, hand.outfit);
    const wallet = rememberSheet(bare, { letters: sheet, half: null }, now(), random);
    const person = { id: base64url(random(16)), symbol, turn: 0, box: made.box, pack: null, vault: new Uint8Array(), copy: null };
    const outcome = await hand.begin(nextOf({ person, lock: made.lock, pack: packOf(wallet, FRESH), wallet }, true, random), visit);
    return outcome === "saved" ? sheetView(sheet) : outcome;
  } catch (fault) {
    if (fault instanceof Refused && fault.code === "weak_passphrase") return "weak";
    if (fault instanceof DOMException) return "failed"; // what a browser says that keeps nothing
    throw fault;
  }
}

async function setPin(hand: Hand, symbol: SymbolName, pin: string): ReturnType<Opening["setPin"]> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null) return "failed";
  const made = await newLock(hand, symbol, pin);
  if (typeof made === "string") return made;
  const outcome = await hand.save({ ...inside, lock: made.lock, person: { ...inside.person, symbol, box: made.box } }, true);
  if (outcome === "saved") await hand.outfit.people.beginTries(symbol, inside.person.id);
  return outcome;
}

async function setPhrase(hand: Hand, passphrase: string): Promise<SaveOutcome | "weak"> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null) return "failed";
  if (isRefused(() => requireStrong(passphrase))) return "weak";
  const wallet = await inside.wallet.withPassphrase(passphrase, hand.outfit);
  return hand.save({ ...inside, wallet }, true);
}

/**
 * A new device secret in its box, and the lock that it makes with the PIN. Two people behind one drawing may not have the same
 * PIN, for a PIN would open the wrong one. To ask is no try of the others, and where nobody is the work and the words are the
 * same; how many may ask is bounded (tries.ts), so that nobody learns a PIN by making people.
 */
async function newLock(hand: Hand, symbol: SymbolName, pin: string): Promise<{ box: Person["box"]; lock: PinLock } | "taken"> {
  const { people, random, argon2, now } = hand.outfit;
  if (isRefused(() => requirePin(pin))) return "taken";
  const kdf = await people.kdfOf(symbol);
  const once = remembered(argon2);
  await passphraseKey(pin, kdf, once); // one that fails for want of memory counts for nothing
  for (const person of await people.beginAsking(symbol, hand.inside?.person.id ?? null, now())) {
    if ((await insideBy(person, pin, kdf, once)) !== null) return "taken";
  }
  const { box, secret } = await makeBox(random);
  const key = await pinKey(pin, secret, kdf, once);
  secret.fill(0);
  return { box, lock: { key, kdf } };
}

async function openVault(hand: Hand, { way, symbol, visit }: { way: Way; symbol: SymbolName; visit: number }): Promise<WayAnswer> {
  const { people, argon2 } = hand.outfit;
  const { inside } = hand;
  const secret = secretOf(way);
  if (typeof secret === "string") return secret;
  const people_ = inside === null ? await people.behind(symbol) : [inside.person];
  let stretched = 0;
  const counting: Argon2 = (...given) => {
    stretched += 1;
    return argon2(...given);
  };
  for (const person of people_) {
    const opened = await openWallet(person.vault, secret, counting).catch(ofCode);
    if (opened === "half_sheet") return "half";
    if (typeof opened === "string") continue;
    return (await enterVault(hand, person, opened, visit)) ? "opened" : "wrong";
  }
  if (stretched === 0 && "passphrase" in secret) await passphraseKey(secret.passphrase, await people.kdfOf(symbol), argon2).catch(ofCode);
  return "wrong";
}

/**
 * The vault of who is open, or of who forgot her PIN; what waited in the pack goes into it. False where she is
 * not admitted any more: then nothing is touched of who is open now.
 */
export async function enterVault(hand: Hand, person: Person, wallet: OpenWallet, visit: number): Promise<boolean> {
  if (!hand.admits(person, visit)) {
    wallet.forget();
    return false;
  }
  const { inside } = hand;
  const opened = inside ?? { person, lock: null, pack: packOf(wallet, FRESH) };
  const { shows, unpinned } = opened.pack;
  await hand.enter({ ...opened, wallet, pack: packOf(wallet, opened.pack) }, visit);
  if (inside !== null && shows.length + unpinned.length > 0) {
    const waiting = { ...inside, pack: { ...inside.pack, shows: [] } };
    await hand.save(changed(waiting, wallet, (before) => withLines(before, shows), hand.outfit), true);
  }
  return true;
}

function secretOf(way: Way): Secret | "wrong" | "twice" {
  if (!("halves" in way)) return "sheet" in way ? { sheet: way.sheet } : { passphrase: way.passphrase };
  const joined = joinedBy(way.halves);
  return typeof joined === "string" ? joined : { sheet: sheetText(joined) };
}

/** The sheet's secret from the helpers' papers as typed. */
export function joinedBy(halves: readonly [string, string]): Uint8Array | "wrong" | "twice" {
  try {
    return joinHalves(...halves);
  } catch (fault) {
    return ofCode(fault) === "half_sheet" ? "twice" : "wrong";
  }
}

function ofCode(fault: unknown): string {
  if (fault instanceof Refused) return fault.code;
  throw fault;
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof Refused) return null;
    throw fault;
  }
}

/** The same stretching is done once. */
function remembered(argon2: Argon2): Argon2 {
  let made: Promise<Uint8Array> | null = null;
  return (...given) => (made ??= argon2(...given));
}
