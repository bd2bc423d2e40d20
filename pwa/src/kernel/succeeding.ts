/**
 * Whose place a pass takes that comes as the answer to a correction or by a new code, and what that answer says. Pure.
 *
 * Who answers may be anybody who holds or seized the desk: the wallet alone says what may stand in a pass's place. That the
 * pass that comes holds is receiving.ts's; asking and keeping are not done here. The twin of `wallet/succeeding.py`.
 */
import { TYPED_TEXT } from "./bounds.ts";
import type { Instant } from "./bundle/installed.ts";
import { equals, isObject, type JsonObject, type JsonValue, member } from "./json.ts";
import { Refused } from "./refused.ts";
import { claimsOf } from "./subject.ts";
import { folded, shown } from "./typed.ts";
import { readDateTime } from "./verify/dates.ts";
import { CODES } from "../words/codes.ts";
import type { Verdict } from "../words/report.ts";
import { LEVELS } from "../words/terms.ts";

const STATES = ["open", "corrected", "lifted", "upheld", "rejected", "withdrawn"] as const;
export type AnswerState = (typeof STATES)[number];

/** A pass that came, and the place in a revocation list of the one that it is said to take the place of. */
export interface Successor {
  readonly credential: JsonObject;
  readonly supersedes?: unknown;
}
export interface Answer {
  readonly state: unknown;
  readonly text: unknown;
  readonly answeredAt?: unknown;
  readonly credentials: readonly Successor[];
}

/** All of an answer's passes hold; a newer list or more time may make them good; one never holds; no list knew one in time. */
export type Ending = "holds" | "waits" | "never" | "unlisted";
interface Held {
  readonly name: string;
  readonly document: JsonObject;
}
/** What is asked of a wallet here. */
export interface Holding {
  passes(): readonly Held[];
  nameOf(document: JsonObject): string | null;
}

interface Judged {
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
}

/** `places`: for each pass that came, the name of hers that it takes the place of. `taken`: the one that she asked about has a successor. */
export interface Settled {
  readonly state: AnswerState;
  readonly text: string;
  readonly places: readonly (string | null)[];
  readonly taken: boolean;
}

/** What the answer to a dispute's note comes to in this wallet. */
export function settle(wallet: Holding, note: JsonObject, answer: Answer): Settled {
  const { state, answer: text } = told(answer);
  const places: (string | null)[] = [];
  const asked = member(note, "pass");
  const passes = state === "corrected" ? wallet.passes() : [];
  const disputed = passes.find(({ name }) => name === asked);
  const formers = passes.filter(({ document }) => disputed !== undefined && isCopy(document, disputed.document));
  for (const row of answer.credentials) {
    const free = wallet.nameOf(row.credential) === null ? formers.filter(({ name }) => !places.includes(name)) : [];
    places.push(free.find(({ document }) => succeeds(row, document, note))?.name ?? null);
  }
  return { state, text, places, taken: disputed !== undefined && places.includes(disputed.name) };
}

/** What no correction changes: another certificate differs in one of these. */
const LASTING = ["norm", "occupation", "skills", "hours", "certificate"] as const;

/**
 * For each pass that she fetches by a code, the name of her cancelled one that it stands for from now on: of one signer and kind,
 * about the same, made for the same key, saying as much, and not older; and a paper copy that came beside such a one, for that
 * one's paper copy. What an officer corrected or made anew in person comes so.
 */
export function renewed(came: readonly JsonObject[], cancelled: readonly Held[]): readonly (string | null)[] {
  const places = new Map<JsonObject, Held>();
  const take = (document: JsonObject, fits: (former: JsonObject) => boolean): void => {
    const free = cancelled.filter((held) => ![...places.values()].includes(held) && renews(document, held.document) && fits(held.document));
    const [former] = free.slice(-1);
    if (former !== undefined) places.set(document, former);
  };
  for (const document of came.filter(isBound)) take(document, isBound);
  const pairs = [...places];
  for (const document of came.filter((each) => !isBound(each))) {
    const formers = pairs.filter(([beside]) => isCopy(document, beside)).map(([, { document: former }]) => former);
    take(document, (former) => formers.some((each) => isCopy(former, each)));
  }
  return came.map((document) => places.get(document)?.name ?? null);
}

function isBound(document: JsonObject): boolean {
  return typeof member(claimsOf(document), "id") === "string";
}

function renews(document: JsonObject, former: JsonObject): boolean {
  const [mine, its] = [claimsOf(document), claimsOf(former)];
  const names = (claims: JsonObject): string => Object.keys(claims).sort().join(" ");
  const same = isKin(document, former) && LASTING.every((claim) => equals(member(mine, claim) ?? null, member(its, claim) ?? null));
  const alike = mine["id"] === its["id"] && names(mine) === names(its) && !equals(document, former);
  return same && alike && isAsHigh(mine, its) && isSince(document, former);
}

/** At the same level, or at a higher one of the scale of competences (DOMAIN S2.5, S2.7); a certificate that has a number is the same one at whatever level. */
function isAsHigh(mine: JsonObject, its: JsonObject): boolean {
  const [level, former] = [member(mine, "level") ?? null, member(its, "level") ?? null];
  if (equals(level, former) || typeof member(mine, "certificate") === "string") return true;
  const place = LEVELS.findIndex((each) => each === former);
  return place >= 0 && LEVELS.slice(place).some((each) => each === level);
}

