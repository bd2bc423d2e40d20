/**
 * The recovery sheet and the helpers' papers of who is open with the vault (TRUST section 8): shown as often as she likes, always
 * the same; the groups that are asked back; and another sheet, which ends the former only once its groups came back.
 */
import { confirmSheet, learnSheet, nextSheet, type Paper, papersOf, settleSheet, sheetIn, withNextSheet, withoutNextSheet } from "../../kernel/vault/remembered.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import type { BackingUp, Opening, SaveOutcome, Sheets, SheetsView, SheetView, Unsaved, Way, WrongGroups } from "../../stories/holder/ports.ts";
import type { Hand } from "./hand.ts";
import { sheetView } from "./opening.ts";

/** Fewer say too little of the whole. */
const GROUPS_BACK = 3;

export function sheetsOf(hand: Hand): Sheets {
  const { now, random } = hand.outfit;
  return {
    sheet: () => hand.inTurn(() => shown(hand, (wallet) => wallet)),
    newSheet: () => hand.inTurn(() => shown(hand, (wallet) => withNextSheet(wallet, now(), random))),
    keepSheet: () => hand.inTurn(() => shown(hand, withoutNextSheet)),
    confirmSheet: (groups) => hand.inTurn(() => confirm(hand, groups)),
    halves: () => hand.inTurn(() => halves(hand)),
  };
}

/** The ways into a vault, each of which also tells the vault the letters that opened it, where it did not know them. */
export function learning<W extends Pick<Opening, "openVault"> & Pick<BackingUp, "recover" | "importFile">>(hand: Hand, ways: W): W {
  const told = async <A>(answer: A, way: Way): Promise<A> => {
    const { now, random } = hand.outfit;
    if (answer === "opened" || answer === "saved") await hand.inTurn(() => changed(hand, (wallet) => learnSheet(wallet, way, now(), random)));
    return answer;
  };
  return {
    ...ways,
    openVault: async (way, symbol) => told(await ways.openVault(way, symbol), way),
    recover: async (way) => told(await ways.recover(way), way),
    importFile: async (file, way) => told(await ways.importFile(file, way), way),
  };
}

/** The vault after that change, kept where it is another; opened by the sheet in force, whichever of her phones put it there. */
async function changed(hand: Hand, change: (wallet: OpenWallet) => OpenWallet): Promise<OpenWallet | Unsaved> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null) return "failed";
  const wallet = change(settleSheet(inside.wallet, hand.outfit.random));
  if (wallet === inside.wallet) return wallet;
  const outcome = await hand.save({ ...inside, wallet }, true);
  return outcome === "saved" ? wallet : outcome;
}

async function shown(hand: Hand, change: (wallet: OpenWallet) => OpenWallet): Promise<SheetsView | Unsaved> {
  const wallet = await changed(hand, change);
  return typeof wallet === "string" ? wallet : { current: viewOf(sheetIn(wallet)), next: viewOf(nextSheet(wallet)) };
}

async function halves(hand: Hand): Promise<readonly [SheetView, SheetView] | "unknown" | Unsaved> {
  const wallet = await changed(hand, (same) => same);
  if (typeof wallet === "string") return wallet;
  const paper = sheetIn(wallet);
  if (paper === null) return "unknown";
  const [one, other] = papersOf(paper);
  return [sheetView(one), sheetView(other)];
}

/** Of the new sheet where there is one, which is then in force, else of the one that is. */
async function confirm(hand: Hand, groups: Readonly<Record<number, string>>): Promise<SaveOutcome | WrongGroups> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null) return "failed";
  const paper = nextSheet(inside.wallet) ?? sheetIn(inside.wallet);
  const right = paper?.letters.split("-") ?? [];
  const asked = Object.entries(groups);
  const wrong = asked.filter(([place, typed]) => bare(typed) !== right[Number(place) - 1]).map(([place]) => Number(place));
  if (wrong.length > 0 || asked.length < GROUPS_BACK) return { wrong };
  return hand.save({ ...inside, wallet: confirmSheet(inside.wallet, hand.outfit.now(), hand.outfit.random) }, true);
}

function viewOf(paper: Paper | null): SheetView | null {
  return paper === null ? null : sheetView(paper.letters);
}

/** As people write Crockford's letters. */
function bare(typed: string): string {
  return typed.replace(/[\s-]/g, "").toUpperCase().replace(/[ILO]/g, (letter) => (letter === "O" ? "0" : "1"));
}
