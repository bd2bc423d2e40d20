/** Devices that wait to come in to a copy: the secret that each was told by, and until when it waits (TRUST section 8). */
import type { Instant } from "../../kernel/bundle/installed.ts";
import { base64url, sha256 } from "../../kernel/bytes.ts";
import type { Wait } from "../../stories/holder/ports.ts";
import type { Store } from "../store.ts";

const NAME = "pending";
const NAME_SIZE = 16;

interface Waiting {
  readonly device: Uint8Array;
  /** ISO 8601; null in what an older page kept. */
  readonly opensAt: string | null;
  /** It waited before, and was taken out. Not there in what an older page kept. */
  readonly again?: boolean;
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

  /** The soonest wait that is not over; null where none is. Of whom it is nobody is told. */
  async waits(now: Instant): Promise<Wait | null> {
    const ahead = [...(await this.#all()).values()].flatMap(({ device, opensAt, again = false }) => (opensAt !== null && Date.parse(opensAt) > now ? [waitOf(device, opensAt, again)] : []));
    return ahead.sort((one, other) => Date.parse(one.opensAt) - Date.parse(other.opensAt))[0] ?? null;
  }

  /** A wait as the server told it: one that ends later than the former told was begun anew, as the server forgot the device. */
  async keep(vault: string, device: Uint8Array, opensAt: string): Promise<Wait> {
    const all = await this.#all();
    const former = all.get(vault);
    const told = former?.opensAt ?? null;
    const again = told === opensAt ? (former?.again ?? false) : told !== null && Date.parse(told) < Date.parse(opensAt);
    await this.#store.put({ [NAME]: new Map([...all, [vault, { device, opensAt, again }]]) });
    return waitOf(device, opensAt, again);
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

/** The name that the server lists a device by: `device_name` in `wallet/sync/entry.py`. */
function waitOf(device: Uint8Array, opensAt: string, again: boolean): Wait {
  return { opensAt, device: base64url(sha256(device).slice(0, NAME_SIZE)), again };
}
