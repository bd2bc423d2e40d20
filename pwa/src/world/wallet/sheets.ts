/** The recovery sheet of who is open with the vault: its letters while they are known, and the groups that are asked back. */
import type { SaveOutcome, Sheets, SheetView } from "../../stories/holder/ports.ts";
import type { Hand } from "./hand.ts";
import { withSavedSheet, withSheetPlace } from "./inside.ts";
import { sheetView } from "./opening.ts";

export function sheetsOf(hand: Hand): Sheets {
  return {
    sheet: () => hand.inTurn(() => sheet(hand)),
    confirmSheet: (groups) => hand.inTurn(() => confirmSheet(hand, groups)),
  };
}

/** The letters; where they are not known any more a new sheet is made, and the old one ends once that is kept. */
export async function lettersOf(hand: Hand): Promise<{ readonly letters: string } | "full" | "failed"> {
  const { inside } = hand;
  if (inside?.letters) return { letters: inside.letters };
  if (inside === null || inside.wallet === null) return "failed";
  const { random, now } = hand.outfit;
  const made = inside.wallet.withSheet(random);
  const outcome = await hand.save({ ...inside, wallet: withSheetPlace(made.wallet, made.sheet, now(), random), letters: made.sheet }, true);
  return outcome === "saved" ? { letters: made.sheet } : outcome;
}

async function sheet(hand: Hand): Promise<SheetView | "full" | "failed"> {
  const found = await lettersOf(hand);
  return typeof found === "string" ? found : sheetView(found.letters);
}

async function confirmSheet(hand: Hand, groups: Readonly<Record<number, string>>): Promise<SaveOutcome | "wrong"> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null || inside.letters === null) return "failed";
  const right = inside.letters.split("-");
  const asked = Object.entries(groups);
  const given = asked.length > 0 && asked.every(([place, typed]) => bare(typed) === right[Number(place) - 1]);
  if (!given) return "wrong";
  return hand.save({ ...inside, wallet: withSavedSheet(inside.wallet, hand.outfit.now(), hand.outfit.random) }, true);
}

/** As people write Crockford's letters. */
function bare(typed: string): string {
  return typed.replace(/[\s-]/g, "").toUpperCase().replace(/[ILO]/g, (letter) => (letter === "O" ? "0" : "1"));
}
