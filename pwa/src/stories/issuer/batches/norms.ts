/** What can be told of a cohort file before it is sent: the norms named in it, and its lines by number. The server judges alone. */

import { concat, plainUtf8, UTF8_MARK } from "../../../kernel/bytes.ts";

const NORM = /^2[0-9]{8}$/;
const SEPARATORS = [";", "\t", ","] as const;

export function isNorm(code: string): boolean {
  return NORM.test(code);
}

/** The norm codes in the column that says so, each once, in order. */
export function normsIn(bytes: Uint8Array): readonly string[] {
  const [head = "", ...lines] = new TextDecoder().decode(plainUtf8(bytes)).split(/\r\n|\n|\r/);
  const separator = separatorOf(head);
  const place = head.split(separator).findIndex((cell) => /norma/i.test(cell));
  const codes = lines.map((line) => (line.split(separator)[place] ?? "").trim().replace(/^"(.*)"$/, "$1"));
  return [...new Set(codes.filter(isNorm))];
}

function separatorOf(head: string): string {
  return SEPARATORS.find((each) => head.includes(each)) ?? ",";
}

/**
 * The heading and these lines of a file, byte by byte as they came: only what must be mended goes back to the officer. A file
 * that is marked as Unicode goes back as UTF-8 with its mark, which spreadsheets read; any other in whatever encoding it
 * has. Lines are numbered from 1, which is the heading.
 */
export function linesOf(raw: Uint8Array, wanted: ReadonlySet<number>): Uint8Array {
  const bytes = plainUtf8(raw);
  const parts: Uint8Array[] = bytes === raw ? [] : [UTF8_MARK];
  let number = 1;
  for (let start = 0; start < bytes.length; number += 1) {
    const end = bytes.indexOf(NEWLINE, start);
    const next = end < 0 ? bytes.length : end + 1;
    if (number === 1 || wanted.has(number)) parts.push(bytes.subarray(start, next));
    start = next;
  }
  return concat(...parts);
}

const NEWLINE = 10;
