/**
 * The employer's legal calendar: from the bundle's `law.json` and the dates of a contract to what is due when (DOMAIN
 * section 10), and the same as an iCalendar text (RFC 5545).
 *
 * No rule stands in code: days, triggers and sources are the bundle's. What is not known is said to be so, never guessed:
 * a rule without days tells no date, and holidays are not known here. Dates are days of the law's own zone.
 */
import { hex, sha256, utf8 } from "./bytes.ts";
import { compileSchema } from "./claims.ts";
import { type JsonObject, member } from "./json.ts";
import { Refused } from "./refused.ts";
import type { Language } from "../words/report.ts";

const DAY = 86_400_000;
const MOST_DAYS = 3_660;
const CIVIL = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;

/** `2025-11-20`: a day, whatever the hour. */
export type CivilDate = string;

/** What happened or will happen, by the names that rules have for it. */
export type Trigger = "vacancy.open" | "contract.signed" | "contract.renewed" | "work.start" | "work.end" | "event.date";
export type Events = Readonly<Partial<Record<Trigger, CivilDate>>>;

/** One duty. `from` counts from the earliest of these that is known; `days` null where nobody has confirmed them. */
export interface Rule {
  readonly id: string;
  readonly title: Readonly<Record<string, string>>;
  readonly authority: Readonly<Record<string, string>> | null;
  readonly from: readonly string[];
  readonly days: number | null;
  readonly dayKind: string | null;
  readonly source: string | null;
  readonly sourceDate: string | null;
  readonly confirmed: boolean;
}

export interface Law {
  readonly edition: string;
  readonly zone: string;
  readonly rules: readonly Rule[];
}

/** One thing to do. `on` is the last day, null where it is not known; `isWeekend`: do it before (holidays are not known). */
export interface Due {
  readonly rule: Rule;
  readonly trigger: string;
  readonly since: CivilDate;
  readonly on: CivilDate | null;
  readonly isWeekend: boolean;
}

const WORDS: JsonObject = { type: "object", properties: { es: { type: "string" }, en: { type: "string" } }, required: ["es", "en"] };
const TEXT: JsonObject = { type: "string", minLength: 1, maxLength: 256 };
const MAYBE: JsonObject = { type: ["string", "null"], maxLength: 256 };
const RULE: JsonObject = {
  type: "object",
  properties: {
    id: TEXT, es: TEXT, en: TEXT, source: MAYBE, sourceDate: MAYBE, dayKind: MAYBE,
    from: { type: "array", minItems: 1, maxItems: 8, items: TEXT },
    days: { type: ["integer", "null"], minimum: 0, maximum: MOST_DAYS },
    confirmed: { type: "boolean" },
  },
  required: ["id", "es", "en", "authority", "from", "days", "dayKind", "source", "sourceDate", "confirmed"],
};
const RULES = compileSchema({ type: "array", maxItems: 64, items: RULE });
const AUTHORITY = compileSchema(WORDS);
const HEAD = compileSchema({ type: "object", properties: { edition: TEXT, zone: TEXT }, required: ["edition", "zone"] });

interface RuleRow extends Omit<Rule, "title"> {
  readonly es: string;
  readonly en: string;
}

/** `law.json` for one country. Refuses `schema`; a country without rules has none. */
export function readLaw(document: JsonObject, country: string): Law {
  HEAD.check(document);
  const rows = member(document, country) ?? [];
  RULES.check(rows);
  // The checked edge: what the schemas let through has these types.
  const { edition, zone } = document as unknown as Law;
  const rules = (rows as unknown as readonly RuleRow[]).map(({ es, en, authority, ...rule }) => {
    if (authority !== null) AUTHORITY.check(authority as JsonObject);
    return { ...rule, authority, title: { es, en } };
  });
  return { edition, zone, rules };
}

