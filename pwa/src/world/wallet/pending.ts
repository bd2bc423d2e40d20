/** Devices that wait to come in to a copy: the secret that each was told by, and until when it waits (TRUST section 8). */
import type { Instant } from "../../kernel/bundle/installed.ts";
import type { Store } from "../store.ts";

const NAME = "pending";

interface Waiting {
  readonly device: Uint8Array;
  /** ISO 8601; null in what an older page kept. */
  readonly opensAt: string | null;
}

/** By the vault's opaque id; nothing here opens anything. */
export class Pending {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async deviceOf(vault: string): Promise<Uint8Array | null> {
    return (await this.#all()).get(vault)?.device ?? null;
  }

  /** The soonest end of a wait that is not over; null where none is. Of whom it is nobody is told. */
  async waits(now: Instant): Promise<string | null> {
    const ahead = [...(await this.#all()).values()].flatMap(({ opensAt }) => (opensAt !== null && Date.parse(opensAt) > now ? [opensAt] : []));
    return ahead.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null;
  }

  async keep(vault: string, device: Uint8Array, opensAt: string): Promise<void> {
    await this.#store.put({ [NAME]: new Map([...(await this.#all()), [vault, { device, opensAt }]]) });
  }

  async drop(vault: string): Promise<void> {
    const rest = new Map([...(await this.#all())].filter(([name]) => name !== vault));
    await this.#store.put({ [NAME]: rest.size === 0 ? undefined : rest });
  }

  async #all(): Promise<ReadonlyMap<string, Waiting>> {
    const kept = await this.#store.get(NAME).catch(() => undefined);
    const rows = kept instanceof Map ? (kept as ReadonlyMap<string, Waiting | Uint8Array>) : [];
    return new Map([...rows].map(([vault, row]) => [vault, row instanceof Uint8Array ? { device: row, opensAt: null } : row]));
  }
}
