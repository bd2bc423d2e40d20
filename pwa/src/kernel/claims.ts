/**
 * A document against a JSON Schema. The subset is closed: another keyword is refused, so a verifier never runs a
 * pattern or follows a reference that a bundle brought. The twin of `kernel/claims.py`.
 */
import { equals, isObject, type JsonObject, type JsonValue } from "./json.ts";
import { utf8 } from "./bytes.ts";
import { Refused } from "./refused.ts";

const MAX_DEPTH = 12;

/** True when the value holds. */
type Check = (value: JsonValue) => boolean;

export interface Checker {
  /** Refuses `schema` at step V10. */
  check(value: JsonValue): void;
}

/** Refuses `schema` where a keyword or its value is not of the subset. */
export function compileSchema(schema: JsonValue): Checker {
  const holds = compile(schema, 0);
  return {
    check(value) {
      if (!holds(value)) throw new Refused("schema", "a value breaks the type's schema", "V10");
    },
  };
}

function outside(): Refused {
  return new Refused("schema", "a schema keyword is outside the subset");
}

function compile(schema: JsonValue, depth: number): Check {
  if (!isObject(schema) || depth > MAX_DEPTH) throw outside();
  const checks = Object.entries(schema).flatMap(([name, value]) => {
    if (SHAPE.includes(name)) return [];
    const keyword = KEYWORDS.get(name);
    if (keyword === undefined) throw outside();
    return [keyword(value)];
  });
  if (["properties", "required", "additionalProperties"].some((name) => Object.hasOwn(schema, name))) {
    checks.push(objectCheck(schema, depth));
  }
  if (schema["items"] !== undefined) checks.push(itemsCheck(schema["items"], depth));
  return (value) => checks.every((holds) => holds(value));
}

const TYPES: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["object", isObject],
  ["array", (value) => Array.isArray(value)],
  ["string", (value) => typeof value === "string"],
  ["integer", (value) => Number.isInteger(value)],
  ["number", (value) => typeof value === "number"],
  ["boolean", (value) => typeof value === "boolean"],
  ["null", (value) => value === null],
]);

function typeCheck(names: JsonValue): Check {
  const listed = typeof names === "string" ? [names] : names;
  if (!Array.isArray(listed) || listed.length === 0) throw outside();
  const tests = listed.map((name) => {
    const test = typeof name === "string" ? TYPES.get(name) : undefined;
    if (test === undefined) throw outside();
    return test;
  });
  return (value) => tests.some((test) => test(value));
}

function enumCheck(values: JsonValue): Check {
  if (!Array.isArray(values) || values.length === 0 || values.some((value) => typeof value === "object" && value !== null)) {
    throw outside();
  }
  return (value) => values.some((allowed) => equals(allowed, value));
}

function constCheck(wanted: JsonValue): Check {
  return enumCheck([wanted]);
}

/** A keyword that compares a measure of the value with a number; values that have no such measure pass. */
function boundCheck(measure: (value: JsonValue) => number | null, least: boolean): (limit: JsonValue) => Check {
  return (limit) => {
    if (typeof limit !== "number") throw outside();
    return (value) => {
      const size = measure(value);
      return size === null || (least ? size >= limit : size <= limit);
    };
  };
}

/** Characters as code points, as JSON Schema counts them. */
const characters = (value: JsonValue): number | null => (typeof value === "string" ? [...value].length : null);
const octets = (value: JsonValue): number | null => (typeof value === "string" ? utf8(value).length : null);
const number = (value: JsonValue): number | null => (typeof value === "number" ? value : null);
const count = (value: JsonValue): number | null => (Array.isArray(value) ? value.length : null);

const SHAPE = ["required", "properties", "additionalProperties", "items"];
const KEYWORDS: ReadonlyMap<string, (value: JsonValue) => Check> = new Map([
  ["type", typeCheck],
  ["const", constCheck],
  ["enum", enumCheck],
  ["minLength", boundCheck(characters, true)],
  ["maxLength", boundCheck(characters, false)],
  ["x-maxBytes", boundCheck(octets, false)],
  ["minimum", boundCheck(number, true)],
  ["maximum", boundCheck(number, false)],
  ["minItems", boundCheck(count, true)],
  ["maxItems", boundCheck(count, false)],
]);

function objectCheck(schema: JsonObject, depth: number): Check {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  if (!isObject(properties) || typeof additionalProperties !== "boolean" || !Array.isArray(required)) throw outside();
  const names = required.map((name) => {
    if (typeof name !== "string") throw outside();
    return name;
  });
  const members = new Map(Object.entries(properties).map(([name, part]) => [name, compile(part, depth + 1)]));
  return (value) => {
    if (!isObject(value)) return true;
    return (
      names.every((name) => Object.hasOwn(value, name)) &&
      Object.entries(value).every(([name, held]) => members.get(name)?.(held) ?? additionalProperties)
    );
  };
}

function itemsCheck(part: JsonValue, depth: number): Check {
  const holds = compile(part, depth + 1);
  return (value) => !Array.isArray(value) || value.every(holds);
}
