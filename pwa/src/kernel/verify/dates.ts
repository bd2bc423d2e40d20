/**
 * Reading dates, and V18 and V19: has it begun, has it ended. By the verifier's own time, never the document's.
 *
 * The grammar is XML Schema 1.1 `dateTimeStamp` in the years 1 to 9999 of UTC, cut to milliseconds, without second 60
 * and hour 24: one rule in Python and TypeScript, so that no text means two times.
 */
import type { Instant } from "../bundle/installed.ts";
import type { JsonValue } from "../json.ts";
import { Refused } from "../refused.ts";
import { type Mark, mark } from "./marks.ts";

const BEGIN_TOLERANCE = 300_000;
const STAMP =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2}T([0-9]{2}):[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;
const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_799_999;

/** Refuses `schema` at V10 for anything but such a text. */
export function readDateTime(value: JsonValue): Instant {
  const match = typeof value === "string" ? STAMP.exec(value) : null;
  const [, civil = "", hour = "", fraction = "", sign, east = "0", minutes = "0"] = match ?? [];
  const whole = match === null || Number(hour) > 23 ? Number.NaN : Date.parse(`${civil}Z`);
  const offset = Number(east) * 60 + Number(minutes);
  // Date.parse takes 30 February on some engines: written back it must be the same text.
  if (Number.isNaN(whole) || whole < FIRST || new Date(whole).toISOString().slice(0, 19) !== civil) throw unreadable();
  if (Number(minutes) > 59 || offset > 14 * 60) throw unreadable();
  const at = whole + Number(fraction.slice(0, 3).padEnd(3, "0")) - (sign === "-" ? -offset : offset) * 60_000;
  if (at < FIRST || at > LAST) throw unreadable();
  return at;
}

function unreadable(): Refused {
  return new Refused("schema", "a date that is no dateTimeStamp", "V10");
}

export interface Looking {
  readonly validFrom: Instant | null;
  readonly validUntil: Instant | null;
  readonly t: Instant;
  readonly floor: Instant;
  /** The clock is far ahead of anything signed (V2). */
  readonly isFar: boolean;
}

/** V18 `not_yet_valid`; V19 `expired`, or `clock_doubt` when only a clock far ahead says that it has ended. */
export function lookAtDates({ validFrom, validUntil, t, floor, isFar }: Looking): Mark[] {
  const marks: Mark[] = [];
  if (validFrom !== null && validFrom > t + BEGIN_TOLERANCE) marks.push(mark("V18", "not_yet_valid"));
  if (validUntil !== null && validUntil < t) {
    marks.push(mark("V19", isFar && validUntil >= floor ? "clock_doubt" : "expired"));
  }
  return marks;
}
