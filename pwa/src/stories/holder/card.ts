/** A kept pass as its holder reads it: kind, what it says, its state with a date, and when to renew it. Plain data, no drawing. */
import { factsOf, issuerName, kindName, type Line, stands, workLine } from "../../kit/facts.ts";
import { type Language, type PassReport, VERDICTS } from "../../words/report.ts";
import { daysBetween, shortCertificateDate, shortDate, text } from "../../words/text.ts";
import type { Arrived, DisputeKind, Held, Receiving, SaveOutcome } from "./ports.ts";
import { type JsonObject, member } from "../../kernel/json.ts";
import { claimsOf } from "../../kernel/subject.ts";
import { folded, shown } from "../../kernel/typed.ts";

/** Before an end date the wallet warns the holder, and nobody else (DOMAIN P8, S4.9). */
const WARNING_DAYS = 90;

export interface Card {
  readonly pass: PassReport;
  readonly kind: string;
  readonly title: string;
  readonly level: Line | null;
  /** The day of the status data, short. */
  readonly status: string | null;
  /** What the person says of herself. */
  readonly own: boolean;
  /** The end date, where it is near. */
  readonly ends: string | null;
  /** A permit of the former regime: history (DOMAIN P8). */
  readonly old: boolean;
}

export function cardOf({ document, judged }: Pick<Held, "document" | "judged">, language: Language): Card {
  const labels = judged.labels[language] ?? null;
  const pass = passOf(document, judged.report);
  const own = pass.tier === "T3";
  const kind = kindName(pass, labels, language);
  const lines = factsOf(pass, labels, language).filter(({ name }) => name === "what" || name === "says").flatMap((fact) => fact.lines);
  const title = workLine(pass, language) ?? lines.find((line) => line.strong)?.text ?? lines.find((line) => line.pips === undefined)?.text ?? kind;
  return {
    pass, kind, title, level: lines.find((line) => line.pips !== undefined) ?? null, own,
    status: pass.asOf === null ? null : shortDate(language, pass.asOf), ends: nearEnd(pass, judged.report.judgedAt), old: pass.scheme === "PEP",
  };
}

/** The verifier's report of the pass, with the pass's own words where the report has none to show: it is the holder's, and held when it was kept. */
export function passOf(document: JsonObject, report: Held["judged"]["report"]): PassReport {
  const claims = claimsOf(document);
  const types = member(document, "type");
  const until = member(document, "validUntil");
  const from = member(document, "validFrom");
  const own = {
    type: Array.isArray(types) ? String(types.at(-1) ?? "") : null, scheme: typeof claims["scheme"] === "string" ? claims["scheme"] : null,
    validFrom: typeof from === "string" ? from : null, validUntil: typeof until === "string" ? until : null, claims,
  };
  const [judged] = report.passes;
  if (judged === undefined) {
    return { ...own, verdict: report.verdict, tier: null, asOf: null, reasons: report.reasons, steps: report.steps, issuer: null, statusAge: null };
  }
  return judged.claims === null ? { ...judged, ...own } : judged;
}

/** Where it comes from, in one line: two passes of one kind and title are told apart by it. A signature that was not found good names nobody. */
export function originOf({ pass, own }: Card, { receivedAt }: Pick<Held, "receivedAt">, language: Language): string | null {
  if (own) return null;
  const issuer = pass.issuer === null ? "" : issuerName(pass, language);
  if (pass.verdict === "cannot_verify" || issuer === "" || pass.validFrom === null) return text(language, "pass.received", { date: shortDate(language, receivedAt) });
  return text(language, "pass.signed", { issuer, date: shortCertificateDate(language, pass.validFrom) });
}

/** Whether this one ended or was cancelled and a later one of the same kind, about the same thing and from the same signer, stands. */
export function isFollowed(held: Documented, passes: readonly Documented[]): boolean {
  const { verdict, validFrom } = passOf(held.document, held.judged.report);
  if (verdict !== "revoked" && verdict !== "expired") return false;
  return passes.some((other) => {
    const pass = passOf(other.document, other.judged.report);
    return thingOf(other) === thingOf(held) && stands(pass) && Date.parse(pass.validFrom ?? "") > Date.parse(validFrom ?? "");
  });
}

/** What a pass is about, whatever its level, number or dates. */
const ABOUT = ["scheme", "norm", "occupation", "skills"] as const;

function thingOf({ document }: Documented): string {
  return JSON.stringify([member(document, "type"), member(document, "issuer"), ABOUT.map((name) => member(claimsOf(document), name) ?? null)]);
}

/** Those that the list says are cancelled, of which another phone took none away. */
export function cancelledIn(passes: readonly Held[]): readonly Held[] {
  return passes.filter(({ gone, judged }) => !gone && judged.report.verdict === "revoked");
}

/** What a certificate is told apart by; its copies (for a key or for paper, for an interview or for hiring) agree in all of it. */
const TELLING = ["name", "scheme", "norm", "normVersion", "level", "occupation", "skills", "hours", "certificate"] as const;
type Documented = Pick<Held, "document" | "judged">;

/** The passes by certificate, in their order: of each the copy to look at first (in best standing, made for a key, saying least), then the others. */
export function certificatesOf<P extends Documented>(passes: readonly P[]): readonly (readonly [P, ...P[]])[] {
  const groups = together(passes, certificateOf).flatMap((group) => together(group, ownerIn(group)));
  return groups.map((group) => group.sort((one, other) => Number(isBefore(other, one)) - Number(isBefore(one, other))));
}

