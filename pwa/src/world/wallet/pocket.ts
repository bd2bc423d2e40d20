/** The pocket whole: its parts over one hand. What it is made of comes from `wallet.tsx`. */
import type { Pocket } from "../../stories/holder/ports.ts";
import { Hand, type Outfit } from "./hand.ts";
import { receivingOf } from "./keeping.ts";
import { openingOf } from "./opening.ts";
import { showingOf } from "./presenting.ts";
import { sheetsOf } from "./sheets.ts";

export function pocketOf(outfit: Outfit): Pocket {
  const hand = new Hand(outfit);
  return { ...openingOf(hand), ...receivingOf(hand), ...showingOf(hand), ...sheetsOf(hand) };
}
