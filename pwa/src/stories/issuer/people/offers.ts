/** How an offer stands that nobody has collected, and how its code is written. Data alone. */
import type { Key } from "../../../words/text.ts";
import type { OfferLine, PersonFile } from "../wire.ts";

/** Wrong PINs that close an offer, for the right one too; the server counts them (TRUST section 10). */
const TRIES = 5;

/** A newer offer takes the place of one that is closed, so only the one that still stands asks for another. */
export function openWord({ stands, tries }: Pick<OfferLine, "stands" | "tries">): Key {
  if (!stands) return "offer.gone";
  return tries < TRIES ? "offer.open" : "offer.closed";
}

/** Whether a certificate took another's place by a correction or an answer to an objection, and no slip of it was made yet: its person does not have it. */
export function isToHand({ id }: { id: string }, { amendments, disputes, offers }: Pick<PersonFile, "amendments" | "disputes" | "offers">): boolean {
  return [...amendments, ...disputes].some(({ replacement }) => replacement === id) && !offers.some(({ credential }) => credential === id);
}

/** "7KQ2M-8XW4T": a claim code as its paper writes it. */
export function codeWords(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}
