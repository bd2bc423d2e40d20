/**
 * Where people's sealed things lie on this device (IndexedDB): one row a person, one row a drawing, and the counts of tries.
 * Nothing here is open: a row holds sealed bytes and a drawing, no name. Several people may share a drawing.
 *
 * A change is one transaction, written out to the disk before it counts: a kill in the middle leaves the former row or the
 * next one, whole. A row that somebody else wrote since it was read is not written over.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";

import { base64url } from "../../kernel/bytes.ts";
import type { Random } from "../../kernel/ports.ts";
import { Refused } from "../../kernel/refused.ts";
import { usualKdf } from "../../kernel/vault/passphrase.ts";
import type { Kdf } from "../../kernel/vault/pvl1.ts";
import { readSealed } from "../../kernel/vault/sealed.ts";
import type { SaveOutcome } from "../../stories/holder/ports.ts";
import { type SymbolName, SYMBOLS } from "../../stories/holder/symbols.tsx";
import type { Box } from "./box.ts";
import type { CopyState } from "./copystate.ts";
import { countedTry, isAskedOut, isSpent, mayTry, NO_TRIES, settled, takenOff, type Tries } from "./tries.ts";

export interface Person {
  readonly id: string;
  readonly symbol: SymbolName;
  /** Counts the writes of this row: who writes says which one she read. */
  readonly turn: number;
  readonly box: Box;
  /** PVL1 of kind 7, opened by the PIN with the box; null until a PIN is set. */
  readonly pack: Uint8Array | null;
  /** The whole sealed vault, PVW1. */
  readonly vault: Uint8Array;
  /** Her copy at the server; null where it is off. */
  readonly copy: CopyState | null;
}
interface Rooms extends DBSchema {
  people: { key: string; value: Person; indexes: { symbol: SymbolName } };
  /** Made for all nine at the first run: none tells whether it is used. */
  symbols: { key: SymbolName; value: Kdf };
  /** By person: what may be tried, and what newcomers asked for; and by drawing: what is told of it, whoever is there or nobody. */
  tries: { key: string; value: Tries };
}

/** What the disk says of a write; whether another window was first is said by the row. */
type Written = Exclude<SaveOutcome, "elsewhere">;

/** The drawing's count and people's: as they were, and as they are with this try. Those that must wait are not in `now`. */
export interface Counted {
  readonly before: ReadonlyMap<string, Tries>;
  readonly now: ReadonlyMap<string, Tries>;
}

/** Outlives the database where the browser takes that away: says that people were kept here once. No name, no number. */
const MARK = "puente-wallet-kept";
const DURABLE = { durability: "strict" } as const;

/** How Chromium tells of a disk without room (a quota has a name of its own). */
const NO_ROOM = /NO_SPACE|disk is full/i;

export class People {
  readonly #name: string;
  readonly #random: Random;
  #database: Promise<IDBPDatabase<Rooms>> | null = null;

  constructor(name: string, random: Random) {
    this.#name = name;
    this.#random = random;
  }

