/**
 * What one verification stands on. All of it came as arguments: nothing here asks a clock, a store or a network.
 */
import type { InstalledBundle, Instant } from "../bundle/installed.ts";
import type { Ed25519Check } from "../ed25519.ts";
import type { TimeFrame } from "../trust.ts";
import { type Mark, mark } from "./marks.ts";
import type { Seen } from "./seen.ts";

/** An open question of the verifier (TRUST section 9): eight Crockford letters, its short name, its time. */
export interface Session {
  readonly challenge: string;
  readonly domain: string | null;
  readonly issuedAt: Instant;
}

/** What `judge` is given beside the text. */
export interface World {
  readonly bundle: InstalledBundle | null;
  /** The device's clock. */
  readonly now: Instant;
  /** The highest floor that was ever stored, or the time of the build (V2). */
  readonly floor: Instant | null;
  readonly session: Session | null;
  readonly seen: Seen;
  readonly crypto: Ed25519Check;
  /** `VR1-R` texts. */
  readonly logProofs?: readonly string[];
}

/** The same after V1 and V2. */
export interface Ground {
  readonly bundle: InstalledBundle;
  readonly frame: TimeFrame;
  readonly now: Instant;
  readonly session: Session | null;
  readonly seen: Seen;
  readonly crypto: Ed25519Check;
  readonly logProofs: readonly string[];
}

/** What V1 and V2 found: every pass carries it. */
export function groundMarks(ground: Ground): Mark[] {
  return ground.frame.marks.map((code) => mark(code === "bundle_expired" ? "V1" : "V2", code));
}
