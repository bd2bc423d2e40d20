/** How an offer stands that nobody has collected. Data alone. */
import type { Key } from "../../../words/text.ts";
import type { OfferLine } from "../wire.ts";

/** Wrong PINs that close an offer, for the right one too; the server counts them (TRUST section 10). */
const TRIES = 5;

/** A newer offer takes the place of one that is closed, so only the one that still stands asks for another. */
export function openWord({ stands, tries }: Pick<OfferLine, "stands" | "tries">): Key {
  if (!stands) return "offer.gone";
  return tries < TRIES ? "offer.open" : "offer.closed";
}