/** All copies of the certificate that this pass is one of, itself first. */
export function copiesOf<P extends Documented>(held: P, passes: readonly P[]): readonly [P, ...P[]] {
  const others = passes.filter((each) => each !== held);
  const group = certificatesOf([held, ...others]).find((copies) => copies.includes(held));
  return [held, ...others.filter((each) => group?.includes(each) === true)];
}

/** Those of one key together, in their order. */
function together<P>(all: readonly P[], keyOf: (one: P) => string): readonly [P, ...P[]][] {
  const groups = new Map<string, [P, ...P[]]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/**
 * Whose each of these is, where two people of one name have the same certificate: by the end of the document, and for a copy
 * that leaves it out by the key that it was made for. What tells neither is nobody's for certain and stands by itself.
 */
function ownerIn(copies: readonly Documented[]): (copy: Documented) => string {
  const tails = new Set(copies.map(tailOf).filter((tail) => tail !== null));
  if (tails.size < 2) return () => "";
  const byKey = new Map(copies.map((copy) => [member(claimsOf(copy.document), "id") ?? null, tailOf(copy)] as const).filter(([id, tail]) => id !== null && tail !== null));
  return (copy) => tailOf(copy) ?? byKey.get(member(claimsOf(copy.document), "id") ?? null) ?? "";
}

/** The copy that says most of those that stand as the first does. */
export function fullest<P extends Documented>([first, ...others]: readonly [P, ...P[]]): P {
  const beside = others.filter(({ judged }) => judged.report.verdict === first.judged.report.verdict);
  return beside.reduce((most, each) => (Object.keys(claimsOf(each.document)).length > Object.keys(claimsOf(most.document)).length ? each : most), first);
}

function certificateOf({ document }: Documented): string {
  const claims = claimsOf(document);
  return JSON.stringify([member(document, "type"), member(document, "issuer"), member(document, "validUntil") ?? null, TELLING.map((name) => member(claims, name) ?? null)]);
}

function isBefore(one: Documented, other: Documented): boolean {
  const [standing, itsStanding] = [VERDICTS.indexOf(one.judged.report.verdict), VERDICTS.indexOf(other.judged.report.verdict)];
  if (standing !== itsStanding) return standing > itsStanding; // one that was issued again stands before the cancelled one
  const [mine, theirs] = [claimsOf(one.document), claimsOf(other.document)];
  const bound = "id" in mine;
  return bound === "id" in theirs ? Object.keys(mine).length < Object.keys(theirs).length : bound;
}

/** What is likely to be asked of who signed it: one that is cancelled or under review may have been so by mistake. */
export function firstOf({ judged: { report: { verdict } } }: Pick<Held, "judged">): DisputeKind {
  return verdict === "revoked" || verdict === "under_review" ? "cancelled" : "name";
}

/** The PIN alone opens a certificate's copies from now on, or opens them no more. */
export function repin(pocket: Pick<Receiving, "pin">, held: Held, passes: readonly Held[]): Promise<SaveOutcome> {
  return pocket.pin(copiesOf(held, passes).map(({ name }) => name), !held.pinned);
}

/** The name that is signed. */
export function nameOf({ document }: Pick<Arrived, "document">): string {
  const name = document === null ? undefined : member(claimsOf(document), "name");
  return typeof name === "string" ? name : "";
}

/** What is read of whose a pass is: the name as it is written, and the end of the document where the pass says it. */
export interface Named {
  readonly name: string;
  readonly tail: string | null;
}

/**
 * Whether one that came is of nobody she holds a pass of; none is where she holds no pass yet. Case and accents, which
 * documents write now so and now so, tell no two people apart; another end of the document does.
 */
export function strangeTo(held: readonly Pick<Held, "document">[]): (came: Pick<Arrived, "document">) => boolean {
  const hers = held.map(namedIn);
  return (came) => {
    const { name, tail } = namedIn(came);
    const tails = hers.filter((each) => isSameName(each, { name })).map((each) => each.tail);
    const known = tails.filter((each) => each !== null);
    const isHers = tails.length > 0 && (tail === null || known.length === 0 || known.includes(tail));
    return hers.length > 0 && !isHers;
  };
}

/** Each of them once, as it is written. */
export function namedBy(passes: readonly Pick<Arrived, "document">[]): readonly Named[] {
  return together(passes.map(namedIn), (one) => JSON.stringify(one)).map(([first]) => first);
}

function namedIn(pass: Pick<Arrived, "document">): Named {
  return { name: shown(nameOf(pass)), tail: tailOf(pass) };
}

function tailOf({ document }: Pick<Arrived, "document">): string | null {
  const tail = document === null ? null : member(claimsOf(document), "idTail");
  return typeof tail === "string" ? shown(tail) : null;
}

export function isSameName(one: Pick<Named, "name">, other: Pick<Named, "name">): boolean {
  return folded(one.name) === folded(other.name);
}

function nearEnd({ verdict, validUntil }: PassReport, judgedAt: string): string | null {
  if (validUntil === null || verdict === "expired" || verdict === "revoked" || Date.parse(validUntil) < Date.parse(judgedAt)) return null;
  return daysBetween(judgedAt, validUntil) <= WARNING_DAYS ? validUntil : null;
}
