/**
 * The desk: the installed list, kept and refreshed, and the judging of what was read. All that the kernel wants from the
 * world (time, storage, network) is handed to it here. What was read is never kept; only a hash in memory, for five minutes.
 */
import { type InstalledBundle, type Instant, type Remembered } from "../kernel/bundle/installed.ts";
import { installBundle } from "../kernel/bundle/install.ts";
import type { Ed25519Check } from "../kernel/ed25519.ts";
import { FrameCollector } from "../kernel/frames.ts";
import { Refused } from "../kernel/refused.ts";
import { judge } from "../kernel/verify/judge.ts";
import { MemorySeen } from "../kernel/verify/seen.ts";
import type { Collector, JudgedHere, ListFacts, RefreshOutcome } from "../kit/ports.ts";
import type { Labels } from "../words/report.ts";
import { FRAME_PREFIX } from "../words/terms.ts";
import { BUILT_AT, now } from "./clock.ts";
import { bytesOf, CONTAINER_LIMIT, ROOT_LIMIT } from "./fetch.ts";
import type { Store } from "./store.ts";

const CONTAINER = "/bundle/bundle.puente";
const ROOT = "/bundle/root.json";

/** What is kept of the list: enough to install it again as it was, also after its metadata has run out. */
interface Kept {
  readonly root: Uint8Array;
  readonly container: Uint8Array;
  readonly remembered: Remembered;
  readonly installedAt: Instant;
  readonly floor: Instant;
}

export class Desk {
  readonly #store: Store;
  readonly #crypto: Promise<Ed25519Check>;
  readonly #seen = new MemorySeen();
  readonly #listeners: (() => void)[] = [];
  #bundle: InstalledBundle | null = null;
  #kept: Kept | null = null;
  #ready: Promise<void>;
  #refreshing: Promise<RefreshOutcome> | null = null;

  constructor(store: Store, crypto: Promise<Ed25519Check>) {
    this.#store = store;
    this.#crypto = crypto;
    this.#ready = this.#open();
  }

  /** The list in use, once the store has answered; a phone that has none asks for it once before it says so. */
  async list(): Promise<ListFacts | null> {
    await this.#ready;
    return this.#bundle === null ? null : { version: this.#bundle.version, date: new Date(dateOf(this.#bundle)).toISOString() };
  }

  onList(changed: () => void): void {
    this.#listeners.push(changed);
  }

  /** The list itself, for a wallet that reads and shows by its tables and its policy; null while there is none. */
  inUse(): InstalledBundle | null {
    return this.#bundle;
  }

