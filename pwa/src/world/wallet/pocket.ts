/** The pocket whole: its parts over one hand. What it is made of comes from `wallet.tsx`. */
import type { Post } from "../../kernel/ports.ts";
import type { Pocket } from "../../stories/holder/ports.ts";
import { askingOf, type IssuerDesk } from "./asking.ts";
import { backingOf } from "./backing.ts";
import { Hand, type Outfit } from "./hand.ts";
import { receivingOf } from "./keeping.ts";
import { keepUp } from "./keepup.ts";
import { openingOf } from "./opening.ts";
import type { Pending } from "./pending.ts";
import { showingOf } from "./presenting.ts";
import type { CopyServer } from "./server.ts";
import { learning, sheetsOf } from "./sheets.ts";

export interface Afar {
  readonly server: CopyServer;
  readonly desk: IssuerDesk;
  readonly pending: Pending;
  /** To issuers: how claimed passes come. */
  readonly post: Post;
}

export function pocketOf(outfit: Outfit, { server, desk, pending, post }: Afar): Pocket {
  const hand = new Hand(outfit);
  const pocket = {
    ...learning(hand, { ...openingOf(hand), ...backingOf(hand, server, pending) }),
    ...receivingOf(hand, post), ...showingOf(hand), ...sheetsOf(hand), ...askingOf(hand, desk),
  };
  keepUp(hand, pocket);
  return pocket;
}
