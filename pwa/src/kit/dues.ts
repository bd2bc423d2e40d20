/** What is due to whom and when, in words: for the list, for the calendar file, for a text to copy. No person is named in any. */
import type { CivilDate, Due, Reminder } from "../kernel/calendar.ts";
import type { Language } from "../words/report.ts";
import { certificateDate, text, type Key, type Values } from "../words/text.ts";

/** One entry: `on` null where no date is known. */
export interface DueWords {
  readonly name: string;
  readonly on: CivilDate | null;
  /** Whether that day is over. */
  readonly past: boolean;
  readonly title: string;
  readonly lines: readonly string[];
  /** What of the last line is in Spanish whatever the page speaks: a source has one title. */
  readonly quoted: string | null;
  /** Days before it on which the calendar rings; none once it is past. */
  readonly warnings: readonly number[];
}

/** Days before a registration's last day on which the calendar rings. */
const REGISTRATION_WARNINGS = [7, 1];
/** The holder is warned at 90 days, before anybody else (DOMAIN P8). */
const PASS_WARNINGS = [30];

/** `today`: the day by which a date is over, in the law's zone. */
export function dueWords({ rule, since, on, isWeekend }: Due, today: CivilDate, language: Language): DueWords {
  const say = (key: Key, values?: Values): string => text(language, key, values);
  const { authority, source, sourceDate } = rule;
  const past = on !== null && on < today;
  const lines = [
    on === null ? say("due.unknown") : say(past ? "due.past" : "due.before", { date: dateOf(on, language) }),
    ...(isWeekend && !past ? [say("due.weekend")] : []),
    ...(authority === null ? [] : [say("due.authority", { authority: inLanguage(authority, language) })]),
    ...(on === null || rule.days === null ? [] : [say("due.days", { n: rule.days, date: dateOf(since, language) })]),
    sourceLine(source, sourceDate, rule.confirmed, language),
  ];
  return { name: rule.id, on, past, title: inLanguage(rule.title, language), lines, quoted: rule.confirmed ? source : null, warnings: past ? [] : REGISTRATION_WARNINGS };
}

/** A permit's end is a day to renew or update, never a reason to dismiss. */
export function passEndWords(on: CivilDate, today: CivilDate, language: Language): DueWords {
  const past = on < today;
  const line = text(language, past ? "due.pass_past" : "due.pass_say", { date: dateOf(on, language) });
  return { name: "pass-end", on, past, title: text(language, "due.pass"), lines: [line], quoted: null, warnings: past ? [] : PASS_WARNINGS };
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
  if (sourceDate === null) return text(language, "due.source", { source });
  const whole = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(sourceDate); // else a year alone
  return text(language, "due.source_dated", { source, date: whole ? dateOf(sourceDate, language) : sourceDate });
}

function dateOf(civil: CivilDate, language: Language): string {
  return certificateDate(language, `${civil}T00:00:00Z`);
}

/** The bundle's words in the language, else in Spanish, which is always there. */
function inLanguage(words: Readonly<Record<string, string>>, language: Language): string {
  return words[language] ?? words["es"] ?? "";
}
