/** What the verifier's page needs from the world beyond what every page does. */
import type { JsonObject } from "../../kernel/json.ts";
import type { Random } from "../../kernel/ports.ts";
import type { Receipt } from "../../kernel/receipt.ts";
import type { Session } from "../../kernel/verify/ground.ts";
import type { DevicePorts, JudgedHere } from "../../kit/ports.ts";
import type { Labels, Language, Report } from "../../words/report.ts";
import type { Signal } from "./signals.ts";

/** A receipt that held. `own`: signed by this device. */
export interface CheckedReceipt {
  readonly receipt: Receipt;
  readonly own: boolean;
}

/** Receipts of this device's own key. */
export interface ReceiptPorts {
  /** The did:key that signs, made when it is first asked for. */
  readonly device: () => Promise<string>;
  /** The receipt's JSON; null for a note that it cannot carry. */
  readonly makeReceipt: (report: Report, note: string | null) => Promise<string | null>;
  /** A receipt's file; null where it does not hold. */
  readonly checkReceipt: (file: Blob) => Promise<CheckedReceipt | null>;
  /** Receipts of this device are then as those of any other. */
  readonly forget: () => Promise<void>;
}

export interface Ports extends DevicePorts {
  /** Brought when a receipt is first asked for. */
  readonly receipts: () => Promise<ReceiptPorts>;
  /** `law.json` of the list in use; null where there is none. */
  readonly law: () => Promise<JsonObject | null>;
  /** The list's words for codes in a language; null where there is no list. */
  readonly labels: (language: Language) => Promise<Labels | null>;
  /**
   * Judges one text, or the frames and documents read together, as the answer to a question where one is open.
   * Language labels are looked up by the caller.
   */
  readonly judge: (texts: readonly string[], session: Session | null) => Promise<JudgedHere>;
  /** The device's clock, the one that `judge` judges by, in milliseconds. */
  readonly now: () => number;
  readonly random: Random;
  /** What this device keeps under a name, read as unknown; undefined when nothing is. */
  readonly kept: (name: string) => Promise<unknown>;
  /** Keeps, or with undefined forgets. Rejects on a device that keeps nothing. */
  readonly keep: (things: Readonly<Record<string, unknown>>) => Promise<void>;
  /** What was typed, left for the page that is loaded in this one's place, which takes it: nothing of it stays behind. */
  readonly typed: { readonly leave: (text: string) => void; readonly take: () => string };
  /** Gives the person a file that was made here. */
  readonly save: (name: string, type: string, text: string) => void;
  readonly print: () => void;
  readonly signal: (signal: Signal) => void;
}
