/** One small key-value room of this device, in IndexedDB: what a page keeps between visits. What may be kept is its caller's to say. */
import { openDB, type IDBPDatabase } from "idb";

const ROOM = "kept";

/** A device that keeps nothing (a private window) makes every call reject: the caller goes on without. */
export class Store {
  readonly #database: Promise<IDBPDatabase>;

  constructor(name: string) {
    // A browser may also throw at once: that is a rejection like another.
    this.#database = Promise.resolve().then(() => openDB(name, 1, { upgrade: (database) => void database.createObjectStore(ROOM) }));
    this.#database.catch(() => undefined); // each call tells of it; without this the first failure is reported twice
  }

  /** What is kept under a name; undefined when nothing is. The caller reads it as unknown. */
  async get(name: string): Promise<unknown> {
    return (await this.#database).get(ROOM, name);
  }

  /** Keeps several things in one transaction, on the disk when this is settled: all of them or none; undefined takes one away. */
  async put(things: Readonly<Record<string, unknown>>): Promise<void> {
    const transaction = (await this.#database).transaction(ROOM, "readwrite", { durability: "strict" });
    const writes = Object.entries(things).map(([name, thing]) => (thing === undefined ? transaction.store.delete(name) : transaction.store.put(thing, name)));
    await Promise.all([...writes, transaction.done]);
  }
}
