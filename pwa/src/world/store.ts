/** What this device keeps between visits, in IndexedDB: the list, its pinned root, the floor of time, the language. Nothing of people. */

const NAME = "puente-verifier";
const ROOM = "kept";

/** One small key-value room. A device that keeps nothing (a private window) makes every call reject: the caller goes on without. */
export class Store {
  readonly #database: Promise<IDBDatabase>;

  constructor(factory: IDBFactory) {
    this.#database = new Promise((opened, failed) => {
      const request = factory.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(ROOM);
      request.onsuccess = () => opened(request.result);
      request.onerror = () => failed(request.error);
      request.onblocked = () => failed(new Error("the store is in use by an older page"));
    });
    this.#database.catch(() => undefined); // each call tells of it; without this the first failure is reported twice
  }

  /** What is kept under a name; undefined when nothing is. The caller reads it as unknown. */
  async get(name: string): Promise<unknown> {
    const room = (await this.#database).transaction(ROOM).objectStore(ROOM);
    return settled(room.get(name));
  }

  /** Keeps several things in one transaction: all of them or none. */
  async put(things: Readonly<Record<string, unknown>>): Promise<void> {
    const transaction = (await this.#database).transaction(ROOM, "readwrite", { durability: "strict" });
    for (const [name, thing] of Object.entries(things)) transaction.objectStore(ROOM).put(thing, name);
    await new Promise<void>((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
      transaction.onerror = () => failed(transaction.error);
    });
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
