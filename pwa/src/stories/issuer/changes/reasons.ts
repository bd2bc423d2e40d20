/** Which reasons each act of status may have (TRUST section 6). Data alone. */
import type { ActName, Reason } from "../wire.ts";

export const REASONS: Readonly<Record<ActName, readonly [Reason, ...Reason[]]>> = {
  revoke: ["issued_in_error", "superseded", "holder_request", "authority_decision", "duplicate", "fraud"],
  suspend: ["issued_in_error", "authority_decision", "holder_request", "fraud"],
  lift: ["issued_in_error", "authority_decision", "holder_request"],
};

/** The reason that was picked, where this act knows it. */
export function reasonOf(act: ActName, picked: Reason | null): Reason {
  return REASONS[act].find((each) => each === picked) ?? REASONS[act][0];
}
