/**
 * The replay cache of V25: which presentations were shown here in the last 300 s. Hashes only; where they outlive a page is whose page it is.
 */
import type { Instant } from "../bundle/installed.ts";

const KEEP = 300_000;
/** Hashes kept at most; the oldest goes first, so that a flood cannot grow it. */
const CAPACITY = 4_096;

export interface Seen {
  /** Whole seconds since this hash was first looked at, or null when it is new within 300 s; remembers it. */
  look(digest: string, now: Instant): number | null;
}

/** A hash, and when it was first looked at. */
export type Look = readonly [string, Instant];

/** A Seen of one page, which may begin with what another saw. */
export class MemorySeen implements Seen {
  private readonly first: Map<string, Instant>;

  constructor(before: Iterable<Look> = []) {
    this.first = new Map(before);
  }

  /** Those of the last 300 s. */
  recent(now: Instant): readonly Look[] {
    return [...this.first].filter(([, first]) => now >= first && now - first <= KEEP);
  }

  look(digest: string, now: Instant): number | null {
    const first = this.first.get(digest);
    if (first !== undefined && now >= first && now - first <= KEEP) return Math.floor((now - first) / 1000);
    this.first.delete(digest);
    this.first.set(digest, now);
    if (this.first.size > CAPACITY) {
      const oldest = this.first.keys().next();
      if (!oldest.done) this.first.delete(oldest.value);
    }
    return null;
  }
}
