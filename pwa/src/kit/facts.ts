/** What a pass says, line by line, in the bundle's words. A code without a label is shown as received, never mapped to another. */
import { shown } from "../kernel/typed.ts";
import type { Labels, Language, PassReport, Tier } from "../words/report.ts";
import { LEVELS } from "../words/terms.ts";
import { certificateDate, longDate, text, type Key, type Values } from "../words/text.ts";

export interface Line {
  readonly text: string;
  readonly strong?: boolean;
  /** Filled steps of three, drawn before the text. */
  readonly pips?: number;
  readonly tier?: Tier;
}
export interface Fact {
  readonly name: "what" | "kind" | "says" | "document" | "who" | "dates" | "norm";
  readonly lines: readonly Line[];
}

/** The facts of a pass, in the order of LOOK section 3. */
export function factsOf(pass: PassReport, labels: Labels | null, language: Language): Fact[] {
  const claims = pass.claims ?? {};
  const say = (key: Key, values?: Values): string => text(language, key, values);
  const facts: Fact[] = [];
  const idType = string(claims["idType"]);
  if (pass.type === "CompetencePass") facts.push({ name: "what", lines: competence(claims, labels, language) });
  else facts.push({ name: "kind", lines: kindLines(pass, labels, language) }, { name: "says", lines: otherClaims(pass, claims, labels, language) });
  if (idType !== null) facts.push({ name: "document", lines: [{ text: label(labels?.idTypes, idType, language) }] });
  const signed = whoLines(pass, language);
  if (signed.length > 0) facts.push({ name: "who", lines: signed });
  const dates: Line[] = [];
  if (pass.validFrom !== null && pass.verdict !== "expired") dates.push({ text: say("fact.from", { date: certificateDate(language, pass.validFrom) }) });
  if (pass.validUntil !== null) dates.push({ text: say("fact.until", { date: certificateDate(language, pass.validUntil) }) });
  if (pass.asOf !== null) dates.push({ text: say("fact.as_of", { date: longDate(language, pass.asOf) }) });
  if (dates.length > 0) facts.push({ name: "dates", lines: dates });
  const replaced = labels?.norms[normKey(claims)]?.replacedBy;
  if (pass.type === "CompetencePass" && replaced) facts.push({ name: "norm", lines: [{ text: say("fact.norm_replaced", { norm: replaced }) }] });
  return facts.filter((fact) => fact.lines.length > 0);
}

/** "Puede trabajar hasta el …" of a permit that says so; nothing is said of one that does not. */
export function workLine(pass: PassReport, language: Language): string | null {
  if (pass.type !== "PermitPass" || pass.claims?.["workAllowed"] !== true) return null;
  if (!stands(pass)) return null;
  return pass.validUntil === null ? text(language, "fact.work") : text(language, "fact.work_until", { date: certificateDate(language, pass.validUntil) });
}

/** Whether what the pass says of the present may be said: an ended or halted one says nothing of today. */
export function stands(pass: PassReport): boolean {
  return pass.verdict === "valid" || pass.verdict === "valid_as_of";
}

/** Who signs, by name where the list has it. */
export function issuerName(pass: PassReport | null, language: Language): string {
  return shown(pass?.issuer?.name[language] ?? pass?.issuer?.name["es"] ?? pass?.issuer?.did ?? "");
}

/** Who signs, with the tier's badge; a declared pass has no issuer but the person. */
export function whoLines(pass: PassReport, language: Language): Line[] {
  const name = issuerName(pass, language);
  if (pass.tier === null) return name === "" ? [] : [{ text: name }];
  return [{ text: text(language, `tier.${pass.tier}_say`, { issuer: name }) }, { text: text(language, `tier.${pass.tier}`), tier: pass.tier }];
}

