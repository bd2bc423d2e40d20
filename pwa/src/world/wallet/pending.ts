/** Devices that wait to come in to a copy: the secret that each was told by, until the 48 hours have passed (TRUST section 8). */
import type { Store } from "../store.ts";

const NAME = "pending";

/** By the vault's opaque id; nothing here opens anything. */
export class Pending {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async deviceOf(vault: string): Promise<Uint8Array | null> {
    return (await this.#all()).get(vault) ?? null;
  }

  async keep(vault: string, device: Uint8Array): Promise<void> {
    await this.#store.put({ [NAME]: new Map([...(await this.#all()), [vault, device]]) });
  }

  async drop(vault: string): Promise<void> {
    const rest = new Map([...(await this.#all())].filter(([name]) => name !== vault));
    await this.#store.put({ [NAME]: rest.size === 0 ? undefined : rest });
  }

  async #all(): Promise<ReadonlyMap<string, Uint8Array>> {
    const kept = await this.#store.get(NAME).catch(() => undefined);
    return kept instanceof Map ? (kept as ReadonlyMap<string, Uint8Array>) : new Map();
  }
}
