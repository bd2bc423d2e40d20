/**
 * What the holder asks who signed a pass, and the answer (DOMAIN P6): the key proves whose pass it is, the ticket that comes
 * back lies in the vault, and a corrected pass takes the place of the former once this phone found it right.
 */
import createClient from "openapi-fetch";

import { isObject, type JsonObject, member } from "../../kernel/json.ts";
import { PICKUP_JSON } from "../../kernel/bounds.ts";
import { presentAtDesk } from "../../kernel/presenting.ts";
import { receiveAll } from "../../kernel/receiving.ts";
import { Refused } from "../../kernel/refused.ts";
import { type Answer, ending, settle, stateOf, told } from "../../kernel/succeeding.ts";
import { addItem, newName } from "../../kernel/vault/contents.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { DISPUTE, type Note } from "../../kernel/vault/kept.ts";
import { moment } from "../../kernel/verify/reporting.ts";
import type { Asking, DisputeKind, SaveOutcome } from "../../stories/holder/ports.ts";
import type { paths } from "../../words/api.d.ts";
import { ask } from "../fetch.ts";
import { linesOf, withHeard } from "./asked.ts";
import type { Hand } from "./hand.ts";
import { changeVault } from "./keeping.ts";
import { codeOf, type Shape } from "../shapes.ts";

type Request = paths["/v1/issuer/disputes"]["post"]["requestBody"]["content"]["application/json"];

const ALREADY = "dispute_open";
const BUSY = "too_many_requests";
/** Passes of one answer. */
const MOST = 16;

/** The issuers' desk of this origin. */
export type IssuerDesk = ReturnType<typeof issuerDesk>;
export function issuerDesk(origin: string) {
  return createClient<paths>({ baseUrl: origin, fetch: (request) => ask(request, PICKUP_JSON.bytes) });
}

export function askingOf(hand: Hand, desk: IssuerDesk): Asking {
  return {
    dispute: (name, kind, text, wanted) => dispute({ hand, desk }, name, { kind, text, wanted }), answers: () => answers(hand, desk), withdraw: (id) => withdraw({ hand, desk }, id),
    heard: (ids) => hand.inTurn(() => changeVault(hand, (wallet) => ids.reduce((before, id) => withHeard(before, id, hand.outfit.now()), wallet))),
  };
}

interface Asked {
  readonly kind: DisputeKind;
  readonly text: string;
  readonly wanted: string | null;
}
interface AtDesk {
  readonly hand: Hand;
  readonly desk: IssuerDesk;
}

async function dispute({ hand, desk }: AtDesk, name: string, { kind, text, wanted }: Asked): ReturnType<Asking["dispute"]> {
  const { inside } = hand;
  const held = hand.opened?.passes.find((each) => each.name === name);
  if (inside === null || inside.wallet === null || held === undefined) return "refused";
  if (linesOf(inside.wallet).some((line) => line.pass === name && line.state === "open")) return "already";
  const { now, random } = hand.outfit;
  const signer = inside.wallet.signer();
  try {
    const begun = await answered(desk.POST("/v1/issuer/disputes/openings", {}), isOpening);
    if (begun.data === undefined) return begun.code === BUSY ? "busy" : "refused";
    const presentation = await presentAtDesk(held.document, signer, begun.data.challenge, now());
    const request: JsonObject = { presentation, kind, text, ...(wanted === null ? {} : { name: wanted }) };
    const note = newName(random);
    const asked = { type: DISPUTE, changedAt: moment(now()), pass: name, kind, text, wanted: wanted ?? "", sentAt: moment(now()), state: "open", answer: "", ticket: "", request };
    // Kept before it is sent: a page that is closed in between asks again with the same proof, and gets the same ticket.
    if ((await change(hand, inside.visit, (wallet) => wallet.with(addItem(wallet.contents, note, asked)))) !== "saved") return "refused";
    return await send({ hand, desk }, inside.visit, note, asked);
  } catch (fault) {
    if (isOffline(fault)) return "offline";
    if (fault instanceof Refused && fault.code === "bad_request") return "strange";
    throw fault;
  }
}

/** Sends what was asked; its ticket goes into the note, and a refusal takes the note away. */
async function send({ hand, desk }: AtDesk, visit: number, note: string, asked: JsonObject): Promise<"sent" | "already" | "busy" | "refused"> {
  const sent = await answered(desk.POST("/v1/issuer/disputes", { body: member(asked, "request") as unknown as Request }), isTicket);
  if (sent.data === undefined) {
    await change(hand, visit, (wallet) => wallet.dropNote(note));
    return sent.code === ALREADY ? "already" : sent.code === BUSY ? "busy" : "refused";
  }
  const { ticket } = sent.data;
  const { request: _sent, type: _type, ...rest } = asked;
  await change(hand, visit, (wallet) => wallet.changeNote(note, { ...rest, ticket }, hand.outfit.now()));
  return "sent";
}

/** A change of the vault that this act began in: never of whoever is open by now. */
function change(hand: Hand, visit: number, what: (wallet: OpenWallet) => OpenWallet): Promise<SaveOutcome> {
  return hand.inTurn(async () => (hand.inside?.visit === visit ? changeVault(hand, what) : "failed"));
}

