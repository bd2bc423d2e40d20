/**
 * The canonical JSON that TUF signatures cover (OLPC form; TUF 1.0.31 section 4.1), and the one refusal of an install.
 * Not RFC 8785: see canonical.ts.
 */
import { isWellFormed, utf8 } from "../bytes.ts";
import type { JsonValue } from "../json.ts";
import { Refused } from "../refused.ts";

/** `bundle_refused`; `detail` is a literal of the caller and says which check ended the install. */
export function refused(detail: string): Refused {
  return new Refused("bundle_refused", detail);
}

/** The bytes that are signed. Refuses a number with a fraction and text outside Unicode. */
export function olpc(value: JsonValue): Uint8Array {
  const text = write(value);
  if (!isWellFormed(text)) throw refused("metadata holds text that is not Unicode");
  return utf8(text);
}

function write(value: JsonValue): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw refused("metadata holds a number with a fraction");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  const names = Object.keys(value).sort(byCodePoint);
  return `{${names.map((name) => `${quoted(name)}:${write(value[name] ?? null)}`).join(",")}}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** UTF-16 order differs from this beyond U+FFFF. */
function byCodePoint(one: string, other: string): number {
  const left = [...one];
  const right = [...other];
  const shared = Math.min(left.length, right.length);
  for (let place = 0; place < shared; place += 1) {
    const difference = (left[place]?.codePointAt(0) ?? 0) - (right[place]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
