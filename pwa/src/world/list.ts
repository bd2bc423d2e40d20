/**
 * The list of trust on this device: opened from what was kept, brought up to date over HTTP, by file and by codes, handed on by
 * file and by codes. Whatever the way, the kernel's install decides, and a list that does not pass leaves the one in use.
 */
import type { Files } from "../kernel/bundle/chain.ts";
import { beginsAsContainer, CONTAINER_START, pack, unpack } from "../kernel/bundle/container.ts";
import { makeDelta, showDelta, takeDelta } from "../kernel/bundle/delta.ts";
import { readDelta } from "../kernel/bundle/deltatext.ts";
import { type Installing, installFiles, restoreBundle } from "../kernel/bundle/install.ts";
import type { InstalledBundle, Instant } from "../kernel/bundle/installed.ts";
import { needed, readLayout, timestampVersion } from "../kernel/bundle/layout.ts";
import type { Ed25519Check } from "../kernel/ed25519.ts";
import { joinFrames } from "../kernel/frames.ts";
import { Refused } from "../kernel/refused.ts";
import { isTooOld, requireUsable } from "../kernel/trust.ts";
import type { ListNotice, ListOutcome, NotOnward, Onward } from "../kit/ports.ts";
import { FRAME_PREFIX, UPDATE_PREFIX } from "../words/terms.ts";
import { firstRoot, newerParts, wholeList } from "./carrier.ts";
import { BUILT_AT, now } from "./clock.ts";
import { CONTAINER_LIMIT, ForeignPage } from "./fetch.ts";
import { keep, type Kept, recall, type Shelf, withFormer } from "./kept.ts";
import type { Store } from "./store.ts";

const LOCK = "puente-list";
/** How long what is judged waits for a first list that is on its way. */
const MOMENT_MS = 3_000;
const MARKS: Readonly<Record<string, ListNotice>> = {
  bundle_expired: "bundle_expired", clock_behind: "clock_behind", clock_far: "clock_far", root_expired: "root_expired", canary: "canary",
};
/** What a refusal of the kernel comes to; anything else is `refused`. */
const OUTCOMES: Readonly<Record<string, ListOutcome>> = {
  delta_not_for_this_list: "other_version", delta_unreadable: "unreadable", limits_exceeded: "unreadable", unsupported_prefix: "unreadable",
};
const UNSHOWN: Readonly<Record<string, NotOnward>> = { delta_too_large: "too_large", delta_needs_file: "needs_file" };

export class TrustList {
  readonly #store: Store;
  readonly #crypto: Promise<Ed25519Check>;
  readonly #listeners = new Set<() => void>();
  #bundle: InstalledBundle | null = null;
  #shelf: Shelf = { kept: null, formers: [], floor: 0 };
  /** What came of the last list that was offered while nobody asked for one. */
  #offered: "older" | "refused" | null = null;
  /** What is kept was opened; no network is waited for. */
  readonly #ready: Promise<void>;
  #firstRoot: Promise<Uint8Array> | null = null;
  #refreshing: Promise<ListOutcome> | null = null;

  constructor(store: Store, crypto: Promise<Ed25519Check>) {
    this.#store = store;
    this.#crypto = crypto;
    this.#ready = this.#reopen();
  }

  /** The list in use. */
  async bundle(): Promise<InstalledBundle | null> {
    await this.#ready;
    return this.#bundle;
  }

