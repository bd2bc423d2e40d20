/** What a person's row remembers of her copy at the server. Nothing here opens anything without the vault's key. */
export interface CopyState {
  /** This device's own secret at the server. */
  readonly device: Uint8Array;
  /** The last manifest known, sealed; null before the first. */
  readonly known: Uint8Array | null;
  /** ISO 8601; null before the first time. */
  readonly lastAt: string | null;
  /** Which sheet the server finds this vault by: the hash of its wrap. */
  readonly sheet: string | null;
  /** Other devices that ask to come in. */
  readonly waiting: number;
}
