/**
 * JSON-LD -> CBOR-LD (FORMAT 2.3): the walk that gives every term its id and every value its form.
 *
 * Refuses what it could not read back under the same rules; it does not check what the document means.
 */
import { concat } from "../bytes.ts";
import { type Cbor, cborHead, type CborMap, writeCbor } from "../cbor.ts";
import { isObject, type JsonObject, type JsonValue, member, without } from "../json.ts";
import { Refused } from "../refused.ts";
import { VERIFIABLE_PRESENTATION } from "../../words/terms.ts";
import { type ActiveContext, CONTEXT_ID, type Definition, Terms } from "./context.ts";
import type { Dictionary } from "./tables.ts";
import { type Coding, encodeValue, tableType } from "./values.ts";

const TAG = 51997;
const TAG_MAJOR = 6;
const ARRAY_MAJOR = 4;

/** One credential, some credentials in order, or a presentation that holds its passes. */
export type Documents = JsonObject | readonly JsonObject[];

/** True when the object is a presentation by its type. */
export function isPresentation(document: JsonObject): boolean {
  const type = document["type"];
  return type === VERIFIABLE_PRESENTATION || (Array.isArray(type) && type.includes(VERIFIABLE_PRESENTATION));
}

/**
 * CBOR-LD bytes under a registry entry. A presentation travels detached: itself without passes, then its passes.
 * Refuses `unknown_registry_entry`, `unknown_context`, `unknown_property`, `invalid_value`, `invalid_shape`.
 */
export function encode(documents: Documents, dictionary: Dictionary, entry: number): Uint8Array {
  const tables = dictionary.entries.get(entry);
  if (tables === undefined) throw new Refused("unknown_registry_entry", "no tables under that entry");
  const coding: Coding = { terms: new Terms(dictionary), tables };
  const parts = detached(documents);
  const maps = parts.map((document) => compress(document, coding.terms.root, coding));
  const alone = isObject(documents) && !isPresentation(documents) ? maps[0] : undefined;
  const header = concat(cborHead(TAG_MAJOR, TAG), cborHead(ARRAY_MAJOR, 2), writeCbor(entry));
  return concat(header, writeCbor(alone ?? maps));
}

function detached(documents: Documents): readonly JsonObject[] {
  if (!isObject(documents)) return documents;
  if (!isPresentation(documents)) return [documents];
  const passes = documents["verifiableCredential"];
  if (!Array.isArray(passes) || !passes.every(isObject)) throw new Refused("invalid_shape", "a presentation without passes");
  return [without(documents, "verifiableCredential"), ...passes];
}

function compress(object: JsonObject, outer: ActiveContext, coding: Coding): CborMap {
  const map: CborMap = new Map();
  const context = object["@context"];
  const contexts = contextsOf(object);
  const written = outer.embedded(contexts, coding.terms);
  const here = written.typed(typesOf(object, written), coding.terms);
  if (context !== undefined) {
    const ids = contexts.map((url) => contextId(url, coding));
    map.set(Array.isArray(context) ? CONTEXT_ID + 1 : CONTEXT_ID, Array.isArray(context) ? ids : (ids[0] ?? null));
  }
  for (const term of Object.keys(object).sort()) {
    const value = object[term];
    if (term === "@context" || value === undefined) continue;
    const id = coding.terms.idOf(term);
    const definition = here.definitions.get(term);
    if (id === undefined || definition === undefined) throw undefinedProperty();
    const inside = here.entering(term, coding.terms);
    if (Array.isArray(value)) {
      map.set(id + 1, value.map((held) => one(held, term, definition, inside, coding)));
    } else {
      map.set(id, one(value, term, definition, inside, coding));
    }
  }
  return map;
}

function one(value: JsonValue, term: string, definition: Definition, inside: ActiveContext, coding: Coding): Cbor {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((held) => one(held, term, definition, inside, coding));
  if (isObject(value)) return compress(value, inside, coding);
  return encodeValue(value, tableType(term, definition), coding);
}

function typesOf(object: JsonObject, active: ActiveContext): string[] {
  return active.typeTerms.flatMap((term) => {
    const value = object[term];
    return (Array.isArray(value) ? value : [value]).filter((type) => typeof type === "string");
  });
}

function contextId(url: string, coding: Coding): Cbor {
  return coding.tables.get("context")?.idOf.get(url) ?? url;
}

/** V9 for documents that came as JSON: every property is one that the active contexts define, wherever it stands. */
export function requireDefined(documents: Documents, dictionary: Dictionary): void {
  const terms = new Terms(dictionary);
  for (const document of detached(documents)) defined(document, terms.root, terms);
}

function defined(value: JsonValue, outer: ActiveContext, terms: Terms): void {
  if (Array.isArray(value)) value.forEach((held) => defined(held, outer, terms));
  if (!isObject(value)) return;
  const written = outer.embedded(contextsOf(value), terms);
  const here = written.typed(typesOf(value, written), terms);
  for (const term of Object.keys(value).sort()) {
    if (term === "@context") continue;
    if (!here.definitions.has(term)) throw undefinedProperty();
    defined(value[term] ?? null, here.entering(term, terms), terms);
  }
}

function undefinedProperty(): Refused {
  return new Refused("unknown_property", "a property that no context defines");
}

function contextsOf(object: JsonObject): readonly string[] {
  const context = member(object, "@context");
  const contexts = context === undefined ? [] : Array.isArray(context) ? context : [context];
  return contexts.map((url) => {
    if (typeof url !== "string") throw new Refused("unknown_context", "a context that is no URL");
    return url;
  });
}
