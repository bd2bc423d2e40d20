/** The list of a fair: a line for each code, without a name unless it was asked for; counted, kept and written out. Pure. */
import { hex, sha256, utf8 } from "../../kernel/bytes.ts";
import { deciding, groupOf, GROUPS, phoneCode, type Group } from "../../kit/reasons.ts";
import { csvText } from "../../kit/csv.ts";
import { shown } from "../../kernel/typed.ts";
import { whyOf } from "../../kit/reading.ts";
import type { JudgedHere } from "../../kit/ports.ts";
import { LEVELS, VERDICTS, type Language, type Level, type Report, type Verdict } from "../../words/report.ts";
import { clockTime, dayOf, text } from "../../words/text.ts";

export interface Line {
  /** Milliseconds. */
  readonly at: number;
  readonly verdict: Verdict;
  readonly level: Level | null;
  /** The day of the oldest status that counted, as the report has it; null for a grey verdict. */
  readonly status: string | null;
  /** The version of the list that it was judged by. */
  readonly list: number | null;
  /** What kinds of pass it held, in each language that the list of trust had words in. */
  readonly kinds: Readonly<Record<Language, string>>;
  /** A grey verdict's reason: the group of its sentence, and the code for the telephone. */
  readonly group: Group | null;
  readonly phone: string | null;
  readonly name: string | null;
  /** When what looks the same went by before. */
  readonly like: number | null;
}

const MOST = 2_000;
/** A fair asks no question: such a code is of another moment, or a clock is wrong. */
const UNASKED = phoneCode("V24", "stale_presentation");

export function lineOf({ report, labels }: JudgedHere, at: number, { named, like }: { named: boolean; like: number | null }): Line {
  const place = deciding(report.reasons);
  const grey = report.verdict === "cannot_verify";
  const [code = "", step = ""] = [report.reasons[place], report.steps[place]];
  const kinds = [...new Set(report.passes.map(({ type, scheme }) => (type === null ? "" : `${type}/${scheme ?? ""}`)))].filter((kind) => kind !== "");
  return {
    at, verdict: report.verdict, level: report.level, list: report.bundleVersion,
    status: grey ? null : (report.passes.flatMap(({ asOf }) => asOf ?? []).sort()[0] ?? null),
    kinds: Object.fromEntries(Object.entries(labels).map(([language, words]) => [language, kinds.map((kind) => shown(words.types[kind] ?? kind)).join(", ")])),
    group: grey ? groupOf(code) : null,
    phone: grey && code !== "" ? phoneCode(step, code) : null,
    name: named ? namesOf(report) : null,
    like,
  };
}

/** Names that the verdict lets be known. */
export function namesOf(report: Report): string | null {
  const open = report.passes.filter((pass) => pass.verdict !== "cannot_verify");
  const names = new Set(open.map((pass) => pass.claims?.["name"]).filter((name) => typeof name === "string").map(shown));
  return names.size === 0 ? null : [...names].join(", ");
}

/** The very code, as parts in any order. */
export function printOf(texts: readonly string[]): string {
  return print([...texts].sort());
}

/** What it says, which a live code carries under another signature each time; null where the verdict lets nothing be known. */
export function saidOf({ passes }: Report): string | null {
  const said = passes.map(({ type, scheme, issuer, validFrom, claims }) => [type, scheme, issuer?.did, validFrom, claims]);
  return passes.length > 0 && passes.every(({ claims }) => claims !== null) ? print(said) : null;
}

function print(value: unknown): string {
  return hex(sha256(utf8(JSON.stringify(value))));
}

/** How many of each verdict, best first; those that did not occur are left out. */
export function countsOf(lines: readonly Line[]): readonly (readonly [Verdict, number])[] {
  return [...VERDICTS].reverse().map((verdict) => [verdict, lines.filter((line) => line.verdict === verdict).length] as const).filter(([, count]) => count > 0);
}

/** What it was, in words: the kinds, or why it cannot be told. */
export function whatOf(line: Line, language: Language): string {
  if (line.group === null) return line.kinds[language] ?? line.kinds["es"] ?? "";
  return `${whyOf(line.group, 0, "", language, line.phone === UNASKED)}${line.phone === null ? "" : ` ${line.phone}`}`;
}

/** The list as a file for spreadsheets. */
export function csvOf(lines: readonly Line[], language: Language): string {
  const named = lines.some((line) => line.name !== null);
  const columns = ["day", "time", "result", "status", "what", "how", "list", "name"] as const;
  const head = columns.slice(0, named ? 8 : 7).map((name) => text(language, `fair.column.${name}`));
  const rows = lines.map((line) => [
    dayOf(line.at),
    clockTime(language, line.at),
    text(language, `v.${line.verdict}.word`).replace(/\.$/, ""),
    line.status === null ? "" : dayOf(Date.parse(line.status)),
    `${whatOf(line, language)}${line.like === null ? "" : ` ${text(language, "fair.like", { time: clockTime(language, line.like) })}`}`.trim(),
    line.level === null ? "" : text(language, `level.${line.level}`),
    line.list ?? "",
    ...(named ? [line.name ?? ""] : []),
  ]);
  return `\uFEFF${csvText([head, ...rows])}`;
}

/** What may be kept on the device: no name, ever. */
export function toKeep(lines: readonly Line[]): readonly Line[] {
  return lines.map((line) => ({ ...line, name: null }));
}

/** What a store gave back, line by line; null where no list was kept. A line of another form is left out; one of before there were dates has none. */
export function readLines(found: unknown): readonly Line[] | null {
  return Array.isArray(found) ? found.slice(0, MOST).map((line) => ({ status: null, list: null, ...(line as Partial<Line> | null) })).filter(isLine) : null;
}

function isLine(found: unknown): found is Line {
  if (typeof found !== "object" || found === null) return false;
  const { at, verdict, level, status, list, kinds, group, phone, name, like } = found as Partial<Record<keyof Line, unknown>>;
  const worded = (value: unknown): boolean => value === null || typeof value === "string";
  return typeof at === "number" && VERDICTS.some((one) => one === verdict) && (level === null || LEVELS.some((one) => one === level))
    && typeof kinds === "object" && kinds !== null && Object.values(kinds).every((word) => typeof word === "string")
    && worded(status) && (list === null || typeof list === "number") && (group === null || GROUPS.some((one) => one === group)) && worded(phone) && name === null && (like === null || typeof like === "number");
}
