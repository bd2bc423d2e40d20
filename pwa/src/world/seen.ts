/**
 * What was shown in this tab in the last 300 s, also before it was loaded again (V25): hashes of proofs and their moments, in
 * the tab's own storage, which ends with it. Where a browser keeps none they are in memory alone.
 */
import type { Instant } from "../kernel/bundle/installed.ts";
import { type Look, MemorySeen, type Seen } from "../kernel/verify/seen.ts";

const KEY = "puente-seen";

export class TabSeen implements Seen {
  readonly #room: () => Pick<Storage, "getItem" | "setItem">;
  readonly #memory: MemorySeen;

  /** `room`: the tab's storage, asked for anew each time, for a browser may refuse it. */
  constructor(room: () => Pick<Storage, "getItem" | "setItem">) {
    this.#room = room;
    this.#memory = new MemorySeen(attempt(() => read(room().getItem(KEY))) ?? []);
  }

  look(digest: string, now: Instant): number | null {
    const age = this.#memory.look(digest, now);
    if (age === null) attempt(() => this.#room().setItem(KEY, JSON.stringify(this.#memory.recent(now))));
    return age;
  }
}

function read(text: string | null): readonly Look[] {
  const rows: unknown = JSON.parse(text ?? "[]");
  return Array.isArray(rows) ? rows.filter(isLook) : [];
}

function isLook(row: unknown): row is Look {
  return Array.isArray(row) && row.length === 2 && typeof row[0] === "string" && typeof row[1] === "number";
}

function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null; // refused, full, or not ours: the check goes on without it
  }
}
