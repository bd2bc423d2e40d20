/**
 * Who is open, and her things as they are to lie on the disk next. In memory only; `forget` writes over the keys. What the
 * PIN opens (the pack) is made anew from the vault at every change of it: they never tell different things.
 */
import type { Instant } from "../../kernel/bundle/installed.ts";
import type { Random } from "../../kernel/ports.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { type Kdf, KIND, readHeader } from "../../kernel/vault/pvl1.ts";
import { isSaved } from "../../kernel/vault/remembered.ts";
import { readSealed } from "../../kernel/vault/sealed.ts";
import { type Pack, sealPack } from "./pack.ts";
import type { Person } from "./people.ts";
import { unpinnedIn, withUnpinned } from "./unpinned.ts";

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
}

interface Tools {
  readonly now: () => Instant;
  readonly random: Random;
}

/** What a pack begins with that was not there before. */
export const FRESH: Pick<Pack, "unpinned" | "pickup" | "shows"> = { unpinned: [], pickup: null, shows: [] };

/** The pack of an open vault: all passes but those that she keeps from the PIN. */
export function packOf(wallet: OpenWallet, former: Pick<Pack, "unpinned" | "pickup" | "shows">): Pack {
  const unpinned = unpinnedIn(wallet, former.unpinned);
  return {
    seed: wallet.seed(), saved: isSaved(wallet), hasPassphrase: wallet.wraps.some((wrap) => readHeader(wrap).kind === KIND.wrapPassphrase),
    passes: wallet.passes().filter(({ name }) => !unpinned.has(name)).map(({ name, receivedAt, document }) => ({ name, receivedAt, document })),
    unpinned: former.unpinned, pickup: former.pickup, shows: former.shows,
  };
}

/**
 * With a change of the vault. What a pack of before keeps from the PIN and the vault does not say yet goes into the vault first:
 * where that failed when she came in, what she changes now counts all the same.
 */
export function changed<I extends Pick<Inside, "pack">>(inside: I, wallet: OpenWallet, change: (wallet: OpenWallet) => OpenWallet, { now, random }: Tools) {
  const { pack } = inside;
  return { ...inside, wallet: change(withUnpinned(wallet, pack.unpinned, now(), random)), pack: { ...pack, unpinned: [] } };
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
