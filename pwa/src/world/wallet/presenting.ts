/**
 * What is shown, and the history of it (TRUST section 9): codes are signed by the seed of the pack, so that the PIN is enough.
 * What may be shown is the kernel's to say; where a line of history cannot be kept the code is shown all the same, and that is said.
 */
import { display, passesFor } from "../../kernel/choosing.ts";
import { Refused } from "../../kernel/refused.ts";
import { seenNames } from "../../kernel/seeing.ts";
import { readQuestion } from "../../kernel/question.ts";
import { pairOf } from "../../kernel/subject.ts";
import { newName } from "../../kernel/vault/contents.ts";
import { seedSigner } from "../../kernel/vault/keys.ts";
import { moment } from "../../kernel/verify/reporting.ts";
import type { Choice, SaveOutcome, ShowFault, Showing, ShowLine } from "../../stories/holder/ports.ts";
import type { Hand } from "./hand.ts";
import { withChangedLine, withLines, withoutLines } from "./history.ts";

const FAULTS: Readonly<Record<string, ShowFault>> = {
  over_asking: "over_asking", bad_request: "bad_request", too_large_for_qr: "too_large", invalid_shape: "too_large", holder_mismatch: "nothing",
};

export function showingOf(hand: Hand): Showing {
  return {
    present: (choice, note) => hand.inTurn(() => present(hand, choice, note)),
    noteTo: (line, to) => hand.inTurn(() => changeLine(hand, line, to)),
    noteRefused: (to) => hand.inTurn(() => addLine(hand, { ...blank(hand), profile: "", manner: null, to, kinds: [], claims: [] })),
    clearHistory: () => hand.inTurn(() => clear(hand)),
    offered: (profile, manner) => {
      const { bundle, opened } = hand;
      return bundle === null || opened === null ? [] : passesFor(opened.passes, { profile, manner, did: opened.did }, bundle.policy.profiles);
    },
  };
}

async function present(hand: Hand, choice: Choice, note: boolean): ReturnType<Showing["present"]> {
  const { inside, opened, bundle } = hand;
  if (inside === null || opened === null) return { fault: "locked" };
  if (bundle === null) return { fault: "no_list" };
  const chosen = opened.passes.filter(({ name }) => choice.names.includes(name)).map(({ document }) => document);
  if (chosen.length === 0) return { fault: "nothing" };
  const { manner, profile } = choice;
  try {
    const question = manner === "answer" ? readQuestion(choice.request ?? "", profile) : null;
    const drawn = await display(chosen, { manner, profile, question }, { bundle, signer: seedSigner(inside.pack.seed), now: hand.outfit.now() });
    if (!note) return { ...drawn, line: null, unnoted: null };
    const line = { ...blank(hand), profile, manner, to: question?.domain ?? null, kinds: chosen.map(pairOf), claims: seenNames(chosen) };
    const outcome = await addLine(hand, line);
    return outcome === "saved" ? { ...drawn, line: line.id, unnoted: null } : { ...drawn, line: null, unnoted: outcome };
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return { fault: FAULTS[fault.code] ?? "nothing" };
  }
}

function blank(hand: Hand): Pick<ShowLine, "id" | "at" | "note"> {
  const { random, now } = hand.outfit;
  return { id: newName(random), at: moment(now()), note: null };
}

/** Into the vault where it is open, else to wait in the pack. */
async function addLine(hand: Hand, line: ShowLine): Promise<SaveOutcome> {
  const { inside } = hand;
  if (inside === null) return "failed";
  if (inside.wallet !== null) return hand.save({ ...inside, wallet: withLines(inside.wallet, [line]) }, true);
  return hand.save({ ...inside, pack: { ...inside.pack, shows: [...inside.pack.shows, line] } }, false);
}

/** What the holder writes down beside a line: who it was. */
async function changeLine(hand: Hand, id: string, to: string): Promise<SaveOutcome> {
  const { inside } = hand;
  const line = hand.opened?.shows.find((each) => each.id === id);
  if (inside === null || line === undefined) return "failed";
  const noted = { ...line, note: to === "" ? null : to };
  const waits = inside.pack.shows.some((each) => each.id === id);
  if (!waits && inside.wallet !== null) return hand.save({ ...inside, wallet: withChangedLine(inside.wallet, noted) }, true);
  return hand.save({ ...inside, pack: { ...inside.pack, shows: inside.pack.shows.map((each) => (each.id === id ? noted : each)) } }, false);
}

async function clear(hand: Hand): Promise<SaveOutcome> {
  const { inside } = hand;
  if (inside === null) return "failed";
  const pack = { ...inside.pack, shows: [] };
  return inside.wallet === null ? hand.save({ ...inside, pack }, false) : hand.save({ ...inside, pack, wallet: withoutLines(inside.wallet) }, true);
}
