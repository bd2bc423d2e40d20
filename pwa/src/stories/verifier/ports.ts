/** What the verifier's page needs from the world beyond what every page does. */
import type { Random } from "../../kernel/ports.ts";
import type { Session } from "../../kernel/verify/ground.ts";
import type { DevicePorts, JudgedHere } from "../../kit/ports.ts";
import type { Signal } from "./signals.ts";

export interface Ports extends DevicePorts {
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
  /** Gives the person a file that was made here. */
  readonly save: (name: string, type: string, text: string) => void;
  readonly print: () => void;
  readonly signal: (signal: Signal) => void;
}
