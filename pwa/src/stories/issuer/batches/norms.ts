/** What can be told of a cohort file before it is sent: the norms named in it, and its lines by number. The server judges alone. */

const NORM = /^"?(2[0-9]{8})"?$/;
const SEPARATORS = [";", "\t", ","] as const;

/** The norm codes in the column that says so, each once, in order. */
export function normsIn(text: string): readonly string[] {
  const [head = "", ...lines] = text.split(/\r\n|\n|\r/);
  const separator = separatorOf(head);
  const place = head.split(separator).findIndex((cell) => /norma/i.test(cell));
  const codes = lines.map((line) => NORM.exec(line.split(separator)[place]?.trim() ?? "")?.[1]);
  return [...new Set(codes.filter((code) => code !== undefined))];
}

function separatorOf(head: string): string {
  return SEPARATORS.find((each) => head.includes(each)) ?? ",";
}

/**
 * The heading and these lines of a file, byte by byte as they came: only what must be mended goes back to the officer, in
 * whatever encoding it has. Lines are numbered from 1, which is the heading.
 */
export function linesOf(bytes: Uint8Array, wanted: ReadonlySet<number>): Uint8Array {
  const parts: Uint8Array[] = [];
  let number = 1;
  for (let start = 0; start < bytes.length; number += 1) {
    const end = bytes.indexOf(NEWLINE, start);
    const next = end < 0 ? bytes.length : end + 1;
    if (number === 1 || wanted.has(number)) parts.push(bytes.subarray(start, next));
    start = next;
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((place, part) => (whole.set(part, place), place + part.length), 0);
  return whole;
}

const NEWLINE = 10;