  /** The open database; a browser that closed it, as it does when the disk is full, is asked again. */
  #rooms(): Promise<IDBPDatabase<Rooms>> {
    const again = (): void => {
      this.#database = null;
    };
    const open = (): Promise<IDBPDatabase<Rooms>> => openDB<Rooms>(this.#name, 1, { upgrade: (database) => furnish(database, this.#random), terminated: again });
    const opening = (this.#database ??= Promise.resolve().then(open));
    opening.catch(again);
    return opening;
  }

  async behind(symbol: SymbolName): Promise<readonly Person[]> {
    return (await this.#rooms()).getAllFromIndex("people", "symbol", symbol);
  }

  /** Everyone on this device, whatever their drawing. */
  async all(): Promise<readonly Person[]> {
    return (await this.#rooms()).getAll("people");
  }

  /** How a PIN is stretched behind a drawing. */
  async kdfOf(symbol: SymbolName): Promise<Kdf> {
    const kdf = await (await this.#rooms()).get("symbols", symbol);
    if (kdf === undefined) throw new Error("a drawing without its row");
    return kdf;
  }

  /** People were kept here, and the browser took the storage away. */
  async lost(): Promise<boolean> {
    return localStorage.getItem(MARK) !== null && (await (await this.#rooms()).count("people")) === 0;
  }

  /** Takes a new person in; a vault has one row on a device, and never a second. */
  async begin(person: Person): Promise<Written> {
    const outcome = await this.#write(async ({ store }) => {
      const vaultId = idOf(person);
      if ((await store.getAll()).some((other) => idOf(other) === vaultId)) throw new Error("that vault has its row");
      await store.add(person);
    });
    if (outcome === "saved") localStorage.setItem(MARK, "1");
    return outcome;
  }

  /** Replaces a row by its next turn; not one that another window changed since it was read. */
  async replace(person: Person): Promise<SaveOutcome> {
    let changed = false;
    const outcome = await this.#write(async ({ store }) => {
      const former = await store.get(person.id);
      changed = former !== undefined && former.turn !== person.turn - 1;
      if (former === undefined || changed) throw new Error("the row changed since it was read");
      await store.put(person);
    });
    return changed && outcome === "failed" ? "elsewhere" : outcome;
  }

  /** Takes a person's row away, and her count. */
  async remove(id: string): Promise<SaveOutcome> {
    const transaction = (await this.#rooms()).transaction(["people", "tries"], "readwrite", DURABLE);
    void transaction.objectStore("people").delete(id);
    for (const key of [id, askedOf(id)]) void transaction.objectStore("tries").delete(key);
    const left = transaction.objectStore("people").count();
    const outcome = await transaction.done.then(() => "saved" as const, () => "failed" as const);
    if (outcome === "saved" && (await left) === 0) localStorage.removeItem(MARK); // she took it away, not the browser
    return outcome;
  }

  /** One count, a drawing's or hers who is open (`only`); it is settled by the clock with those of everyone behind the drawing. */
  async triesOf(symbol: SymbolName, only: string | null, time: number): Promise<Tries> {
    const transaction = (await this.#rooms()).transaction(["people", "tries"], "readwrite", DURABLE);
    const found = await readTries(transaction, symbol, only, time);
    for (const [id, tries] of found) void transaction.objectStore("tries").put(tries, id);
    await transaction.done;
    return found.get(only ?? symbol) ?? NO_TRIES;
  }

  /** Counts one try before it is made: for the drawing, and for everyone behind it (or for `only`) who may be tried. */
  async beginTry(symbol: SymbolName, only: string | null, time: number): Promise<Counted> {
    const transaction = (await this.#rooms()).transaction(["people", "tries"], "readwrite", DURABLE);
    const before = await readTries(transaction, symbol, only, time);
    const now = new Map([...before].filter(([, tries]) => mayTry(tries, time)).map(([id, tries]) => [id, countedTry(tries, time)]));
    for (const [id, tries] of [...before, ...now]) void transaction.objectStore("tries").put(tries, id);
    await transaction.done;
    return { before, now };
  }

  /** The PIN was that person's: her count and the drawing's begin anew; for the others this was no try, and what was counted since stays. */
  async wasRight(symbol: SymbolName, id: string, { before, now }: Counted): Promise<void> {
    const transaction = (await this.#rooms()).transaction("tries", "readwrite", DURABLE);
    for (const [other, counted] of now) {
      const stands = await transaction.store.get(other);
      if (stands !== undefined) void transaction.store.put(takenOff(stands, before.get(other) ?? NO_TRIES, counted), other);
    }
    for (const own of [symbol, id]) void transaction.store.put(NO_TRIES, own);
    void transaction.store.delete(askedOf(id));
    await transaction.done;
  }

  /** A new PIN of hers: no try of it was made yet. */
  async beginTries(symbol: SymbolName, id: string): Promise<void> {
    await this.wasRight(symbol, id, { before: new Map(), now: new Map() });
  }

  /** Counts that `hers` (null: somebody new) asks for a PIN, and gives the others behind that drawing, for it may not be theirs; no try of theirs. */
  async beginAsking(symbol: SymbolName, hers: string | null, time: number): Promise<readonly Person[]> {
    const transaction = (await this.#rooms()).transaction(["people", "tries"], "readwrite", DURABLE);
    const [people, tries] = [transaction.objectStore("people"), transaction.objectStore("tries")];
    const others: Person[] = [];
    for (const person of (await people.index("symbol").getAll(symbol)).filter(({ id }) => id !== hers)) {
      const asked = (await tries.get(askedOf(person.id))) ?? NO_TRIES;
      const out = isAskedOut(asked);
      if (out) void people.put({ ...person, turn: person.turn + 1, pack: null });
      else others.push(person);
      void tries.put(out ? NO_TRIES : countedTry(asked, time), askedOf(person.id));
    }
    await transaction.done;
    return others;
  }

  /** Erases what a PIN opens where it was tried too often behind a drawing, and gives whose counts ended; vaults stay, and those counts begin anew. */
  async eraseSpent(symbol: SymbolName): Promise<ReadonlySet<string>> {
    const transaction = (await this.#rooms()).transaction(["people", "tries"], "readwrite", DURABLE);
    const [people, tries] = [transaction.objectStore("people"), transaction.objectStore("tries")];
    const spent = new Set<string>();
    for (const id of [symbol, ...(await people.index("symbol").getAllKeys(symbol))]) {
      if (!isSpent((await tries.get(id)) ?? NO_TRIES)) continue;
      const person = await people.get(id);
      if (person !== undefined) void people.put({ ...person, turn: person.turn + 1, pack: null });
      void tries.put(NO_TRIES, id);
      spent.add(id);
    }
    await transaction.done;
    return spent;
  }

  async #write(work: (transaction: IDBPTransaction<Rooms, ["people"], "readwrite">) => Promise<unknown>): Promise<Written> {
    const transaction = await this.#rooms().then((database) => database.transaction("people", "readwrite", DURABLE), () => null);
    if (transaction === null) return "failed";
    const kept = transaction.done.then(() => true, () => false);
    await work(transaction).catch(() => stop(transaction));
    if (await kept) return "saved";
    const { name, message } = transaction.error ?? { name: "", message: "" };
    return name === "QuotaExceededError" || NO_ROOM.test(message) ? "full" : "failed";
  }
}

/** Under which key it lies how often others asked for a PIN since she came in by hers. */
function askedOf(id: string): string {
  return `asked ${id}`;
}

/** Of the vault in a row, as text; a damaged one is no other's. */
export function idOf({ id, vault }: Person): string {
  try {
    return base64url(readSealed(vault).vaultId);
  } catch (fault) {
    if (fault instanceof Refused) return `damaged ${id}`;
    throw fault;
  }
}

function furnish(database: IDBPDatabase<Rooms>, random: Random): void {
  database.createObjectStore("people", { keyPath: "id" }).createIndex("symbol", "symbol");
  const symbols = database.createObjectStore("symbols");
  for (const symbol of SYMBOLS) void symbols.put(usualKdf(random), symbol);
  database.createObjectStore("tries");
}

async function readTries(
  transaction: IDBPTransaction<Rooms, ("people" | "tries")[], "readwrite">, symbol: SymbolName, only: string | null, time: number,
): Promise<ReadonlyMap<string, Tries>> {
  const ids = only === null ? await transaction.objectStore("people").index("symbol").getAllKeys(symbol) : [only];
  const found = new Map<string, Tries>();
  for (const id of [symbol, ...ids]) found.set(id, settled((await transaction.objectStore("tries").get(id)) ?? NO_TRIES, time));
  return found;
}

/** Ends a transaction without effect; one that has ended by itself says why in its own error. */
function stop(transaction: { abort: () => void }): void {
  try {
    transaction.abort();
  } catch {
    // it was over already
  }
}
