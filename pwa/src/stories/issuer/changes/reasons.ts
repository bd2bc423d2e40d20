/** Which reasons each act of status may have, and what follows from it once it is approved (TRUST section 6). Data alone. */
import type { Key } from "../../../words/text.ts";
import type { ManyName, Reason } from "../wire.ts";

export const REASONS: Readonly<Record<ManyName, readonly Reason[]>> = {
  revoke: ["issued_in_error", "superseded", "holder_request", "authority_decision", "duplicate", "fraud"],
  suspend: ["issued_in_error", "authority_decision", "holder_request", "fraud"],
  replace: ["key_compromise", "issued_in_error", "superseded"],
  lift: ["issued_in_error", "authority_decision", "holder_request"],
};

/** The reason that was picked, where this act knows it; no act begins with one. */
export function reasonOf(act: ManyName, picked: Reason | null): Reason | null {
  return REASONS[act].find((each) => each === picked) ?? null;
}

/** A revocation for one of these needs no proof: it is the holder who asks (decision 0078). */
const WITHOUT_EVIDENCE: ReadonlySet<Reason> = new Set(["holder_request"]);

export function needsEvidence(act: ManyName, reason: Reason | null): boolean {
  return act === "revoke" && (reason === null || !WITHOUT_EVIDENCE.has(reason));
}

/** These wait for nobody's answer. */
const AT_ONCE: ReadonlySet<Reason> = new Set(["fraud", "key_compromise", "holder_request"]);

export function isAnnounced(act: ManyName, reason: Reason): boolean {
  return act === "revoke" && !AT_ONCE.has(reason);
}

/** What follows of many of which so much changes in a list that phones wait for the registry's word. */
export function wordOf(act: ManyName, reason: Reason): Key {
  return isAnnounced(act, reason) ? "many.then_word_later" : "many.then_word";
}

/** What will happen to one certificate if it is approved, in order, as far as the reason is known. */
export function thenOfOne(act: ManyName, reason: Reason | null): readonly Key[] {
  if (reason === null) return act === "revoke" ? ["act.then_by_reason"] : thenOfOne(act, "issued_in_error"); // the others do the same for each
  return act === "replace" ? ["act.then_new_one", "act.then_old", "act.then_slip_one"] : thenOf(act, reason);
}

/** What will happen to many if it is approved, in order. */
export function thenOf(act: ManyName, reason: Reason): readonly Key[] {
  if (act === "replace") return ["act.then_new", "act.then_old", "act.then_slips"];
  if (act !== "revoke") return [`act.then_${act}`];
  return isAnnounced(act, reason) ? ["act.then_announced", "act.then_notice", "act.then_after"] : ["act.then_at_once", "act.then_revoke"];
}
