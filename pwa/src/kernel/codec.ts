/**
 * Bytes -> a JSON object, strictly, and back: bounded first, no key twice, no number that another reader would see otherwise.
 *
 * The grammar is RFC 8259; refused besides: NaN, minus zero, whole numbers beyond 2^53 - 1, half a surrogate pair.
 */
import type { JsonBounds } from "./bounds.ts";
import { isWellFormed, utf8 } from "./bytes.ts";
import { isObject, type JsonObject, type JsonValue } from "./json.ts";
import { Refused } from "./refused.ts";

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;
const LITERALS: readonly (readonly [string, JsonValue])[] = [["true", true], ["false", false], ["null", null]];
/** What the reader itself bears; the caller's bound is asked after. */
const STACK = 64;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A JSON object. Refuses `limits_exceeded`, `malformed_json`. */
export function readJson(raw: Uint8Array, bounds: JsonBounds): JsonObject {
  if (raw.length > bounds.bytes) throw tooMuch();
  let text: string;
  try {
    text = decoder.decode(raw);
  } catch {
    throw malformed("not UTF-8");
  }
  const document = readWhole(text);
  if (!isObject(document)) throw malformed("no JSON object");
  requireWithin(document, bounds);
  requireWellFormed(document);
  return document;
}

/** Compact JSON, members in their order, UTF-8. Refuses `malformed_json` for half a surrogate pair. */
export function writeJson(document: JsonObject): Uint8Array {
  requireWellFormed(document);
  return utf8(JSON.stringify(document));
}

/** The engine keeps the text of the last match where every script can read it (`RegExp.input`): from here on that is an empty one. */
export function forgetMatch(): void {
  /(?:)/.exec("");
}

function readWhole(text: string): JsonValue {
  try {
    return new Reader(text).whole();
  } finally {
    forgetMatch();
  }
}

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  whole(): JsonValue {
    const value = this.value(1);
    this.match(SPACE);
    if (this.at !== this.text.length) throw malformed("text after the value");
    return value;
  }

  private value(depth: number): JsonValue {
    this.match(SPACE);
    const first = this.text.charAt(this.at);
    if (first === '"') return this.string();
    if (first === "{" || first === "[") {
      if (depth > STACK) throw tooMuch();
      this.at += 1;
      return first === "{" ? this.object(depth + 1) : this.array(depth + 1);
    }
    for (const [name, value] of LITERALS) {
      if (this.text.startsWith(name, this.at)) {
        this.at += name.length;
        return value;
      }
    }
    return this.number();
  }

  private object(depth: number): JsonObject {
    const members = new Map<string, JsonValue>();
    if (this.closes("}")) return {};
    for (;;) {
      this.match(SPACE);
      const name = this.string();
      if (members.has(name)) throw malformed("a key twice in one object");
      this.expect(":");
      members.set(name, this.value(depth));
      if (this.closes("}")) return Object.fromEntries(members);
      this.expect(",");
    }
  }

  private array(depth: number): JsonValue[] {
    const values: JsonValue[] = [];
    if (this.closes("]")) return values;
    for (;;) {
      values.push(this.value(depth));
      if (this.closes("]")) return values;
      this.expect(",");
    }
  }

  private string(): string {
    const from = this.at;
    if (this.text.charAt(from) !== '"') throw malformed("a string was expected");
    this.at += 1;
    this.match(PLAIN);
    let escaped = false;
    while (this.text.charAt(this.at) === "\\") {
      escaped = true;
      this.at += 2;
      this.match(PLAIN);
    }
    if (this.text.charAt(this.at) !== '"') throw malformed("a string that does not end");
    this.at += 1;
    const token = this.text.slice(from, this.at);
    return escaped ? unescape(token) : token.slice(1, -1);
  }

  private number(): number {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (found === null) throw malformed("no value");
    this.at += found[0].length;
    const value = Number(found[0]);
    if (Number.isFinite(value) && !Number.isInteger(value)) return value;
    if (!Number.isSafeInteger(value) || (value === 0 && found[0].startsWith("-"))) {
      throw malformed("minus zero, or a number beyond 2^53");
    }
    return value;
  }

  private closes(mark: string): boolean {
    this.match(SPACE);
    if (this.text.charAt(this.at) !== mark) return false;
    this.at += 1;
    return true;
  }

  private expect(mark: string): void {
    if (!this.closes(mark)) throw malformed("a mark is missing");
  }

  private match(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    this.at += pattern.exec(this.text)?.[0].length ?? 0;
  }
}

function unescape(token: string): string {
  try {
    const value: unknown = JSON.parse(token);
    if (typeof value === "string") return value;
  } catch {
    // an escape that JSON does not have
  }
  throw malformed("a string of no known form");
}

/** Level by level: members of all objects and items of all arrays, the longest text, the depth. */
function requireWithin(document: JsonObject, bounds: JsonBounds): void {
  let members = 0;
  let depth = 0;
  for (let level: JsonValue[] = [document]; level.length > 0; depth += 1) {
    const below: JsonValue[] = [];
    for (const container of level) {
      const names = Array.isArray(container) ? [] : Object.keys(container ?? {});
      const values = Object.values(container ?? {});
      members += values.length;
      for (const value of [...names, ...values]) {
        if (typeof value === "string" && isLong(value, bounds.text)) throw tooMuch();
        if (typeof value === "object" && value !== null) below.push(value);
      }
    }
    if (members > bounds.members || depth >= bounds.depth) throw tooMuch();
    level = below;
  }
}

function isLong(text: string, limit: number): boolean {
  return text.length * 3 > limit && (text.length > limit || utf8(text).length > limit);
}

function requireWellFormed(value: JsonValue): void {
  if (typeof value === "string" && !isWellFormed(value)) throw malformed("half a surrogate pair");
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) Object.keys(value).forEach(requireWellFormed);
  Object.values(value).forEach(requireWellFormed);
}

function malformed(detail: string): Refused {
  return new Refused("malformed_json", detail);
}

function tooMuch(): Refused {
  return new Refused("limits_exceeded", "larger, deeper or longer than the bound");
}
