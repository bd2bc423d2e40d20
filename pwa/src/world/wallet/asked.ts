/** What the holder asked who signed her passes, as it lies in the vault, in the views' words. */
import type { Instant } from "../../kernel/bundle/installed.ts";
import { type JsonObject, member } from "../../kernel/json.ts";
import { stateOf } from "../../kernel/succeeding.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { DISPUTE, type Note } from "../../kernel/vault/kept.ts";
import type { DisputeKind, DisputeLine, DisputeState } from "../../stories/holder/ports.ts";

const KINDS: readonly DisputeKind[] = ["name", "data", "cancelled", "other"];

/** What was asked, for the views: the newest first. */
export function linesOf(wallet: OpenWallet): readonly DisputeLine[] {
  return wallet.notes(DISPUTE).map(lineOf).reverse();
}

/** With that line's answer looked at; a line that is not there any more changes nothing. */
export function withHeard(wallet: OpenWallet, id: string, now: Instant): OpenWallet {
  const note = wallet.notes(DISPUTE).find(({ name }) => name === id);
  return note === undefined ? wallet : wallet.changeNote(id, { ...note.body, heard: true }, now);
}

function lineOf({ name: id, body }: Note): DisputeLine {
  const text = (name: string): string => String(member(body, name) ?? "");
  return {
    id, pass: text("pass"), kind: KINDS.find((kind) => kind === text("kind")) ?? "other", text: text("text"), wanted: text("wanted"), sentAt: text("sentAt"),
    state: stateIn(body), answer: text("answer"), heard: member(body, "heard") === true,
  };
}

/** An answer of which a pass never holds is told as that. What was answered as corrected without a pass that took the place of hers is told as that. */
function stateIn(body: JsonObject): DisputeState {
  if (member(body, "held") === false) return member(body, "listed") === false ? "unlisted" : "unheld";
  const state = stateOf({ state: member(body, "state") });
  return state === "corrected" && member(body, "taken") === false ? "untaken" : state;
}
