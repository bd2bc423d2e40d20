/**
 * What comes, and what is kept of it (DOMAIN P2): read, judged by the list in use, and kept only when it was judged here and
 * holds. A paper whose time has ended may be kept as history (P8); one that is cancelled, under review or cannot be checked is not.
 */
import { canonical } from "../../kernel/canonical.ts";
import type { Dictionary } from "../../kernel/cborld/tables.ts";
import { isObject, type JsonObject, member } from "../../kernel/json.ts";
import { Refused } from "../../kernel/refused.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { type Arrived as Letter, readJsonLetter, readLetter, sortTexts } from "../../kernel/verify/arriving.ts";
import { deciding } from "../../kit/reasons.ts";
import type { Arrived, Received, Receiving, SaveOutcome } from "../../stories/holder/ports.ts";
import type { Verdict } from "../../words/report.ts";
import type { Hand } from "./hand.ts";
import type { Inside } from "./inside.ts";

const WORTH_KEEPING: ReadonlySet<Verdict> = new Set<Verdict>(["valid", "valid_as_of", "expired"]);

export function receivingOf(hand: Hand): Omit<Receiving, "pickUp"> {
  /** What was looked at here and may be kept: nothing else is. */
  const good = new WeakSet<Arrived>();
  const looked = (arrived: readonly Arrived[]): readonly Arrived[] => {
    for (const one of arrived) if (one.refused === null) good.add(one);
    return arrived;
  };
  return {
    look: async (sent) => ({ arrived: looked(await look(hand, sent)) }) satisfies Received,
    keep: (arrived) => hand.inTurn(() => keep(hand, arrived.filter((one) => good.has(one)))),
    pin: (names, pinned) => hand.inTurn(() => changePack(hand, (inside) => pinnedAs(inside, names, pinned))),
    retain: (names) => hand.inTurn(() => changeVault(hand, (wallet) => names.reduce((before, name) => before.retain(name), wallet))),
    drop: (names) => hand.inTurn(() => changeVault(hand, (wallet) => names.reduce((before, name) => before.drop(name), wallet))),
  };
}

/** One for each pass that was read, or one for what could not be read. */
async function look(hand: Hand, sent: readonly string[] | Uint8Array): Promise<readonly Arrived[]> {
  const { desk } = hand.outfit;
  const whole = await desk.judge(sent);
  const bundle = desk.trust.inUse();
  if (bundle === null) return [{ document: null, judged: whole, refused: "no_bundle" }];
  try {
    const letters = lettersOf(sent, bundle.dictionary);
    if (letters.some(({ presentation }) => presentation !== null)) return [{ document: null, judged: whole, refused: "invalid_shape" }];
    const arrived: Arrived[] = [];
    for (const document of letters.flatMap(({ passes }) => passes)) arrived.push(await judged(hand, document));
    return arrived;
  } catch (fault) {
    if (fault instanceof Refused) return [{ document: null, judged: whole, refused: fault.code }];
    throw fault;
  }
}

function lettersOf(sent: readonly string[] | Uint8Array, dictionary: Dictionary): readonly Letter[] {
  if (sent instanceof Uint8Array) return [readJsonLetter(sent, dictionary)];
  return sortTexts(sent).letters.map((letter) => readLetter(letter, dictionary));
}

/** What the verifier says of one pass, and what the wallet adds: a pass made for another key is kept by who holds that key. */
async function judged(hand: Hand, document: JsonObject): Promise<Arrived> {
  const found = await hand.outfit.desk.judge(canonical(document));
  const { verdict, passes, reasons } = found.report;
  const subject = member(document, "credentialSubject");
  const bound = isObject(subject) ? member(subject, "id") : undefined;
  if (!WORTH_KEEPING.has(verdict)) {
    const codes = [...(passes[0]?.reasons ?? []), ...reasons];
    return { document, judged: found, refused: codes[deciding(codes)] ?? verdict };
  }
  const hers = bound === undefined || bound === hand.opened?.did;
  return { document, judged: found, refused: hers ? null : "holder_mismatch" };
}

async function keep(hand: Hand, arrived: readonly Arrived[]): Promise<SaveOutcome> {
  const outcome = await changeVault(hand, (wallet) => {
    const now = hand.outfit.now();
    return arrived.reduce((kept, { document }) => (document === null ? kept : kept.keep(document, now)), wallet);
  });
  if (outcome === "saved") void navigator.storage?.persist?.(); // now there is something that the browser should not take away
  return outcome;
}

/** A change of the vault, with the pack that goes by it. */
export async function changeVault(hand: Hand, change: (wallet: OpenWallet) => OpenWallet): Promise<SaveOutcome> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null) return "failed";
  return hand.save({ ...inside, wallet: change(inside.wallet) }, true);
}

/** A change of what the PIN shows. */
async function changePack(hand: Hand, change: (inside: Inside) => Inside): Promise<SaveOutcome> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null) return "failed";
  return hand.save(change(inside), true);
}

function pinnedAs(inside: Inside, names: readonly string[], pinned: boolean): Inside {
  const others = inside.pack.unpinned.filter((other) => !names.includes(other));
  return { ...inside, pack: { ...inside.pack, unpinned: pinned ? others : [...others, ...names] } };
}