function isSince(one: JsonObject, other: JsonObject): boolean {
  const [mine, its] = [one, other].map((each) => timeOf(member(each, "validFrom")));
  return mine != null && its != null && mine >= its;
}

/** How long after an answer a list that does not know its passes may still be too old to (decision 73). */
const LISTED_WITHIN = 7 * 86_400_000;
const IN_A_LIST: ReadonlySet<string> = new Set([
  "unknown_issuer", "unknown_key", "unknown_registry_entry", "unknown_term", "unknown_table_value", "unknown_type", "status_missing", "status_mismatch",
]);
const IN_TIME: ReadonlySet<string> = new Set(["no_bundle", "canary", "root_expired", "status_too_old", "clock_doubt", "not_yet_valid"]);

/** What is to become of an answer by what its passes are judged as. `listed`: when the list in use was signed, null where there is none. */
export function ending(note: JsonObject, answer: Pick<Answer, "answeredAt">, judged: readonly Judged[], listed: Instant | null): Ending {
  const found = judged.map(endingOf);
  if (found.includes("never")) return "never";
  if (found.includes("unlisted")) return listed !== null && listed >= answeredAt(note, answer) + LISTED_WITHIN ? "unlisted" : "waits";
  return found.includes("waits") ? "waits" : "holds";
}

/** By the code that ended it, else by its marks. */
function endingOf({ verdict, reasons }: Judged): Ending {
  if (verdict === "valid" || verdict === "valid_as_of") return "holds";
  if (verdict !== "cannot_verify") return verdict === "under_review" ? "waits" : "never";
  const ended = reasons.find((code) => !Object.hasOwn(CODES, code) || CODES[code as keyof typeof CODES].kind !== "mark");
  const deciding = ended === undefined ? reasons : [ended];
  if (deciding.some((code) => IN_A_LIST.has(code))) return "unlisted";
  return deciding.some((code) => IN_TIME.has(code)) ? "waits" : "never";
}

/** When the desk says that it answered; where that is no time, when she asked. */
function answeredAt(note: JsonObject, answer: Pick<Answer, "answeredAt">): Instant {
  for (const told of [answer.answeredAt, member(note, "sentAt")]) {
    const at = timeOf(told as JsonValue | undefined);
    if (at !== null) return at;
  }
  return 0;
}

function timeOf(value: JsonValue | undefined): Instant | null {
  try {
    return readDateTime(value ?? null);
  } catch (fault) {
    if (fault instanceof Refused) return null;
    throw fault;
  }
}

/** What an answer says, as a note keeps it: its sentence within the rule of shown text and its bound. */
export function told(answer: Answer): { readonly state: AnswerState; readonly answer: string } {
  return { state: stateOf(answer), answer: typeof answer.text === "string" ? [...shown(answer.text)].slice(0, TYPED_TEXT).join("") : "" };
}

/** The state that an answer tells; one that nobody knows is no answer. */
export function stateOf({ state }: Pick<Answer, "state">): AnswerState {
  return STATES.find((each) => each === state) ?? "open";
}

/** Of the same signer and kind, at the former's place, for the same key, under no name that nobody said. */
function succeeds({ credential, supersedes }: Successor, former: JsonObject, note: JsonObject): boolean {
  const bound = member(claimsOf(credential), "id") === member(claimsOf(former), "id");
  return bound && isAt(former, supersedes) && isKin(credential, former) && isNamed(credential, former, note);
}

/** Whether the pass has that place of a revocation list. */
function isAt(document: JsonObject, place: unknown): boolean {
  if (!isObject(place)) return false;
  const [list, index] = [member(place, "statusListCredential"), member(place, "statusListIndex")];
  if (typeof list !== "string" || typeof index !== "string") return false;
  const entries = [member(document, "credentialStatus") ?? []].flat();
  return entries.some((entry) => isObject(entry) && member(entry, "statusListCredential") === list && member(entry, "statusListIndex") === index);
}

/** Of one signer, one type and one scheme. */
function isKin(one: JsonObject, other: JsonObject): boolean {
  const told = ["issuer", "type"].every((name) => equals(member(one, name), member(other, name)));
  return told && equals(member(claimsOf(one), "scheme"), member(claimsOf(other), "scheme"));
}

/** Of one certificate: kin that end on one day and agree in all that both say, for a key or for paper. */
function isCopy(one: JsonObject, other: JsonObject): boolean {
  const [mine, its] = [claimsOf(one), claimsOf(other)];
  const both = Object.keys(mine).filter((claim) => claim !== "id" && Object.hasOwn(its, claim));
  return isKin(one, other) && equals(member(one, "validUntil"), member(other, "validUntil")) && both.every((claim) => equals(mine[claim], its[claim]));
}

/** Whether every word of the name stands in the former name or in the one that she asked for. */
function isNamed(document: JsonObject, former: JsonObject, note: JsonObject): boolean {
  const said = new Set([member(claimsOf(former), "name"), member(note, "wanted")].flatMap(wordsOf));
  const words = wordsOf(member(claimsOf(document), "name"));
  return words.length > 0 && words.every((word) => said.has(word));
}

function wordsOf(name: unknown): string[] {
  return typeof name === "string" && name !== "" ? folded(name).split(" ") : [];
}