/** What is due after these events, by date; what has no date comes last. Refuses `invalid_value` for what is no day. */
export function duesOf(law: Law, events: Events): readonly Due[] {
  const known = Object.entries(events).map(([trigger, on]) => [trigger, requireDay(on)] as const);
  const dues = law.rules.flatMap((rule) => {
    const [first] = known.filter(([trigger]) => rule.from.includes(trigger)).sort(([, one], [, other]) => one - other);
    if (first === undefined) return [];
    const [trigger, since] = first;
    // Only calendar days can be counted without knowing holidays.
    const last = rule.days === null || rule.dayKind !== "calendar" ? null : since + rule.days;
    return [{ rule, trigger, since: civilOf(since), on: last === null ? null : civilOf(last), isWeekend: last !== null && isWeekend(last) }];
  });
  return dues.sort((one, other) => placeOf(one) - placeOf(other));
}

/** The day of a moment in a zone; a bare date travels as midnight UTC and keeps its own day (FORMAT section 5). */
export function civilDay(iso: string, zone: string): CivilDate {
  if (/T00:00:00(?:\.000)?Z$/.test(iso)) return iso.slice(0, 10);
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(Date.parse(iso));
}

function placeOf({ on }: Due): number {
  return on === null ? Number.MAX_SAFE_INTEGER : requireDay(on);
}

/** Days since 1970; the trigger's day is day 0, so that adding days is adding numbers. */
function requireDay(civil: CivilDate): number {
  const at = CIVIL.test(civil) ? Date.parse(`${civil}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== civil) throw new Refused("invalid_value", "not a day");
  return at / DAY;
}

function civilOf(day: number): CivilDate {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Saturday or Sunday; 1970-01-01 was a Thursday. */
function isWeekend(day: number): boolean {
  return (((day + 4) % 7) + 7) % 7 % 6 === 0;
}

/** One day to keep in a calendar, in words. `name` tells it from the others of its series. */
export interface Reminder {
  readonly name: string;
  readonly on: CivilDate;
  readonly title: string;
  readonly text: string;
  /** Days before, on which the calendar rings. */
  readonly warnings: readonly number[];
}

/** What stands around the reminders. `series` is random and kept with them: it alone makes the UIDs, and names nobody. */
export interface Calendar {
  readonly title: string;
  readonly language: Language;
  readonly series: string;
  /** ISO time of making. */
  readonly madeAt: string;
}

/** The calendar file (RFC 5545): whole days, CRLF, lines of 75 octets; the same series and name replace what was there. */
export function calendarText(reminders: readonly Reminder[], calendar: Calendar): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//Puente//${escaped(calendar.title)}//${calendar.language.toUpperCase()}`,
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...reminders.flatMap((one) => eventOf(one, calendar)),
    "END:VCALENDAR",
  ];
  return lines.map(folded).join("");
}

function eventOf({ name, on, title, text, warnings }: Reminder, { series, madeAt }: Calendar): readonly string[] {
  const day = requireDay(on);
  const basic = (civil: CivilDate): string => civil.replaceAll("-", "");
  return [
    "BEGIN:VEVENT",
    `UID:${uidOf(series, name)}`,
    `DTSTAMP:${madeAt.slice(0, 19).replace(/[-:]/g, "")}Z`,
    `DTSTART;VALUE=DATE:${basic(on)}`,
    `DTEND;VALUE=DATE:${basic(civilOf(day + 1))}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    ...warnings.flatMap((days) => [
      "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(title)}`, `TRIGGER:-P${days}D`, "END:VALARM",
    ]),
    "END:VEVENT",
  ];
}

/** A UUID (RFC 7986 section 5.3 asks for one that tells nothing), version 8: made from the series and the name alone. */
function uidOf(series: string, name: string): string {
  const bytes = sha256(utf8(`puente-reminder\n${series}\n${name}`)).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** RFC 5545 section 3.3.11; a control character has no place in a text. */
function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}

/** RFC 5545 section 3.1: at most 75 octets a line, never within a character; a continued line begins with a blank. */
function folded(line: string): string {
  let text = "";
  let octets = 0;
  for (const character of line) {
    const size = utf8(character).length;
    if (octets + size > 75) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return `${text}\r\n`;
}