  /** The same, to judge by: on a phone that has none, the first that is being brought is given a moment to come. */
  async soon(): Promise<InstalledBundle | null> {
    await this.#ready;
    if (this.#bundle === null) await Promise.race([this.#refreshing, new Promise((done) => setTimeout(done, MOMENT_MS))]);
    return this.#bundle;
  }

  /** The list in use, as far as the store has answered. */
  inUse(): InstalledBundle | null {
    return this.#bundle;
  }

  /** The least time that this device believes in (TRUST V2); it outlives the list and its loss. */
  floor(): Instant {
    return Math.max(BUILT_AT.getTime(), this.#shelf.floor);
  }

  /** Tells of every change of the list or of what there is to say of it; gives back how to stop listening. */
  onChange(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  }

  /** What there is to say of the list and of the clock beside it, in the order of V1 and V2. */
  async noticed(): Promise<readonly ListNotice[]> {
    await this.#ready;
    const offered = this.#offered === null ? [] : [this.#offered];
    try {
      const { marks, t } = requireUsable(this.#bundle, now().getTime(), this.floor());
      return [...marks.flatMap((mark) => (mark === "bundle_expired" && isTooOld(this.#bundle, t) ? "too_old" : MARKS[mark] ?? [])), ...offered];
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      return [...(MARKS[fault.code] === undefined ? [] : [MARKS[fault.code] as ListNotice]), ...offered];
    }
  }

  /** Brings the newest list from our own origin. Asked for by a person, its outcome is told at once; else it is noticed. */
  async refresh(asked: boolean): Promise<ListOutcome> {
    this.#refreshing ??= this.#ready.then(() => outcomeOf(() => this.#bring())).finally(() => {
      this.#refreshing = null;
    });
    const outcome = await this.#refreshing;
    if (outcome !== "offline" && outcome !== "portal") this.#notice(!asked && (outcome === "older" || outcome === "refused") ? outcome : null);
    return outcome;
  }

  /** A `.puente` file that a person brought, or whatever else it is. */
  async installFile(file: Blob): Promise<ListOutcome> {
    await this.#ready;
    // One byte over the bound is enough for the kernel to see that it is over.
    const raw = new Uint8Array(await file.slice(0, CONTAINER_LIMIT + 1).arrayBuffer());
    if (!(await beginsAsContainer(raw.subarray(0, CONTAINER_START)))) return "no_list";
    const outcome = await outcomeOf(async () => this.#install(await unpack(raw), await this.#root(), true));
    return outcome === "offline" ? "needs_net" : outcome; // nothing but the first root is asked of the network here
  }

  /** A `VD1-` text or its frames; null where the texts are no update. */
  async takeUpdate(texts: readonly string[]): Promise<ListOutcome | null> {
    await this.#ready;
    const text = updateIn(texts);
    return text === null ? null : outcomeOf(() => inTurn(async () => {
      const { to } = readDelta(text);
      await this.#reopen();
      const { kept } = this.#shelf;
      if (kept === null || this.#bundle === null) throw new Refused("delta_not_for_this_list", "there is no list to update");
      if (to <= kept.version) return to === kept.version ? "current" : "older";
      const { bundle, files } = await takeDelta(text, await unpack(kept.container), await this.#installing(kept.root, true));
      return this.#put(bundle, files, kept.root);
    }));
  }

  /** The list in use as a file to pass on. */
  async exportFile(): Promise<Blob | null> {
    await this.#ready;
    const kept = this.#shelf.kept;
    return kept === null ? null : new Blob([Uint8Array.from(kept.container)], { type: "application/gzip" });
  }

  /** The versions from which an update can be shown onward, newest first. */
  async formers(): Promise<readonly number[]> {
    await this.#ready;
    return this.#shelf.formers.map(({ version }) => version);
  }

  /** Frames that bring another phone from its version, or from the one before ours, to the list in use. */
  async showOnward(from: number | null): Promise<Onward | NotOnward> {
    await this.#ready;
    const { kept, formers } = this.#shelf;
    const former = from === null ? formers[0] : formers.find(({ version }) => version === from);
    if (kept === null || former === undefined) return "not_kept";
    try {
      const text = makeDelta(await unpack(former.container), await unpack(kept.container));
      return { from: former.version, to: kept.version, text, frames: showDelta(text) };
    } catch (fault) {
      const why = fault instanceof Refused ? UNSHOWN[fault.code] : undefined;
      if (why === undefined) throw fault;
      return why;
    }
  }

  /** Takes up what is kept, also what another page of this device has kept since. */
  async #reopen(): Promise<void> {
    const shelf = await recall(this.#store);
    const { kept } = shelf;
    const floor = Math.max(shelf.floor, this.#shelf.floor);
    if (kept === null || (this.#bundle !== null && timestampOf(kept) <= timestampOf(this.#shelf.kept))) {
      this.#shelf = { ...this.#shelf, floor };
      return;
    }
    const { root: trustedRoot, container, remembered } = kept;
    const bundle = await restoreBundle(container, { trustedRoot, remembered, crypto: await this.#crypto }).catch((fault: unknown) => (fault instanceof Refused ? null : undefined));
    // A list that cannot be read again still binds the next one by what was remembered; a memory that is damaged cannot.
    this.#shelf = { ...shelf, kept: bundle === undefined ? null : kept, floor };
    this.#bundle = bundle ?? null;
    this.#tell();
  }

  /** The root that this device pinned; asked for where it has none, and held until a list is kept with it. */
  async #root(): Promise<Uint8Array> {
    const { kept } = this.#shelf;
    if (kept !== null) return kept.root;
    this.#firstRoot ??= firstRoot().catch((fault: unknown) => {
      this.#firstRoot = null;
      throw fault;
    });
    return this.#firstRoot;
  }

  async #bring(): Promise<ListOutcome> {
    const root = await this.#root();
    const { kept } = this.#shelf;
    if (kept !== null && this.#bundle !== null) {
      const outcome = await this.#bringParts(await unpack(kept.container), this.#bundle.rootVersion, root);
      if (outcome !== null) return outcome;
    }
    return this.#install(await wholeList(), root, false);
  }

  /** null: the whole list is to be asked for, since a part is not served alone, or does not fit what is held. */
  async #bringParts(held: Files, rootVersion: number, root: Uint8Array): Promise<ListOutcome | null> {
    try {
      const parts = await newerParts(held, rootVersion);
      if (parts === held) return "current";
      return parts === null ? null : await this.#install(parts, root, false);
    } catch (fault) {
      if (fault instanceof Refused) return null;
      throw fault;
    }
  }

  async #installing(trustedRoot: Uint8Array, byHand: boolean): Promise<Installing> {
    const former = this.#shelf.kept?.remembered ?? null;
    // What comes by hand may be late if it is newer; from the network only a first list may, and then every verdict says its date.
    return { trustedRoot, now: now().getTime(), former, crypto: await this.#crypto, allowExpiredTimestamp: byHand || former === null };
  }

  #install(files: Files, root: Uint8Array, byHand: boolean): Promise<ListOutcome> {
    return inTurn(async () => {
      await this.#reopen();
      const [offered, installed] = [timestampVersion(files) ?? 0, timestampOf(this.#shelf.kept)];
      const same = this.#bundle !== null && offered === installed;
      try {
        const bundle = await installFiles(files, await this.#installing(root, byHand));
        if (same && bundle.rootVersion === this.#bundle?.rootVersion) return "current";
        return await this.#put(bundle, needed(files, readLayout(files)), root);
      } catch (fault) {
        if (fault instanceof Refused && offered < installed && (await this.#holds(files, root))) return "older";
        throw fault;
      }
    });
  }

  /** Whether a refused list is one of ours all the same, but for what is in use: for the words alone, nothing is taken from it. */
  async #holds(files: Files, root: Uint8Array): Promise<boolean> {
    return installFiles(files, { ...(await this.#installing(root, true)), former: null }).then(() => true, () => false);
  }

  async #put(bundle: InstalledBundle, files: Files, root: Uint8Array): Promise<ListOutcome> {
    const { kept: former, formers, floor } = this.#shelf;
    this.#shelf = {
      kept: { version: bundle.version, root, container: await pack(files), remembered: bundle.remembered },
      formers: former === null || former.version >= bundle.version ? formers : withFormer(formers, former),
      floor: Math.max(floor, bundle.floorOff, bundle.floorOn ?? 0),
    };
    this.#bundle = bundle;
    this.#offered = null;
    this.#tell();
    return keep(this.#store, this.#shelf).then(() => "installed" as const, () => "not_stored" as const);
  }

  #notice(offered: "older" | "refused" | null): void {
    if (offered === this.#offered) return;
    this.#offered = offered;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function timestampOf(kept: Kept | null): number {
  return kept?.remembered.versions.get("timestamp") ?? 0;
}

/** What came of it, in one word: a refusal by its code; anything else that fails on the way is the network's, or its own page. */
async function outcomeOf(work: () => Promise<ListOutcome>): Promise<ListOutcome> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof Refused) return OUTCOMES[fault.code] ?? "refused";
    return fault instanceof ForeignPage ? "portal" : "offline";
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One at a time on this device, whichever page asks: two that write at once could set the list back. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager };
  if (locks !== undefined) return locks.request(LOCK, work) as Promise<T>;
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}

/** The update among what was read: frames that join to one, or a text that is one. */
function updateIn(texts: readonly string[]): string | null {
  const frames = texts.filter((text) => text.startsWith(FRAME_PREFIX));
  const whole = texts.find((text) => text.startsWith(UPDATE_PREFIX));
  if (whole !== undefined || frames.length === 0) return whole ?? null;
  try {
    const text = joinFrames(frames);
    return text.startsWith(UPDATE_PREFIX) ? text : null;
  } catch (fault) {
    if (fault instanceof Refused) return null; // whoever judges the same frames says what is wrong with them
    throw fault;
  }
}
