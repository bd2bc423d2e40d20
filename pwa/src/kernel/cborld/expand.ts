/**
 * CBOR-LD -> JSON-LD (FORMAT 2.3): header, tables, the walk back. Steps V6 to V8 of the verifier.
 *
 * What the format allows but the profile refuses (text keys, terms out of place) is told to the caller, who speaks at V9.
 */
import { DOCUMENT_JCS, PASSES, QR_CBOR } from "../bounds.ts";
import { canonical } from "../canonical.ts";
import { type Cbor, type CborMap, CborReader } from "../cbor.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { during, Refused } from "../refused.ts";
import { isPresentation } from "./compress.ts";
import { type ActiveContext, CONTEXT_ID, type Definition, Terms } from "./context.ts";
import type { Dictionary } from "./tables.ts";
import { type Coding, decodeValue, tableType } from "./values.ts";

const TAG = 51997;

export interface Decoded {
  readonly entry: number;
  readonly kind: "credential" | "credentials" | "presentation";
  /** The passes, in order. */
  readonly documents: readonly JsonObject[];
  /** With its passes put back; null unless the kind is presentation. */
  readonly presentation: JsonObject | null;
}

/** `Decoded` and whether every property was one that the active contexts define. */
export interface Expanded extends Decoded {
  readonly defined: boolean;
}

interface Walk extends Coding {
  defined: boolean;
}

/** Reads CBOR-LD bytes. `presented` = what the prefix promised. Steps and codes as FORMAT 6, V6 to V8. */
export function expand(bytes: Uint8Array, dictionary: Dictionary, presented: boolean): Expanded {
  const { entry, payload } = readHeader(bytes);
  return during("V8", () => {
    const tables = dictionary.entries.get(entry);
    if (tables === undefined) throw new Refused("unknown_registry_entry", "an entry that the bundle does not have");
    const walk: Walk = { terms: new Terms(dictionary), tables, defined: true };
    const parts = Array.isArray(payload) ? payload : [payload];
    const documents = parts.map((part) => {
      if (!(part instanceof Map)) throw new Refused("invalid_shape", "a document that is no map");
      return read(part, walk.terms.root, walk);
    });
    if (documents.reduce((size, document) => size + canonical(document).length, 0) > DOCUMENT_JCS) {
      throw new Refused("limits_exceeded", "the JSON is too large");
    }
    return { ...shape(documents, Array.isArray(payload), presented), entry, defined: walk.defined };
  });
}

function readHeader(bytes: Uint8Array): { entry: number; payload: Cbor } {
  const reader = new CborReader(bytes, QR_CBOR);
  const tag = during("V7", () => reader.tag());
  if (tag !== TAG) throw new Refused("unsupported_tag", "no CBOR-LD 1.0 tag", "V6");
  return during("V7", () => {
    reader.pass();
    reader.array(2);
    const entry = reader.uint();
    const payload = reader.item(2);
    reader.end();
    return { entry, payload };
  });
}

function shape(documents: readonly JsonObject[], list: boolean, presented: boolean): Omit<Decoded, "entry"> {
  const [first, ...rest] = documents;
  if (first !== undefined && isPresentation(first) !== presented) {
    throw new Refused("prefix_mismatch", "the prefix does not go with what it holds");
  }
  const passes = presented ? rest : documents;
  if (first === undefined || passes.length === 0 || passes.length > PASSES || passes.some(isPresentation)) {
    throw new Refused("invalid_shape", "not one to four passes");
  }
  if (!presented) return { kind: list ? "credentials" : "credential", documents: passes, presentation: null };
  return { kind: "presentation", documents: passes, presentation: { ...first, verifiableCredential: [...passes] } };
}

function read(map: CborMap, outer: ActiveContext, walk: Walk): JsonObject {
  const object: JsonObject = {};
  const context = contexts(map, walk);
  const written = outer.embedded(context === undefined ? [] : Array.isArray(context) ? context : [context], walk.terms);
  if (context !== undefined) object["@context"] = context;
  const here = written.typed(types(map, written, walk), walk.terms);
  for (const { term, plural, value } of entries(map, walk)) {
    const definition = here.definitions.get(term);
    if (definition === undefined) walk.defined = false;
    const inside = here.entering(term, walk.terms);
    if (!plural) object[term] = one(value, term, definition, inside, walk);
    else if (Array.isArray(value)) object[term] = value.map((held) => one(held, term, definition, inside, walk));
    else throw new Refused("invalid_value", "one value where a list is announced");
  }
  return object;
}

function one(value: Cbor, term: string, definition: Definition | undefined, inside: ActiveContext, walk: Walk): JsonValue {
  if (value === null) return null;
  if (value instanceof Map) return read(value, inside, walk);
  const decoded = decodeValue(value, tableType(term, definition), walk);
  if (decoded !== undefined) return decoded;
  if (!Array.isArray(value)) throw new Refused("invalid_value", "a value of no known form");
  return value.map((held) => one(held, term, definition, inside, walk));
}

/** The entries but the context, sorted by term. A text key stays out of the document: the caller refuses it. */
function entries(map: CborMap, walk: Walk): { term: string; plural: boolean; value: Cbor }[] {
  const found: { term: string; plural: boolean; value: Cbor }[] = [];
  for (const [key, value] of map) {
    if (key === CONTEXT_ID || key === CONTEXT_ID + 1) continue;
    if (typeof key === "string") {
      walk.defined = false;
      continue;
    }
    found.push({ ...termOf(key, walk), value });
  }
  return found.sort((one, other) => (one.term < other.term ? -1 : one.term > other.term ? 1 : 0));
}

function termOf(key: number, walk: Walk): { term: string; plural: boolean } {
  const plural = key % 2 === 1;
  const term = walk.terms.termOf(plural ? key - 1 : key);
  if (term === undefined) throw new Refused("unknown_term", "a term id that no loaded context has");
  return { term, plural };
}

function contexts(map: CborMap, walk: Walk): string | string[] | undefined {
  const single = map.get(CONTEXT_ID);
  const list = map.get(CONTEXT_ID + 1);
  if (single !== undefined && list !== undefined) throw new Refused("invalid_value", "two forms of the context");
  if (list === undefined) return single === undefined ? undefined : contextUrl(single, walk);
  if (!Array.isArray(list)) throw new Refused("invalid_value", "one value where a list is announced");
  return list.map((context) => contextUrl(context, walk));
}

function contextUrl(context: Cbor, walk: Walk): string {
  const url = typeof context === "number" ? walk.tables.get("context")?.valueOf.get(context) : context;
  if (typeof url !== "string") throw new Refused("unknown_context", "a context that the tables do not have");
  return url;
}

function types(map: CborMap, active: ActiveContext, walk: Walk): string[] {
  const found: string[] = [];
  for (const term of active.typeTerms) {
    const id = walk.terms.idOf(term);
    if (id === undefined) continue;
    const single = map.get(id);
    const list = map.get(id + 1);
    for (const value of [...(single === undefined ? [] : [single]), ...(Array.isArray(list) ? list : [])]) {
      if (value === null || value instanceof Map) continue;
      const type = decodeValue(value, "url", walk);
      if (typeof type === "string") found.push(type);
    }
  }
  return found;
}
