/**
 * The replay cache of V25: which presentations were shown here in the last 300 s. Hashes only, and only in memory.
 */
import type { Instant } from "../bundle/installed.ts";

const KEEP = 300_000;
/** Hashes kept at most; the oldest goes first, so that a flood cannot grow it. */
const CAPACITY = 4_096;

export interface Seen {
  /** Whole seconds since this hash was first looked at, or null when it is new within 300 s; remembers it. */
  look(digest: string, now: Instant): number | null;
}

/** A Seen of one page. */
export class MemorySeen implements Seen {
  private readonly first = new Map<string, Instant>();

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