/** By its ticket. What was kept and perhaps never arrived is sent first: the same proof gives the same ticket, or it was never there. */
async function withdraw({ hand, desk }: AtDesk, id: string): ReturnType<Asking["withdraw"]> {
  const visit = hand.inside?.visit ?? 0;
  const noted = (): Note | undefined => hand.inside?.wallet?.notes(DISPUTE).find(({ name }) => name === id);
  const asked = noted();
  if (asked === undefined || hand.inside?.visit !== visit) return "refused";
  try {
    if (member(asked.body, "ticket") === "") {
      const sent = await send({ hand, desk }, visit, id, asked.body);
      if (sent !== "sent") return sent === "busy" ? "busy" : noted() === undefined ? "withdrawn" : "refused";
    }
    const note = noted();
    if (note === undefined || hand.inside?.visit !== visit) return "refused";
    const { data, code } = await answered<Answer>(desk.POST("/v1/issuer/disputes/withdrawals", { body: { ticket: String(note.body["ticket"]) } }) as Promise<Sent<Answer>>, isAnswer);
    if (data === undefined) return code === BUSY ? "busy" : "refused";
    if (stateOf(data) !== "withdrawn") {
      if (stateOf(data) !== "open") await hand.inTurn(() => takeIn(hand, visit, note, data));
      return "answered";
    }
    const told = { ...note.body, state: "withdrawn", answer: "", taken: false, heard: true }; // her own doing: nobody has to tell her
    return (await change(hand, visit, (wallet) => wallet.changeNote(id, told, hand.outfit.now()))) === "saved" ? "withdrawn" : "refused";
  } catch (fault) {
    if (isOffline(fault)) return "offline";
    throw fault;
  }
}

/** Asks after everything that is open; what came is kept. Gives how many answers came; null without network. */
async function answers(hand: Hand, desk: IssuerDesk): Promise<number | null> {
  const visit = hand.inside?.visit ?? 0;
  const open = hand.inside?.wallet?.notes(DISPUTE).filter(({ body }) => member(body, "state") === "open") ?? [];
  let came = 0;
  try {
    for (const note of open) {
      if (hand.inside?.visit !== visit) break; // locked, or somebody else is open
      if (member(note.body, "ticket") === "") {
        await send({ hand, desk }, visit, note.name, note.body);
        continue;
      }
      const { data } = await answered<Answer>(desk.POST("/v1/issuer/disputes/answers", { body: { ticket: String(note.body["ticket"]) } }) as Promise<Sent<Answer>>, isAnswer);
      if (data === undefined || stateOf(data) === "open") continue;
      if (await hand.inTurn(() => takeIn(hand, visit, note, data))) came += 1;
    }
    return came;
  } catch (fault) {
    if (isOffline(fault)) return null;
    throw fault;
  }
}

/** The passes that may take the place of hers and that this phone finds right, and the answer beside them: at once or not at all. One that never holds ends it. */
async function takeIn(hand: Hand, visit: number, note: Note, answer: Answer): Promise<boolean> {
  const documents = answer.credentials.map(({ credential }) => credential);
  const by = await hand.outfit.desk.trusted();
  const arrivals = await receiveAll(documents, hand.opened?.did ?? "", by);
  if (hand.inside?.visit !== visit) return false; // locked, or somebody else is open
  const now = hand.outfit.now();
  const how = ending(note.body, answer, arrivals, by.bundle === null ? null : Math.max(by.bundle.floorOff, by.bundle.floorOn ?? 0));
  if (how === "waits") return false; // the list does not know them yet: the next time asks again
  if (how !== "holds") {
    const ended = { ...note.body, ...told(answer), taken: false, held: false, ...(how === "unlisted" ? { listed: false } : {}) };
    return (await changeVault(hand, (wallet) => wallet.changeNote(note.name, ended, now))) === "saved";
  }
  const outcome = await changeVault(hand, (wallet) => {
    const { state, text, places, taken } = settle(wallet, note.body, answer);
    const kept = documents.reduce((before, document, at) => (places[at] == null ? before : before.keep(document, now, places[at])), wallet);
    const next = documents.find((_document, at) => places[at] === member(note.body, "pass"));
    const pass = next === undefined ? member(note.body, "pass") ?? null : kept.nameOf(next);
    return kept.changeNote(note.name, { ...note.body, pass, state, answer: text, taken }, now);
  });
  return outcome === "saved";
}

type Sent<T> = { data?: T; error?: unknown; response: Response };
type Told<T> = { readonly data: T; readonly code: null } | { readonly data?: never; readonly code: string };

/** What the desk answered, or its code. Refuses `network_unavailable`, also for what is no answer of the desk: it may have heard us. */
async function answered<T>(asked: Promise<Sent<T>>, right: Shape): Promise<Told<T>> {
  const { data, error, response } = await asked.catch(() => {
    throw noAnswer();
  });
  if (response.ok && data !== undefined && right(data)) return { data, code: null };
  if (response.ok || response.status >= 500) throw noAnswer();
  return { code: codeOf(error) };
}

function noAnswer(): Refused {
  return new Refused("network_unavailable", "the issuers' desk did not answer");
}

function isOffline(fault: unknown): boolean {
  return fault instanceof Refused && fault.code === "network_unavailable";
}

const isOpening: Shape = (found) => isObject(found) && typeof found["challenge"] === "string";
const isTicket: Shape = (found) => isObject(found) && typeof found["ticket"] === "string";
const isAnswer: Shape = (found) =>
  isObject(found) && Array.isArray(found["credentials"]) && found["credentials"].length <= MOST && found["credentials"].every(isCopy);
const isCopy: Shape = (found) => isObject(found) && isObject(found["credential"]);
