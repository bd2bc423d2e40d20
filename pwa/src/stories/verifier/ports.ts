/** What the verifier's page needs from the world beyond what every page does. */
import type { DevicePorts, JudgedHere } from "../../kit/ports.ts";

export interface Ports extends DevicePorts {
  /** Judges one text, or the frames and documents read together; language labels are looked up by the caller. */
  readonly judge: (texts: readonly string[]) => Promise<JudgedHere>;
}
