/**
 * What comes, and what is kept of it (DOMAIN P2): judged by the kernel with the list in use, kept only when it was judged here
 * and holds. A pick-up is noted in the pack before the issuer is asked to hand over: a page that is closed in between loses
 * nothing, for the same key may ask for the same copies again while the pick-up is open.
 */
import type { Instant } from "../../kernel/bundle/installed.ts";
import { type JsonObject, member } from "../../kernel/json.ts";
import { openPickup, takePickup } from "../../kernel/pickup.ts";
import type { Post } from "../../kernel/ports.ts";
import { type Arrival, receive, receiveAll } from "../../kernel/receiving.ts";
import { Refused } from "../../kernel/refused.ts";
import { renewed } from "../../kernel/succeeding.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { DISPUTE } from "../../kernel/vault/kept.ts";
import { seedSigner } from "../../kernel/vault/keys.ts";
import type { JudgedHere } from "../../kit/ports.ts";
import { deciding } from "../../kit/reasons.ts";
import { cancelledIn } from "../../stories/holder/card.ts";
import type { Arrived, ReceiveFault, Received, Receiving, SaveOutcome } from "../../stories/holder/ports.ts";
import { sizeOf } from "../desk.ts";
import type { Hand, Outfit } from "./hand.ts";
import { changed, type Inside } from "./inside.ts";
import type { OpenPickup } from "./pack.ts";
import { withoutUnpinned, withUnpinned } from "./unpinned.ts";

/** How long an issuer keeps a pick-up open. */
const PICKUP_LIFE = 10 * 60_000;
const FAULTS: Readonly<Record<string, ReceiveFault>> = {
  network_unavailable: "offline", wrong_secret: "wrong_secret", bad_request: "wrong_secret", offer_used: "offer_used", another_phone: "another_phone", former_phone: "former_phone", offer_replaced: "replaced", stale_presentation: "offer_used",
  stale_version: "withdrawn", not_possible_now: "withdrawn", too_many_requests: "busy",
};

export function receivingOf(hand: Hand, post: Post): Receiving {
  /** What was looked at here and may be kept, by the visit that looked: nothing else is, and by nobody else. */
  const good = new WeakMap<Arrived, number>();
  const looked = (visit: number, arrived: readonly Arrived[]): Received => {
    for (const one of arrived) if (one.refused === null) good.set(one, visit);
    return { arrived };
  };
  return {
    look: async (sent) => {
      const { visit } = hand;
      return looked(visit, await look(hand, sent));
    },
    pickUp: async (code, pin) => {
      const { visit } = hand;
      const came = await pickUp(hand, { post, code, pin, visit });
      return typeof came === "string" ? { fault: came } : { ...looked(visit, came.arrived), badge: came.badge };
    },
    keep: (arrived) => hand.inTurn(() => keep(hand, arrived.filter((one) => good.get(one) === hand.visit))),
    pin: (names, pinned) => hand.inTurn(() => changeVault(hand, (wallet) => pinnedAs(wallet, names, pinned, hand.outfit))),
    retain: (names) => hand.inTurn(() => changeVault(hand, (wallet) => names.reduce((before, name) => before.retain(name), wallet))),
    drop: (names) => hand.inTurn(() => changeVault(hand, (wallet) => names.reduce((before, name) => before.drop(name), withoutUnpinned(wallet, names)))),
  };
}

/** One for each pass that was read, or one for what could not be read. */
async function look(hand: Hand, sent: readonly string[] | Uint8Array): Promise<readonly Arrived[]> {
  const { desk } = hand.outfit;
  const arrivals = await receive(sent, hand.opened?.did ?? "", await desk.trusted());
  const looked: Arrived[] = [];
  for (const arrival of arrivals) {
    const { report } = arrival;
    looked.push(arrivedOf(arrival, report === null ? await desk.judge(sent) : desk.dressed(report, sizeOf(sent)))); // of what is no pass the verifier has the words
  }
  return looked;
}

function arrivedOf({ verdict, reasons, document }: Arrival, judged: JudgedHere): Arrived {
  return { document, judged, refused: document === null ? (reasons[deciding(reasons)] ?? verdict) : null };
}

