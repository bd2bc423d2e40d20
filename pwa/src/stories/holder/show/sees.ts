/** What an employer will see of a pass, claim by claim, in words; and what he will not. Plain data, no drawing. */
import { kindName, normKey, normNamed, stands, workLine } from "../../../kit/facts.ts";
import { shown } from "../../../kernel/typed.ts";
import { type SeenClaim, seenClaims } from "../../../kernel/seeing.ts";
import { claimsOf, pairOf } from "../../../kernel/subject.ts";
import type { Labels, Language, PassReport } from "../../../words/report.ts";
import { text, type Key } from "../../../words/text.ts";
import { passOf } from "../card.ts";
import type { Held } from "../ports.ts";

export interface Seen {
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly SeenLine[];
}
/** `why`: what an employer who hires needs it for (DOMAIN P5). */
export interface SeenLine {
  readonly text: string;
  readonly why: Key;
}

/** Why each claim is asked for when somebody is hired; what is not named here goes because a pass is shown whole. */
const WHY: Readonly<Record<string, Key>> = {
  name: "asked.name", idType: "asked.document", idTail: "asked.document", country: "asked.registries", permitStatus: "asked.registries",
  workAllowed: "asked.work", birthYear: "asked.birth", municipality: "asked.registries", norm: "asked.skill", normVersion: "asked.skill", level: "asked.skill",
  skills: "asked.skill", occupation: "asked.skill", hours: "asked.skill", certificate: "asked.certificate",
};

/** Claims that have a sentence of their own. */
const TOLD: Readonly<Record<string, Key>> = {
  name: "sees.name", idTail: "sees.idTail", country: "sees.country", permitStatus: "sees.permitStatus", birthYear: "sees.birthYear",
};
/** Told by the kind, by the line about who signs, or of use to the machine alone. */
const ELSEWHERE: ReadonlySet<string> = new Set(["type", "issuer", "validFrom", "validUntil", "credentialStatus", "id"]);
const NORM: ReadonlySet<string> = new Set(["norm", "normVersion", "level"]);
const WORK: ReadonlySet<string> = new Set(["workAllowed"]);

/** Of a pass, everything that goes out when it is shown: a pass is always shown whole, and no claim of it stays unsaid. */
export function seenOf(held: Held, language: Language): Seen {
  const pass = held.judged.report.passes[0] ?? null;
  const labels = held.judged.labels[language] ?? null;
  const claims = claimsOf(held.document);
  const titled = pass !== null && workLine(pass, language) !== null ? WORK : NORM;
  const named = normNamed(claims, language); // a report says it under the norm's title, so it is seen
  const isUntitled = labels?.norms[normKey(claims)]?.title === undefined; // then its name stands in the title
  const told = (claim: string): boolean => titled.has(claim) && (claim !== "norm" || isUntitled);
  const rows = seenClaims(held.document).filter(({ claim }) => !ELSEWHERE.has(claim) && !told(claim));
  const lines = rows.map((row) => ({
    text: titled === NORM && row.claim === "norm" ? named : lineOf(row, labels, language), why: WHY[row.claim] ?? "asked.whole",
  }));
  return { kind: kindOf(held, language), title: titleOf(pass, claims, labels, language), lines: [...lines, { text: text(language, "sees.issuer"), why: "asked.issuer" }] };
}

/** Claims that the facts of a pass tell (kit/facts.ts), by its type; its name and the end of the document stand above them. */
const FACTS: ReadonlySet<string> = new Set(["level", "occupation", "hours", "country", "municipality", "certificate", "description", "idType"]);
const COMPETENCE_FACTS: ReadonlySet<string> = new Set([...NORM, "idType"]);
const STANDING: ReadonlySet<string> = new Set(["permitStatus", "workAllowed"]);
const ABOVE: ReadonlySet<string> = new Set(["name", "idTail"]);

/** What a pass holds beside its facts: nothing of it is hidden from whose it is. */
export function restOf({ document, judged }: Pick<Held, "document" | "judged">, language: Language): readonly string[] {
  const pass = passOf(document, judged.report);
  const facts = pass.type === "CompetencePass" ? COMPETENCE_FACTS : FACTS;
  const told = (claim: string): boolean => facts.has(claim) || (pass.type === "PermitPass" && stands(pass) && STANDING.has(claim));
  return seenClaims(document).filter(({ claim }) => !ELSEWHERE.has(claim) && !ABOVE.has(claim) && !told(claim)).map((row) => lineOf(row, judged.labels[language] ?? null, language));
}

function lineOf(row: SeenClaim, labels: Labels | null, language: Language): string {
  const value = worded(row, labels, language);
  const told = TOLD[row.claim];
  return told === undefined ? `${text(language, row.word)}: ${value}` : text(language, told, { value });
}

/** Why what stands in the title is asked for. */
export function titleWhy(held: Held): Key {
  return pairOf(held.document).startsWith("PermitPass") ? "asked.work" : "asked.skill";
}

/** The kind in words: "Competencia laboral". */
export function kindOf(held: Held, language: Language): string {
  return kindName(passOf(held.document, held.judged.report), held.judged.labels[language] ?? null, language);
}

/** What it says, in one line: the norm and level, or the right to work and its date. */
export function titleOf(pass: PassReport | null, claims: Readonly<Record<string, unknown>>, labels: Labels | null, language: Language): string {
  const work = pass === null ? null : workLine(pass, language);
  if (work !== null) return work;
  const title = claims["norm"] === undefined ? null : (labels?.norms[normKey(claims)]?.title ?? normNamed(claims, language));
  const level = typeof claims["level"] === "string" ? (labels?.levels[claims["level"]] ?? claims["level"]) : null;
  return [title, level].filter((part) => part !== null).join(", ");
}

/** In the bundle's words, else as it stands in the pass. */
function worded({ value, table, codes }: SeenClaim, labels: Labels | null, language: Language): string {
  if (typeof value === "boolean") return text(language, value ? "sees.yes" : "sees.no");
  const found = table === null ? undefined : (labels as Readonly<Record<string, Readonly<Record<string, unknown>>>> | null)?.[table];
  const words = codes.map((code) => (found !== undefined && Object.hasOwn(found, code) ? found[code] : undefined));
  const parts = words.length > 0 && words.every((word) => typeof word === "string") ? words : Array.isArray(value) ? value : [value];
  return shown(parts.map((part) => (typeof part === "object" ? JSON.stringify(part) : String(part))).join(", "));
}
