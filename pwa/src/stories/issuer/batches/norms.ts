/** What is said of the norms of a cohort file before it is judged, and its rows by number. The server reads and judges alone. */

import { concat, plainUtf8, UTF8_MARK } from "../../../kernel/bytes.ts";
import { RUN_SIGNS } from "../../../kit/csv.ts";
import type { Key } from "../../../words/text.ts";

const NORM = /^2[0-9]{8}$/;
const SEPARATORS = [";", "\t", ","] as const;

export function isNorm(code: string): boolean {
  return NORM.test(code);
}

/** How far the reading of the chosen file is: none was chosen, it is under way, or over. */
export type Reading = "none" | "under_way" | "over";

/** What the officer is told of the norms, and what stands in the way while there are none: without one the server judges no row. */
export function normsWord(reading: Reading, many: number): Key {
  if (reading === "none") return "upload.norms_none";
  if (reading === "under_way") return "upload.norms_reading";
  return many === 0 ? "upload.norms_unseen" : "upload.norms_hint";
}

function separatorOf(head: string): string {
  return SEPARATORS.find((each) => head.includes(each)) ?? ",";
}

/**
 * The heading and these rows of a file, byte by byte as they came but for an apostrophe before each cell that a spreadsheet
 * would run (TRUST 11): only what must be mended goes back to the officer. A file that is marked as Unicode goes back as UTF-8
 * with its mark, which spreadsheets read; any other in whatever encoding it has. Rows are numbered as a spreadsheet does, from 1, which is the heading.
 */
export function linesOf(raw: Uint8Array, wanted: ReadonlySet<number>): Uint8Array {
  const bytes = plainUtf8(raw);
  const [head = ""] = new TextDecoder().decode(bytes.subarray(0, LONGEST_HEAD)).split("\n");
  const separator = codeOf(separatorOf(head));
  const parts: Uint8Array[] = bytes === raw ? [] : [UTF8_MARK];
  let number = 1;
  for (let start = 0; start < bytes.length; number += 1) {
    const next = rowEnd(bytes, start, separator);
    if (number === 1) parts.push(bytes.subarray(start, next));
    else if (wanted.has(number)) parts.push(harmless(bytes.subarray(start, next), separator));
    start = next;
  }
  return concat(...parts);
}

/** Where the row that begins here ends: a cell in quotes may go over lines, as many as the server reads as one row. */
function rowEnd(bytes: Uint8Array, start: number, separator: number): number {
  let [begins, quoted, lines, first] = [true, false, 1, bytes.length];
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === NEWLINE) {
      if (!quoted) return at + 1;
      if (lines === 1) first = at + 1;
      if (lines === MOST_LINES) return first;
      lines += 1;
    }
    if (byte === QUOTE && (begins || quoted)) quoted = !quoted;
    begins = byte === separator && !quoted;
  }
  return quoted ? first : bytes.length;
}

/** One row whose cells no spreadsheet runs. All signs that count here are one byte in every encoding that comes. */
function harmless(line: Uint8Array, separator: number): Uint8Array {
  const out: number[] = [];
  let [begins, quoted] = [true, false];
  for (const [at, byte] of line.entries()) {
    if (begins && byte !== QUOTE && byte !== BLANK) {
      if (byte !== separator && RUN.has(byte) && !(byte === RETURN && at === line.length - 2)) out.push(APOSTROPHE);
      begins = false;
    }
    out.push(byte);
    if (byte === QUOTE) quoted = !quoted;
    else if (byte === separator && !quoted) begins = true;
  }
  return Uint8Array.from(out);
}

function codeOf(sign: string): number {
  return sign.charCodeAt(0);
}

/** Bytes; a longer heading is no cohort's. */
const LONGEST_HEAD = 65_536;
const MOST_LINES = 8;
const NEWLINE = 10;
const RETURN = 13;
const [QUOTE, BLANK, APOSTROPHE] = [codeOf('"'), codeOf(" "), codeOf("'")];
const RUN: ReadonlySet<number> = new Set(Array.from(RUN_SIGNS, codeOf));