interface HandedOver {
  readonly arrived: readonly Arrived[];
  readonly badge: JsonObject | null;
}

interface Asked {
  readonly post: Post;
  readonly code: string;
  readonly pin: string;
  readonly visit: number;
}

/** What an issuer made for this wallet's key; what could not be had, by its cause. Nobody waits for the issuer but who asked. */
async function pickUp(hand: Hand, asked: Asked): Promise<HandedOver | ReceiveFault> {
  const { desk, now } = hand.outfit;
  const begun = hand.insideAt(asked.visit);
  if (begun === null || begun.wallet === null) return "storage";
  try {
    const pickup = await opened(begun, asked, now());
    if ((await hand.inTurn(() => notePickup(hand, asked.visit, pickup))) !== "saved") return "storage"; // asked for before anything is used up
    const inside = hand.insideAt(asked.visit);
    if (inside === null) return "storage"; // locked meanwhile: the code is still open, and nothing was handed over
    const signer = seedSigner(inside.pack.seed);
    const { credentials, badge } = await takePickup(pickup, signer, now(), asked.post);
    const arrivals = await receiveAll(credentials, signer.did, await desk.trusted());
    return { arrived: arrivals.flatMap((arrival) => (arrival.report === null ? [] : [arrivedOf(arrival, desk.dressed(arrival.report, 0))])), badge };
  } catch (fault) {
    if (fault instanceof Refused) return FAULTS[fault.code] ?? "unreadable";
    throw fault;
  }
}

/** A new pick-up, or the one that was open already where its code was used up in it. */
async function opened({ pack }: Inside, { post, code, pin }: Asked, now: number): Promise<OpenPickup> {
  try {
    return { ...(await openPickup(code, pin, post)), at: now };
  } catch (fault) {
    const former = pack.pickup;
    const stands = former !== null && now >= former.at && now - former.at < PICKUP_LIFE;
    if (fault instanceof Refused && fault.code === "offer_used" && stands) return former;
    throw fault;
  }
}

async function notePickup(hand: Hand, visit: number, pickup: OpenPickup): Promise<SaveOutcome> {
  const inside = hand.insideAt(visit);
  return inside === null ? "failed" : hand.save({ ...inside, pack: { ...inside.pack, pickup } }, false);
}

async function keep(hand: Hand, arrived: readonly Arrived[]): Promise<SaveOutcome> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null) return "failed";
  const now = hand.outfit.now();
  const documents = arrived.map(({ document }) => document).filter((document): document is JsonObject => document !== null);
  const places = renewed(documents, cancelledIn(hand.opened?.passes ?? []));
  const wallet = documents.reduce((kept, document, at) => inPlace(kept, document, places[at] ?? null, now), inside.wallet);
  const outcome = await hand.save({ ...inside, wallet, pack: { ...inside.pack, pickup: null } }, true);
  if (outcome === "saved") void navigator.storage?.persist?.(); // now there is something that the browser should not take away
  return outcome;
}

/** With that pass; in the place of that one of hers, what she asked about it is asked about this one. */
function inPlace(wallet: OpenWallet, document: JsonObject, former: string | null, now: Instant): OpenWallet {
  const kept = wallet.keep(document, now, former);
  const about = former === null ? [] : kept.notes(DISPUTE).filter(({ body }) => member(body, "pass") === former);
  return about.reduce((before, note) => before.changeNote(note.name, { ...note.body, pass: kept.nameOf(document) }, now), kept);
}

/** A change of the vault, with the pack that goes by it. */
export async function changeVault(hand: Hand, change: (wallet: OpenWallet) => OpenWallet): Promise<SaveOutcome> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null) return "failed";
  return hand.save(changed(inside, inside.wallet, change, hand.outfit), true);
}

/** With those passes opened by the PIN, or by the vault alone. */
function pinnedAs(wallet: OpenWallet, names: readonly string[], pinned: boolean, { now, random }: Outfit): OpenWallet {
  return pinned ? withoutUnpinned(wallet, names) : withUnpinned(wallet, names, now(), random);
}
