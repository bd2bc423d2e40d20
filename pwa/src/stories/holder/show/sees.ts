/** What an employer will see of a pass, claim by claim, in words; and what he will not. Plain data, no drawing. */
import { clean, workLine } from "../../../kit/facts.ts";
import { member, isObject } from "../../../kernel/json.ts";
import type { Labels, Language, PassReport } from "../../../words/report.ts";
import { text, type Key, type Values } from "../../../words/text.ts";
import type { Held } from "../ports.ts";

export interface Seen {
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Claims in the order in which they are told; the others of a pass are told by its title. */
const TOLD = ["name", "idTail", "country", "permitStatus", "birthYear"] as const;

/** Of a pass, everything that goes out when it is shown: a pass is always shown whole. */
export function seenOf(held: Held, language: Language): Seen {
  const say = (key: Key, values?: Values): string => text(language, key, values);
  const pass = held.judged.report.passes[0] ?? null;
  const labels = held.judged.labels[language] ?? null;
  const claims = subjectOf(held);
  const lines = TOLD.flatMap((claim) => {
    const value = claims[claim];
    return value === undefined ? [] : [say(`sees.${claim}`, { value: worded(claim, value, labels) })];
  });
  return { kind: kindOf(held, language), title: titleOf(pass, claims, labels, language), lines: [...lines, say("sees.issuer")] };
}

/** The kind in words: "Competencia laboral". */
export function kindOf(held: Held, language: Language): string {
  const pair = pairOf(held);
  return held.judged.labels[language]?.types[pair] ?? pair;
}

/** The pair (pass type, scheme) that a pass is known by. */
export function pairOf(held: Held): string {
  const types = member(held.document, "type");
  const type = Array.isArray(types) ? String(types.at(-1) ?? "") : "";
  return `${type}/${String(subjectOf(held)["scheme"] ?? "")}`;
}

/** What it says, in one line: the norm and level, or the right to work and its date. */
export function titleOf(pass: PassReport | null, claims: Readonly<Record<string, unknown>>, labels: Labels | null, language: Language): string {
  const work = pass === null ? null : workLine(pass, language);
  if (work !== null) return work;
  const norm = claims["norm"] === undefined ? null : `${String(claims["norm"])}/${String(claims["normVersion"] ?? "")}`;
  const title = norm === null ? null : (labels?.norms[norm]?.title ?? norm);
  const level = typeof claims["level"] === "string" ? (labels?.levels[claims["level"]] ?? claims["level"]) : null;
  return [title, level].filter((part) => part !== null).join(", ");
}

export function subjectOf(held: Held): Readonly<Record<string, unknown>> {
  const subject = member(held.document, "credentialSubject");
  return isObject(subject) ? (subject as Readonly<Record<string, unknown>>) : {};
}

function worded(claim: (typeof TOLD)[number], value: unknown, labels: Labels | null): string {
  const shown = clean(String(value));
  if (claim === "country") return labels?.countries[shown] ?? shown;
  if (claim === "permitStatus") return labels?.permitStatus[shown] ?? shown;
  return shown;
}
