/** What a person's row remembers of her copy at the server. Nothing here opens anything without the vault's key. */
import type { BackupState, JoinedDevice, WaitingDevice } from "../../stories/holder/ports.ts";
import type { Device } from "./server.ts";

/** Another device that is in; `shown`: she knows of it. */
export type MetDevice = JoinedDevice & { readonly shown: boolean };

export interface CopyState {
  /** This device's own secret at the server. */
  readonly device: Uint8Array;
  /** The last manifest known, sealed; null before the first. */
  readonly known: Uint8Array | null;
  /** ISO 8601; null before the first time. */
  readonly lastAt: string | null;
  /** Which sheet the server finds this vault by: the hash of its wrap. */
  readonly sheet: string | null;
  /** Other devices that ask to come in. A number in the rows of older pages. */
  readonly waiting: readonly WaitingDevice[] | number;
  /** The other devices that were in at the last round. Not there before the first, and in the rows of older pages. */
  readonly met?: readonly MetDevice[];
}

/** Before the first round; the device's secret is still to be made. */
export const NO_COPY: Omit<CopyState, "device"> = { known: null, lastAt: null, sheet: null, waiting: [] };

/**
 * Who is in beside this device after a round. She knows of whom she said yes to here (`approved`), and of who was in before this
 * device asked for the first time; one that was taken out and came again is another.
 */
export function metOf(former: readonly MetDevice[] | undefined, devices: readonly Device[], approved: string | null): readonly MetDevice[] {
  const knows = (id: string, since: string): boolean => former === undefined || id === approved || former.some((one) => one.id === id && one.since === since && one.shown);
  return devices.filter(({ mine, state }) => !mine && state === "active").map(({ device: id, since }) => ({ id, since, shown: knows(id, since) }));
}

/** As the views are told of it. */
export function backupOf(copy: CopyState | null): BackupState {
  if (copy === null) return { on: false };
  const joined = (copy.met ?? []).filter(({ shown }) => !shown).map(({ id, since }) => ({ id, since }));
  return { on: true, lastAt: copy.lastAt, waiting: typeof copy.waiting === "number" ? [] : copy.waiting, joined };
}
