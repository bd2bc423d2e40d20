/** What is due to whom and when, in words: for the list, for the calendar file, for a text to copy. No person is named in any. */
import type { CivilDate, Due, Reminder } from "../kernel/calendar.ts";
import type { Language } from "../words/report.ts";
import { certificateDate, text, type Key, type Values } from "../words/text.ts";

/** One entry: `on` null where no date is known. */
export interface DueWords {
  readonly name: string;
  readonly on: CivilDate | null;
  readonly title: string;
  readonly lines: readonly string[];
  readonly warnings: readonly number[];
}

/** Days before a registration's last day on which the calendar rings. */
const REGISTRATION_WARNINGS = [7, 1];
/** The holder is warned at 90 days, before anybody else (DOMAIN P8). */
const PASS_WARNINGS = [30];

export function dueWords({ rule, since, on, isWeekend }: Due, language: Language): DueWords {
  const say = (key: Key, values?: Values): string => text(language, key, values);
  const { authority, source, sourceDate } = rule;
  const lines = [
    on === null ? say("due.unknown") : say("due.before", { date: dateOf(on, language) }),
    ...(isWeekend ? [say("due.weekend")] : []),
    ...(authority === null ? [] : [say("due.authority", { authority: inLanguage(authority, language) })]),
    ...(on === null || rule.days === null ? [] : [say("due.days", { n: rule.days, date: dateOf(since, language) })]),
    sourceLine(source, sourceDate, rule.confirmed, language),
  ];
  return { name: rule.id, on, title: inLanguage(rule.title, language), lines, warnings: REGISTRATION_WARNINGS };
}

/** A permit's end is a day to renew or update, never a reason to dismiss. */
export function passEndWords(on: CivilDate, language: Language): DueWords {
  const line = text(language, "due.pass_say", { date: dateOf(on, language) });
  return { name: "pass-end", on, title: text(language, "due.pass"), lines: [line], warnings: PASS_WARNINGS };
}

/** What of it goes into a calendar: all that has a date. */
export function remindersOf(words: readonly DueWords[]): readonly Reminder[] {
  return words.flatMap(({ name, on, title, lines, warnings }) => (on === null ? [] : [{ name, on, title, text: lines.join("\n"), warnings }]));
}

/** The whole list as a text to copy or print. */
export function listText(words: readonly DueWords[], language: Language): string {
  const entries = words.map(({ title, lines }) => [title, ...lines].join("\n"));
  return [text(language, "due.title"), ...entries, [text(language, "due.each"), text(language, "due.holidays")].join("\n")].join("\n\n");
}

function sourceLine(source: string | null, sourceDate: string | null, confirmed: boolean, language: Language): string {
  if (source === null || !confirmed) return text(language, "due.unconfirmed");
  const dated = sourceDate !== null && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(sourceDate); // a year stands in the source's own name
  return dated ? text(language, "due.source_dated", { source, date: dateOf(sourceDate, language) }) : text(language, "due.source", { source });
}

function dateOf(civil: CivilDate, language: Language): string {
  return certificateDate(language, `${civil}T00:00:00Z`);
}

/** The bundle's words in the language, else in Spanish, which is always there. */
function inLanguage(words: Readonly<Record<string, string>>, language: Language): string {
  return words[language] ?? words["es"] ?? "";
}
