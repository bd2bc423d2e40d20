/**
 * JSON Canonicalization Scheme (RFC 8785): one sequence of bytes for a JSON value. What is signed is signed over this.
 */
import { isWellFormed, utf8 } from "./bytes.ts";
import type { JsonValue } from "./json.ts";
import { Refused } from "./refused.ts";

/** The canonical bytes. Refuses `invalid_value` for what JSON cannot carry: NaN, infinities, lone surrogates. */
export function canonical(value: JsonValue): Uint8Array {
  return utf8(canonicalText(value));
}

/** The canonical text; its UTF-8 is `canonical`. */
export function canonicalText(value: JsonValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new Refused("invalid_value", "a number without JSON form");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  // Array.prototype.sort without a comparator orders by UTF-16 code units, which is what 3.2.3 asks for.
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${quoted(name)}:${canonicalText(value[name] ?? null)}`).join(",")}}`;
}

function quoted(text: string): string {
  if (!isWellFormed(text)) throw new Refused("invalid_value", "a lone surrogate");
  return JSON.stringify(text);
}
