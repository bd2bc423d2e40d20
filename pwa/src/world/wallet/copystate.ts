/** What a person's row remembers of her copy at the server. Nothing here opens anything without the vault's key. */
import type { BackupState, WaitingDevice } from "../../stories/holder/ports.ts";

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
}

/** Before the first round; the device's secret is still to be made. */
export const NO_COPY: Omit<CopyState, "device"> = { known: null, lastAt: null, sheet: null, waiting: [] };

/** As the views are told of it. */
export function backupOf(copy: CopyState | null): BackupState {
  if (copy === null) return { on: false };
  return { on: true, lastAt: copy.lastAt, waiting: typeof copy.waiting === "number" ? [] : copy.waiting };
}
