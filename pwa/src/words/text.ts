/**
 * All text of the pages, and the dates in it. A language is one file in `languages/`, named by its code: nothing else names it.
 *
 * Spanish is always there; any other catalogue is learnt when it is first wanted (world/languages.ts).
 */
import es from "./languages/es.json" with { type: "json" };
import { nameOf } from "./named.ts";
import type { Language } from "./report.ts";

export type Key = keyof typeof es;
export type Values = Readonly<Record<string, string | number>>;
export type Catalogue = Readonly<Record<Key, string>>;

const CATALOGUES = new Map<Language, Catalogue>([["es", es]]);
const HOLE = /\{([a-z]+)\}/;
const ZONE = "America/Bogota"; // DOMAIN D6: kept in UTC, shown in Bogotá
const DAY = 86_400_000;

/** Takes a language's catalogue in. One that lacks a key is a mistake of ours and raises. */
export function learn(language: Language, catalogue: Readonly<Record<string, string>>): void {
  const missing = Object.keys(es).find((key) => typeof catalogue[key] !== "string");
  if (missing !== undefined) throw new Error(`the language ${language} lacks ${missing}`);
  CATALOGUES.set(language, catalogue as Catalogue);
}

/** The names of the languages that were built in, by their codes; nothing where no build gave them. */
declare const __NAMES__: Readonly<Record<Language, string>> | undefined;
const NAMES = typeof __NAMES__ === "undefined" ? {} : __NAMES__;

/** A language's name in itself, with a capital: "Español", "English". */
export function ownName(language: Language): string {
  return NAMES[language] ?? nameOf(language);
}

function catalogueOf(language: Language): Catalogue {
  const found = CATALOGUES.get(language);
  if (found === undefined) throw new Error(`the language ${language} was not learnt`);
  return found;
}

/** Whether there is a text of that name: of what the server names, a newer one may name more. */
export function isKey(name: string): name is Key {
  return Object.hasOwn(es, name);
}

function localeOf(language: Language): string {
  return catalogueOf(language)["language.locale"];
}

/** One text with its holes filled; a hole without a value is a mistake of ours and raises. */
export function text(language: Language, key: Key, values: Values = {}): string {
  return pieces<string | number>(language, key, values).join("");
}

/** The same, cut at the holes, so that a view can put a date in bold. */
export function pieces<T>(language: Language, key: Key, values: Readonly<Record<string, T>>): (string | T)[] {
  return catalogueOf(language)[key].split(HOLE).map((piece, place) => {
    if (place % 2 === 0) return piece;
    const value = values[piece];
    if (value === undefined) throw new Error(`text ${key} needs a value for ${piece}`);
    return value;
  });
}

/** The one of `key`, `key_1`, `key_0` that fits a count of whole days. */
export function counted<K extends string>(key: K, days: number): K | `${K}_1` | `${K}_0` {
  return days >= 2 ? key : days >= 1 ? `${key}_1` : `${key}_0`;
}

/** The one of `key`, `key_1` that fits a number of things. */
export function numbered<K extends string>(key: K, n: number): K | `${K}_1` {
  return n === 1 ? `${key}_1` : key;
}

/** Two words or more, and of letters alone. */
const PERSON = /^[\p{L}\p{M}.'’()-]+( [\p{L}\p{M}.'’()-]+)+$/u;
const SMALL = new Set(["de", "del", "la", "las", "los", "y", "e"]);

/** "Óscar de la Rueda (DEMO)": the server keeps and compares the names of staff in small letters alone. A login is no person's name. */
export function properName(name: string): string {
  if (!PERSON.test(name)) return name;
  const word = (part: string, place: number): string => (place > 0 && SMALL.has(part) ? part : part.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase()));
  return name.split(" ").map(word).join(" ").replace("(Demo)", "(DEMO)");
}

/** "2.460": a number of things, grouped as the language does. */
export function grouped(language: Language, n: number): string {
  return new Intl.NumberFormat(localeOf(language), { useGrouping: true }).format(n);
}

/** "2,35": at most two digits after the point. */
export function decimal(language: Language, n: number): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 2 }).format(n);
}

/** Whole days from one ISO time to another, never below zero. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY));
}

const STYLES = {
  long: { day: "numeric", month: "long", year: "numeric" },
  short: { day: "numeric", month: "short", year: "numeric" },
  time: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  happened: { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" },
  clock: { hour: "numeric", minute: "2-digit" },
  civil: { year: "numeric", month: "2-digit", day: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
/** On a slow phone making one takes longer than all the rest of a verdict's words. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** How a locale writes times of Bogotá in a style; made once. */
function datesOf(locale: string, style: keyof typeof STYLES): Intl.DateTimeFormat {
  const name = `${locale} ${style}`;
  const found = FORMATS.get(name) ?? new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone: ZONE });
  FORMATS.set(name, found);
  return found;
}

/** "20 de noviembre de 2026", the day in Bogotá. */
export function longDate(language: Language, iso: string): string {
  return datesOf(localeOf(language), "long").format(Date.parse(iso));
}

/** A bare date, also one that travels as midnight UTC, keeps its own day; any other time is shown as Bogotá's day. */
export function certificateDate(language: Language, iso: string): string {
  return longDate(language, ownDay(iso));
}

/** The same for lists: "10 mar 2026". */
export function shortCertificateDate(language: Language, iso: string): string {
  return shortDate(language, ownDay(iso));
}

function ownDay(iso: string): string {
  const bare = /^[0-9-]{10}(T00:00:00(\.000)?Z)?$/.test(iso);
  return bare ? `${iso.slice(0, 10)}T12:00:00Z` : iso;
}

/** "20 nov 2026, 6:00", for technical detail. */
export function shortTime(language: Language, iso: string): string {
  return datesOf(localeOf(language), "time").format(Date.parse(iso));
}

/** "20 nov 2026", for lists. */
export function shortDate(language: Language, iso: string): string {
  const parts = datesOf(localeOf(language), "short").formatToParts(Date.parse(iso));
  return parts.filter(({ type }) => type !== "literal").map(({ value }) => value).join(" ");
}

/** "20 de noviembre, 9:41 a. m.", for a list of what happened on this phone. */
export function dayTime(language: Language, iso: string): string {
  return datesOf(localeOf(language), "happened").format(Date.parse(iso));
}

/** "9:41 a. m.", the time of day in Bogotá. */
export function clockTime(language: Language, at: number): string {
  return datesOf(localeOf(language), "clock").format(at);
}

/** "2026-11-20", the day in Bogotá of a moment in milliseconds, as dates travel and fields of days hold it. */
export function dayOf(at: number): string {
  return datesOf("en-CA", "civil").format(at);
}

/** "9fK2 mQx7": a long sign in groups of `n`, to be compared or typed. */
export function spaced(sign: string, n: number): string {
  return sign.match(new RegExp(`.{1,${n}}`, "g"))?.join(" ") ?? "";
}
