/**
 * The dictionary of CBOR-LD: pinned contexts and the type tables of each registry entry (FORMAT 4.1). Built once.
 *
 * Tables and ids come from the bundle's files, never from code. Not here: the ids of terms, which are born per payload.
 */
import { isObject, type JsonObject, type JsonValue } from "../json.ts";
import { Refused } from "../refused.ts";

/** One type's table, both ways. */
export interface Table {
  readonly idOf: ReadonlyMap<string, number>;
  readonly valueOf: ReadonlyMap<number, string>;
}

/** The tables of one registry entry by table type. */
export type Tables = ReadonlyMap<string, Table>;

export interface Dictionary {
  /** URL -> the `@context` of its document. */
  readonly contexts: ReadonlyMap<string, JsonObject>;
  readonly entries: ReadonlyMap<number, Tables>;
}

/** Entry 1 of the CBOR-LD registry: compressed with empty tables; read, never written (FORMAT 1.3). */
export const EMPTY_ENTRY = 1;

const ALWAYS = ["context", "url", "none"];
const FORBIDDEN = ["integer", "double", "boolean"].map((name) => `http://www.w3.org/2001/XMLSchema#${name}`);
const EMPTY: Table = { idOf: new Map(), valueOf: new Map() };

/** `contexts` = URL -> document, `tables` = {"entries": {id: [{"type", "table"}]}}. Refuses `invalid_value`. */
export function readDictionary(contexts: JsonValue, tables: JsonValue): Dictionary {
  const entries = new Map<number, Tables>([[EMPTY_ENTRY, withAlways(new Map())]]);
  const listed = isObject(tables) ? tables["entries"] : undefined;
  if (!isObject(listed) || !isObject(contexts)) throw new Refused("invalid_value", "tables or contexts of no known form");
  for (const [id, rows] of Object.entries(listed)) {
    if (!/^[1-9][0-9]{0,9}$/.test(id)) throw new Refused("invalid_value", "a registry entry that is no number");
    entries.set(Number(id), readEntry(rows));
  }
  const documents = new Map<string, JsonObject>();
  for (const [url, document] of Object.entries(contexts)) {
    if (!isObject(document)) throw new Refused("invalid_value", "a context that is no document");
    const context = document["@context"];
    // A DID document stands in the same file: its @context is a list of URLs, nothing to load terms from.
    if (isObject(context)) documents.set(url, context);
  }
  return { contexts: documents, entries };
}

function readEntry(rows: JsonValue): Tables {
  if (!Array.isArray(rows)) throw new Refused("invalid_value", "a registry entry that is no list");
  const tables = new Map<string, Table>();
  for (const row of rows) {
    const type = isObject(row) ? row["type"] : undefined;
    const table = isObject(row) ? row["table"] : undefined;
    if (typeof type !== "string" || !isObject(table) || tables.has(type) || FORBIDDEN.includes(type)) {
      throw new Refused("invalid_value", "a table of no known form");
    }
    tables.set(type, readTable(table));
  }
  return withAlways(tables);
}

function readTable(table: JsonObject): Table {
  const idOf = new Map<string, number>();
  const valueOf = new Map<number, string>();
  for (const [value, id] of Object.entries(table)) {
    if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 0 || id >= 2 ** 32 - 1 || valueOf.has(id)) {
      throw new Refused("invalid_value", "a table id that is no number of its own");
    }
    idOf.set(value, id);
    valueOf.set(id, value);
  }
  return { idOf, valueOf };
}

function withAlways(tables: Map<string, Table>): Tables {
  for (const type of ALWAYS) if (!tables.has(type)) tables.set(type, EMPTY);
  return tables;
}
