/**
 * What all parts of the pocket share: who is open, how a change is saved, who is told, and that one act follows the other.
 * A change counts once it lies on the disk; until then, and where it cannot be kept, what was there before stands.
 */
import type { InstalledBundle, Instant } from "../../kernel/bundle/installed.ts";
import { canonical } from "../../kernel/canonical.ts";
import { forgetMatch } from "../../kernel/codec.ts";
import type { Random } from "../../kernel/ports.ts";
import { isBoundTo } from "../../kernel/presenting.ts";
import { seedSigner } from "../../kernel/vault/keys.ts";
import type { Argon2 } from "../../kernel/vault/passphrase.ts";
import type { JudgedHere } from "../../kit/ports.ts";
import type { Held, HolderPorts, Opened, SaveOutcome } from "../../stories/holder/ports.ts";
import type { Desk } from "../desk.ts";
import { linesOf as asked } from "./asked.ts";
import { backupOf } from "./copystate.ts";
import { linesOf } from "./history.ts";
import { forget, type Inside, nextOf, packOf } from "./inside.ts";
import { AutoLock } from "./lock.ts";
import type { People, Person } from "./people.ts";

type Left = ReturnType<HolderPorts["pocket"]["left"]>;

/** What a pocket is made of. */
export interface Outfit {
  readonly people: People;
  readonly desk: Desk;
  readonly random: Random;
  readonly argon2: Argon2;
  readonly now: () => Instant;
}

export class Hand {
  readonly outfit: Outfit;
  readonly #autoLock: AutoLock;
  readonly #listeners = new Set<() => void>();
  #judged = new Map<string, JudgedHere>();
  #inside: Inside | null = null;
  #opened: Opened | null = null;
  /** Raised at every lock, also where nobody is open: what began before it neither opens nor saves. */
  #visit = 0;
  #left: Left = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(outfit: Outfit) {
    this.outfit = outfit;
    this.#autoLock = new AutoLock(() => this.lock("lapsed"), outfit.now);
    outfit.desk.trust.onChange(() => void this.#judgeAnew());
  }

  /** Whoever was open last was not closed by hand. */
  get left(): Left {
    return this.#left;
  }

  get inside(): Inside | null {
    return this.#inside;
  }

  get opened(): Opened | null {
    return this.#opened;
  }

  get bundle(): InstalledBundle | null {
    return this.outfit.desk.trust.inUse();
  }

  onChange(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  }

  /** One act after the other: what a save is made from is what the former left. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** To be asked when a way in begins, and given back to `enter`. */
  get visit(): number {
    return this.#visit;
  }

  /** Who is open where it is still that visit: what waited for a network or a photo acts for who began it, and for nobody else. */
  insideAt(visit: number): Inside | null {
    return visit === this.#visit ? this.#inside : null;
  }

  /** Whether that person may still come in: the page was not locked since `visit`, and nobody else came in before her. */
  admits({ id }: Person, visit: number): boolean {
    return visit === this.#visit && (this.#inside === null || this.#inside.person.id === id);
  }

  /** A new person's row, and she is open; neither where she is not admitted any more. */
  async begin(inside: Omit<Inside, "visit">, visit: number): ReturnType<People["begin"]> {
    const admitted = this.admits(inside.person, visit);
    const outcome = admitted ? await this.outfit.people.begin(inside.person) : "failed";
    if (outcome === "saved") await this.enter(inside, visit);
    else forget(inside);
    return outcome;
  }

  /** Somebody is open from now on, or more of hers than before; nobody where she is not admitted any more. */
  async enter(inside: Omit<Inside, "visit">, visit: number): Promise<void> {
    if (!this.admits(inside.person, visit)) return forget(inside);
    this.#inside = { ...inside, visit };
    this.touch();
    await this.#tell();
  }

  /** Keeps a change of who is open: pack alone, or vault and pack. Gives what stands now where it was kept. */
  async save(changed: Inside, vault: boolean): Promise<SaveOutcome> {
    // Locked meanwhile, or somebody else is open: the keys that this would be sealed with are gone.
    if (this.#inside === null || changed.visit !== this.#visit) return "failed";
    const pack = vault && changed.wallet !== null ? packOf(changed.wallet, changed.pack) : changed.pack;
    const next = nextOf({ ...changed, pack }, vault, this.outfit.random);
    const outcome = await this.outfit.people.replace(next.person);
    if (outcome === "saved" && next.visit === this.#visit) {
      this.#inside = next;
      await this.#tell();
    }
    return outcome;
  }

  /** `left`: nobody asked for it, or it was all taken away. */
  lock(left: Left = null): void {
    this.#visit += 1;
    this.#autoLock.stop();
    if (this.#inside === null) return;
    this.#left = left;
    forget(this.#inside);
    this.#inside = null;
    this.#opened = null;
    this.#judged = new Map();
    for (const listener of this.#listeners) listener();
    forgetMatch();
  }

  touch(): void {
    if (this.#inside !== null) this.#autoLock.touch();
  }

  async #judgeAnew(): Promise<void> {
    this.#judged = new Map();
    if (this.#inside !== null) await this.#tell();
  }

  /** Judges what is to be seen, then tells; who was locked out meanwhile is not told of. */
  async #tell(): Promise<void> {
    const inside = this.#inside;
    if (inside === null) return;
    const opened = await this.#openedOf(inside);
    if (opened === null) return forgetMatch();
    this.#opened = opened;
    for (const listener of this.#listeners) listener();
  }

  /** null where she is not open any more: nothing more of hers is read, and what was read is not kept. */
  async #openedOf(inside: Inside): Promise<Opened | null> {
    const { person, lock, pack, wallet } = inside;
    const { did } = seedSigner(pack.seed);
    const pinned = new Set(pack.passes.map(({ name }) => name));
    const passes: Held[] = [];
    const kept = wallet?.passes() ?? pack.passes.map((each) => ({ ...each, gone: false }));
    for (const { name, document, receivedAt, gone } of kept) {
      const judged = this.#judged.get(name) ?? (await this.outfit.desk.judge(canonical(document)));
      if (this.#inside !== inside) return null;
      this.#judged.set(name, judged);
      passes.push({ name, document, receivedAt, judged, gone, bound: isBoundTo(document, did), pinned: pinned.has(name) });
    }
    const shows = [...(wallet === null ? [] : linesOf(wallet)), ...pack.shows];
    return {
      symbol: person.symbol, did, vault: wallet !== null, hasPin: lock !== null, hasPassphrase: pack.hasPassphrase, saved: pack.saved, passes, shows,
      disputes: wallet === null ? [] : asked(wallet), backup: backupOf(person.copy),
    };
  }
}
