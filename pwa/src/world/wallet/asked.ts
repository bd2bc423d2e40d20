/** What the holder asked who signed her passes, as it lies in the vault, in the views' words. */
import { type JsonObject, member } from "../../kernel/json.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { DISPUTE } from "../../kernel/vault/kept.ts";
import type { DisputeKind, DisputeLine, DisputeState } from "../../stories/holder/ports.ts";

const KINDS: readonly DisputeKind[] = ["name", "data", "cancelled", "other"];
const STATES: readonly DisputeState[] = ["open", "corrected", "lifted", "upheld", "rejected"];

/** What was asked, for the views: the newest first. */
export function linesOf(wallet: OpenWallet): readonly DisputeLine[] {
  return wallet.notes(DISPUTE).map(({ body }) => lineOf(body)).reverse();
}

function lineOf(body: JsonObject): DisputeLine {
  const text = (name: string): string => String(member(body, name) ?? "");
  return {
    pass: text("pass"), kind: KINDS.find((kind) => kind === text("kind")) ?? "other", text: text("text"), sentAt: text("sentAt"),
    state: STATES.find((state) => state === text("state")) ?? "open", answer: text("answer"),
  };
}