  /** Judges what was read (texts, or one document's bytes) against the list in use, at the device's time and never before the floor. */
  async judge(sent: readonly string[] | Uint8Array): Promise<JudgedHere> {
    await this.#ready;
    const bundle = this.#bundle;
    const floor = Math.max(BUILT_AT.getTime(), this.#kept?.floor ?? 0);
    const texts = sent instanceof Uint8Array ? [] : sent;
    const report = await judge(sent, { bundle, now: now().getTime(), floor, session: null, seen: this.#seen, crypto: await this.#crypto });
    return {
      report,
      labels: bundle === null ? {} : Object.fromEntries([...bundle.labels].map(([language, labels]) => [language, readLabels(labels)])),
      listDate: bundle === null ? null : new Date(dateOf(bundle)).toISOString(),
      chars: sent instanceof Uint8Array ? sent.length : texts.reduce((sum, text) => sum + text.length, 0),
      host: report.looksLike === "url" ? hostOf(texts[0] ?? "") : null,
    };
  }

  /** Brings the newest list from our own origin; a list that does not pass leaves the one in use as it is. */
  refresh(): Promise<RefreshOutcome> {
    this.#refreshing ??= this.#ready.then(() => this.#fetch()).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #open(): Promise<void> {
    const kept = await this.#recall();
    if (kept !== null) {
      const { root: trustedRoot, container, remembered: former, installedAt } = kept;
      // Installed as it was then: that its metadata has run out since is the verifier's to say (V1), not a reason to lose it.
      this.#bundle = await installBundle(container, { trustedRoot, now: installedAt, former, crypto: await this.#crypto }).catch(() => null);
      this.#kept = kept;
    }
    if (this.#bundle === null) await this.#fetch();
  }

  async #fetch(): Promise<RefreshOutcome> {
    try {
      const root = this.#kept?.root ?? (await bytesOf(ROOT, ROOT_LIMIT));
      const container = await bytesOf(CONTAINER, CONTAINER_LIMIT);
      if (this.#bundle !== null && this.#kept !== null && equal(container, this.#kept.container)) return "current";
      return await this.#install(root, container);
    } catch (fault) {
      return fault instanceof Refused ? "refused" : "offline";
    }
  }

  async #install(root: Uint8Array, container: Uint8Array): Promise<RefreshOutcome> {
    const installedAt = now().getTime();
    const bundle = await installBundle(container, {
      trustedRoot: root, now: installedAt, former: this.#kept?.remembered ?? null, crypto: await this.#crypto,
      allowExpiredTimestamp: this.#kept === null, // a first list may be old, and then every verdict says its date; later ones may not
    });
    const floor = Math.max(bundle.floorOff, bundle.floorOn ?? 0, this.#kept?.floor ?? 0);
    this.#bundle = bundle;
    this.#kept = { root, container, remembered: bundle.remembered, installedAt, floor };
    for (const listener of this.#listeners) listener();
    return this.#store.put({ list: this.#kept }).then(() => "installed" as const, () => "not_stored" as const);
  }

  async #recall(): Promise<Kept | null> {
    const found = await this.#store.get("list").catch(() => null);
    return isKept(found) ? found : null;
  }
}

/** Collects what a camera or several photos give: frames until their set is whole, any other text at once. */
export function collector(): Collector {
  const frames = new FrameCollector();
  return {
    add: (text) => {
      if (!text.startsWith(FRAME_PREFIX)) return { texts: [text] };
      try {
        const whole = frames.take(text, now().getTime() / 1000);
        if (whole !== null) return { texts: whole };
      } catch (fault) {
        if (!(fault instanceof Refused)) throw fault; // a frame that does not fit is let pass: the next look may be better
      }
      const progress = frames.progress();
      return { have: progress?.seen ?? 0, total: progress?.total ?? 0 };
    },
  };
}

function dateOf(bundle: InstalledBundle): Instant {
  return Math.max(bundle.floorOff, bundle.floorOn ?? 0);
}

/** The host of a link as text, for the person to read; the link is never opened. */
function hostOf(text: string): string | null {
  try {
    return new URL(text).host || null;
  } catch {
    return null;
  }
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

/** What the store gives back is ours, but a phone's storage can be damaged: its shape is looked at before use. */
function isKept(found: unknown): found is Kept {
  if (typeof found !== "object" || found === null) return false;
  const { root, container, remembered, installedAt, floor } = found as Partial<Record<keyof Kept, unknown>>;
  return root instanceof Uint8Array && container instanceof Uint8Array && typeof remembered === "object" && remembered !== null
    && typeof installedAt === "number" && typeof floor === "number";
}

const TABLES = ["types", "levels", "idTypes", "permitStatus", "countries", "occupations", "municipalities"] as const;

/** The bundle's labels, each table an object of texts; what has another shape is left out. */
function readLabels(labels: Readonly<Record<string, unknown>>): Labels {
  const norms: Record<string, Labels["norms"][string]> = {};
  for (const [key, row] of entries(labels["norms"])) {
    if (typeof row !== "object" || row === null) continue;
    const { title, replacedBy } = row as { title?: unknown; replacedBy?: unknown };
    if (typeof title === "string") norms[key] = typeof replacedBy === "string" ? { title, replacedBy } : { title };
  }
  const tables = TABLES.map((name) => [name, Object.fromEntries(entries(labels[name]).filter(([, word]) => typeof word === "string"))]);
  return { ...Object.fromEntries(tables), norms } as Labels;
}

function entries(table: unknown): [string, unknown][] {
  return typeof table === "object" && table !== null ? Object.entries(table) : [];
}