function competence(claims: Readonly<Record<string, unknown>>, labels: Labels | null, language: Language): Line[] {
  const named = normNamed(claims, language);
  const title = labels?.norms[normKey(claims)]?.title;
  const level = string(claims["level"]);
  const lines: Line[] = title === undefined ? [{ text: named, strong: true }] : [{ text: title, strong: true }];
  if (level !== null) lines.push(levelLine(level, labels, language));
  return title === undefined ? lines : [...lines, { text: named }];
}

/** The norm by its code and version, as a report says it. */
export function normNamed(claims: Readonly<Record<string, unknown>>, language: Language): string {
  return text(language, "fact.norm_code", { code: number(claims["norm"]) ?? "–", version: number(claims["normVersion"]) ?? "–" });
}

function levelLine(level: string, labels: Labels | null, language: Language): Line {
  const place = LEVELS.findIndex((each) => each === level);
  const word = label(labels?.levels, level, language);
  if (place < 0) return { text: text(language, "fact.level", { level: word }) };
  return { text: text(language, "fact.level", { level: word.toLocaleLowerCase(language) }), pips: place + 1 };
}

function kindLines(pass: PassReport, labels: Labels | null, language: Language): Line[] {
  return [{ text: kindName(pass, labels, language), strong: true }];
}

/** A kind in the bundle's words; what people say of themselves has ours, whatever kind of an issuer's they wrote on it. */
export function kindName({ type, scheme, tier }: Pick<PassReport, "type" | "scheme" | "tier">, labels: Labels | null, language: Language): string {
  if (tier === "T3") return text(language, "pass.own_kind");
  const pair = `${type ?? ""}/${scheme ?? ""}`;
  return labels?.types[pair] ?? pair;
}

function otherClaims(pass: PassReport, claims: Readonly<Record<string, unknown>>, labels: Labels | null, language: Language): Line[] {
  const say = (key: Key, values?: Values): string => text(language, key, values);
  const lines: Line[] = [];
  const work = workLine(pass, language);
  if (work !== null) lines.push({ text: work, strong: true });
  const coded = (name: string, table: Readonly<Record<string, string>> | undefined, key: Key, hole: string): void => {
    const code = string(claims[name]) ?? number(claims[name])?.toString() ?? null;
    const padded = name === "municipality" && code !== null ? code.padStart(5, "0") : code; // FORMAT 4: shown with five digits
    if (padded !== null) lines.push({ text: say(key, { [hole]: label(table, padded, language) }) });
  };
  const skills = claims["skills"];
  for (const skill of Array.isArray(skills) ? skills : []) {
    if (typeof skill === "number") lines.push({ text: label(labels?.skills, skill.toString(), language), strong: true });
  }
  const level = string(claims["level"]);
  if (level !== null) lines.push(levelLine(level, labels, language));
  coded("occupation", labels?.occupations, "fact.occupation", "occupation");
  const hours = number(claims["hours"]);
  if (hours !== null) lines.push({ text: say("fact.hours", { n: hours }) });
  if (stands(pass)) coded("permitStatus", labels?.permitStatus, "fact.permit_status", "status");
  coded("country", labels?.countries, "fact.country", "country");
  coded("municipality", labels?.municipalities, "fact.place", "place");
  const certificate = string(claims["certificate"]);
  if (certificate !== null) lines.push({ text: say("fact.certificate", { number: shown(certificate) }) });
  const description = string(claims["description"]);
  if (description !== null) lines.push({ text: shown(description) });
  if (pass.scheme === "CONVALIDA") lines.push({ text: say("fact.may_need_card") }); // DOMAIN section 6: always said
  return lines;
}

function label(table: Readonly<Record<string, string>> | undefined, code: string, language: Language): string {
  return (table !== undefined && Object.hasOwn(table, code) ? table[code] : undefined) ?? text(language, "fact.unknown_code", { code: shown(code) });
}

/** Where labels have the norm: its code and version. */
export function normKey(claims: Readonly<Record<string, unknown>>): string {
  return `${number(claims["norm"]) ?? ""}/${number(claims["normVersion"]) ?? ""}`;
}

function string(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
