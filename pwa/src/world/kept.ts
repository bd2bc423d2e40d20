/** What this device keeps of the list, and reads back: as it was left, or as nothing. No part of it is about people. */
import type { Instant, Remembered } from "../kernel/bundle/installed.ts";
import type { Store } from "./store.ts";

/** Enough to install the list again as it was, also after its metadata has run out. `root` is the one first pinned. */
export interface Kept {
  readonly version: number;
  readonly root: Uint8Array;
  readonly container: Uint8Array;
  readonly remembered: Remembered;
}

/** A list that was in use before: an update onward begins at one of these. */
export interface Former {
  readonly version: number;
  readonly container: Uint8Array;
}

/** Lists come out every six hours: two days of them, and no more room than this. */
const FORMERS = 8;
const FORMERS_BYTES = 1024 * 1024;

/** The lists before the one in use, newest first, with the one that was in use until now. */
export function withFormer(formers: readonly Former[], { version, container }: Former): readonly Former[] {
  let room = FORMERS_BYTES;
  const all = [{ version, container }, ...formers.filter((one) => one.version < version)];
  return all.slice(0, FORMERS).filter((one) => (room -= one.container.length) >= 0);
}

/** All that is kept; each part that was lost or damaged is absent, and the floor stands by itself. */
export interface Shelf {
  readonly kept: Kept | null;
  readonly formers: readonly Former[];
  readonly floor: Instant;
}

export async function recall(store: Store): Promise<Shelf> {
  const [kept, formers, floor] = await Promise.all(["list", "formers", "floor"].map((name) => store.get(name).catch(() => undefined)));
  return {
    kept: isKept(kept) ? kept : null,
    formers: Array.isArray(formers) ? formers.filter(isFormer) : [],
    floor: typeof floor === "number" && Number.isFinite(floor) ? floor : 0,
  };
}

/** In one transaction: a list without its floor, or a floor without its list, is never left. */
export function keep(store: Store, { kept, formers, floor }: Shelf): Promise<void> {
  return store.put({ list: kept, formers, floor });
}

function isFormer(found: unknown): found is Former {
  if (typeof found !== "object" || found === null) return false;
  const { version, container } = found as Partial<Record<keyof Former, unknown>>;
  return typeof version === "number" && container instanceof Uint8Array;
}

/** What the store gives back is ours, but a phone's storage can be damaged: its shape is looked at before use. */
function isKept(found: unknown): found is Kept {
  if (!isFormer(found)) return false;
  const { root, remembered } = found as Partial<Record<keyof Kept, unknown>>;
  if (!(root instanceof Uint8Array) || typeof remembered !== "object" || remembered === null) return false;
  const { versions, lists, root: last } = remembered as Partial<Record<keyof Remembered, unknown>>;
  return versions instanceof Map && lists instanceof Map && last instanceof Uint8Array;
}
