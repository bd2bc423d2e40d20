/**
 * The desk: the judging of what was read by the list in use (list.ts). All that the kernel wants from the world is handed to
 * it here. What was read is never kept; only a hash, for five minutes.
 */
import type { InstalledBundle, Instant } from "../kernel/bundle/installed.ts";
import type { Ed25519Check } from "../kernel/ed25519.ts";
import { FrameCollector } from "../kernel/frames.ts";
import type { Trusted } from "../kernel/receiving.ts";
import { Refused } from "../kernel/refused.ts";
import type { Session } from "../kernel/verify/ground.ts";
import { judge } from "../kernel/verify/judge.ts";
import { MemorySeen, type Seen } from "../kernel/verify/seen.ts";
import type { Collector, JudgedHere, ListFacts } from "../kit/ports.ts";
import type { Labels, Report } from "../words/report.ts";
import { FRAME_PREFIX } from "../words/terms.ts";
import { now } from "./clock.ts";
import { TrustList } from "./list.ts";
import type { Store } from "./store.ts";

export class Desk {
  readonly trust: TrustList;
  readonly #crypto: Promise<Ed25519Check>;
  readonly #seen: Seen;

  constructor(store: Store, crypto: Promise<Ed25519Check>, seen: Seen = new MemorySeen()) {
    this.#crypto = crypto;
    this.#seen = seen;
    this.trust = new TrustList(store, crypto);
  }

  /** The list in use as the pages speak of it. */
  async list(): Promise<ListFacts | null> {
    const bundle = await this.trust.bundle();
    return bundle === null ? null : { version: bundle.version, date: new Date(dateOf(bundle)).toISOString() };
  }

  /** The bundle's words for codes; null where there is no list, or none in this language. */
  async labels(language: string): Promise<Labels | null> {
    const bundle = await this.trust.soon();
    return bundle === null ? null : (wordsOf(bundle)[language] ?? null);
  }

  /** Judges what was read (texts, or one document's bytes), as an answer to an open question or to none. */
  async judge(sent: readonly string[] | Uint8Array, session: Session | null = null): Promise<JudgedHere> {
    const report = await judge(sent, { ...(await this.trusted()), session, seen: this.#seen });
    const first = sent instanceof Uint8Array ? "" : (sent[0] ?? "");
    return { ...this.dressed(report, sizeOf(sent), report.looksLike === "url" ? hostOf(first) : null), asked: session !== null };
  }

  /** What is judged by: the list in use, the device's time, and the least time that it believes in. */
  async trusted(): Promise<Trusted> {
    return { bundle: await this.trust.soon(), now: now().getTime(), floor: this.trust.floor(), crypto: await this.#crypto };
  }

  /** A report with the list's words in every language that it has. */
  dressed(report: Report, chars: number, host: string | null = null): JudgedHere {
    const bundle = this.trust.inUse();
    return {
      report, chars, host,
      labels: bundle === null ? {} : wordsOf(bundle),
      listDate: bundle === null ? null : new Date(dateOf(bundle)).toISOString(),
    };
  }
}

/** Characters of texts, or bytes of a document. */
export function sizeOf(sent: readonly string[] | Uint8Array): number {
  return sent instanceof Uint8Array ? sent.length : sent.reduce((sum, text) => sum + text.length, 0);
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

/** A list's words are read once for all that it judges. */
const WORDS = new WeakMap<InstalledBundle, JudgedHere["labels"]>();

function wordsOf(bundle: InstalledBundle): JudgedHere["labels"] {
  const found = WORDS.get(bundle) ?? Object.fromEntries([...bundle.labels].map(([language, labels]) => [language, readLabels(labels)]));
  WORDS.set(bundle, found);
  return found;
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
