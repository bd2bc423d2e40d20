/**
 * JSON-LD contexts as CBOR-LD needs them: term ids per payload (FORMAT 2.2) and the active context (FORMAT 2.4).
 *
 * Contexts come from the dictionary alone; nothing is fetched. Not here: values and the walk over a document.
 */
import { equals, isObject, type JsonObject, type JsonValue } from "../json.ts";
import { Refused } from "../refused.ts";
import type { Dictionary } from "./tables.ts";

const KEYWORDS = [
  "@context", "@type", "@id", "@value", "@direction", "@graph", "@included", "@index", "@json", "@language", "@list",
  "@nest", "@reverse", "@base", "@container", "@default", "@embed", "@explicit", "@none", "@omitDefault", "@prefix",
  "@preserve", "@protected", "@requireAll", "@set", "@version", "@vocab", "@propagate",
];
/** FORMAT 2.1: 0, 2, 4 … 54 in this order. */
const KEYWORD_IDS: ReadonlyMap<string, number> = new Map(KEYWORDS.map((keyword, place) => [keyword, 2 * place]));
const FIRST_TERM = 100;

export const CONTEXT_ID = 0;

/** A term's definition in an active context. `body` is the context's own object, compared and searched, never changed. */
export interface Definition {
  readonly id: string;
  readonly type: string | undefined;
  readonly body: JsonObject;
  readonly protected: boolean;
  readonly propagate: boolean;
}

interface Loaded {
  readonly context: JsonObject;
  readonly definitions: ReadonlyMap<string, JsonObject>;
  readonly protected: boolean;
}

/** The ids of one payload and the contexts loaded into it so far; shared by all maps of an array payload, in order. */
export class Terms {
  private readonly idOfTerm = new Map(KEYWORD_IDS);
  private readonly termOfId = new Map<number, string>(KEYWORDS.map((keyword, place) => [2 * place, keyword]));
  private readonly loaded = new Map<string | JsonObject, Loaded>();
  private next = FIRST_TERM;
  private readonly dictionary: Dictionary;

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary;
  }

  /** The even id of a term, or undefined. */
  idOf(term: string): number | undefined {
    return this.idOfTerm.get(term);
  }

  /** The term of an even id, or undefined. */
  termOf(id: number): string | undefined {
    return this.termOfId.get(id);
  }

  /** Loads a context, giving ids to its new terms. Refuses `unknown_context`. */
  load(context: JsonValue): Loaded {
    if (typeof context !== "string" && !isObject(context)) throw unknownContext();
    const former = this.loaded.get(context);
    if (former !== undefined) return former;
    const entry = this.read(typeof context === "string" ? this.dictionary.contexts.get(context) : context);
    this.loaded.set(context, entry);
    return entry;
  }

  requireReadable(context: JsonValue): void {
    const known = typeof context === "string" ? this.dictionary.contexts.has(context) : isObject(context);
    if (!known) throw unknownContext();
  }

  private read(body: JsonObject | undefined): Loaded {
    if (body === undefined) throw unknownContext();
    const imported = body["@import"];
    const whole = imported === undefined ? body : { ...this.load(imported).context, ...body };
    const definitions = new Map<string, JsonObject>();
    for (const term of Object.keys(whole).sort()) {
      const stated = whole[term];
      if (KEYWORD_IDS.has(term) || stated === null || stated === undefined) continue;
      const definition = typeof stated === "string" ? { "@id": stated } : stated;
      if (!isObject(definition)) throw unknownContext();
      definitions.set(term, definition);
      this.name(term);
    }
    return { context: whole, definitions, protected: Boolean(whole["@protected"]) };
  }

  private name(term: string): void {
    if (this.idOfTerm.has(term)) return;
    this.idOfTerm.set(term, this.next);
    this.termOfId.set(this.next, term);
    this.next += 2;
  }
}

/** What the terms mean at one place of a document. Never changed: each step gives a new one. */
export class ActiveContext {
  readonly definitions: ReadonlyMap<string, Definition>;
  private readonly former: ActiveContext | null;
  private readonly terms: Terms;

  constructor(terms: Terms, definitions: ReadonlyMap<string, Definition> = new Map(), former: ActiveContext | null = null) {
    this.terms = terms;
    this.definitions = definitions;
    this.former = former;
  }

  /** `@type` and the terms that stand for it. */
  typeTerms(): string[] {
    const aliases = [...this.definitions].filter(([, definition]) => definition.id === "@type");
    return ["@type", ...aliases.map(([term]) => term)];
  }

  /** 2.3 step 1: the contexts written in the object. */
  embedded(contexts: readonly JsonValue[]): ActiveContext {
    return this.after(this.apply(this.definitions, contexts, "embedded"));
  }

  /** 2.3 step 2: the contexts of the object's types, in sorted order; they end where the object ends. */
  typed(types: readonly string[]): ActiveContext {
    let definitions = this.definitions;
    for (const type of [...new Set(types)].sort()) {
      definitions = this.apply(definitions, scoped(definitions.get(type)), "type");
    }
    return this.after(definitions);
  }

  /** 2.3 step 3: entering a property. */
  entering(term: string): ActiveContext {
    return this.after(this.apply(this.reverted(), scoped(this.definitions.get(term)), "property"));
  }

  /** Refuses `unknown_context` for a term whose own contexts this profile does not read: `null`, or not pinned. */
  requireEnterable(term: string): void {
    for (const context of scoped(this.definitions.get(term))) this.terms.requireReadable(context);
  }

  private after(definitions: ReadonlyMap<string, Definition>): ActiveContext {
    return new ActiveContext(this.terms, definitions, this);
  }

  /** Without the terms that do not propagate; each goes back to its last propagating meaning. */
  private reverted(): ReadonlyMap<string, Definition> {
    const kept = new Map<string, Definition>();
    for (const [term, definition] of this.definitions) {
      let meaning: Definition | undefined = definition;
      let context: ActiveContext | null = this.former;
      while (meaning !== undefined && !meaning.propagate) {
        meaning = context?.definitions.get(term);
        context = context?.former ?? null;
      }
      if (meaning !== undefined) kept.set(term, meaning);
    }
    return kept;
  }

  private apply(
    active: ReadonlyMap<string, Definition>,
    contexts: readonly JsonValue[],
    scope: "embedded" | "type" | "property",
  ): ReadonlyMap<string, Definition> {
    let definitions = active;
    for (const context of contexts) definitions = merge(definitions, this.terms.load(context), scope);
    return definitions;
  }
}

function merge(
  active: ReadonlyMap<string, Definition>,
  loaded: Loaded,
  scope: "embedded" | "type" | "property",
): ReadonlyMap<string, Definition> {
  const stated = loaded.context["@propagate"];
  const propagate = stated === undefined ? scope !== "type" : Boolean(stated);
  const merged = new Map<string, Definition>();
  for (const [term, body] of loaded.definitions) {
    merged.set(term, define(term, body, loaded, propagate, active));
  }
  for (const [term, former] of active) {
    const fresh = merged.get(term);
    if (fresh === undefined) {
      if (loaded.context[term] !== null) merged.set(term, former);
    } else if (former.protected) {
      if (scope !== "property" && !sameMeaning(fresh, former)) {
        throw new Refused("unknown_context", "a protected term redefined");
      }
      merged.set(term, { ...former, propagate });
    }
  }
  return merged;
}

function define(
  term: string,
  body: JsonObject,
  loaded: Loaded,
  propagate: boolean,
  active: ReadonlyMap<string, Definition>,
): Definition {
  const id = body["@id"];
  const type = body["@type"];
  const resolve = (iri: string): string => resolveCurie(iri, loaded.context, active, 0);
  const resolved = typeof id === "string" ? resolve(id) : resolve(term);
  if (typeof id !== "string" && !resolved.includes(":")) throw unknownContext();
  return {
    id: resolved,
    type: typeof type === "string" ? resolve(type) : undefined,
    body,
    protected: loaded.protected,
    propagate,
  };
}

/** A CURIE by the context that holds it, then by the active one; anything else stays as it is. */
function resolveCurie(iri: string, context: JsonObject, active: ReadonlyMap<string, Definition>, depth: number): string {
  const colon = iri.indexOf(":");
  if (colon < 0) return iri;
  if (depth > 8) throw unknownContext();
  const prefix = iri.slice(0, colon);
  const local = Object.hasOwn(context, prefix) ? context[prefix] : undefined;
  const stated = isObject(local) ? local["@id"] : local;
  const base = typeof stated === "string" ? stated : active.get(prefix)?.id;
  return base === undefined ? iri : resolveCurie(base + iri.slice(colon + 1), context, active, depth + 1);
}

function sameMeaning(one: Definition, other: Definition): boolean {
  if (one.id !== other.id || one.type !== other.type) return false;
  const rest = (body: JsonObject): JsonObject => ({ ...body, "@id": "", "@type": "" });
  return one.body === other.body || equals(rest(one.body), rest(other.body));
}

/** The contexts that a definition carries, as a list. */
function scoped(definition: Definition | undefined): readonly JsonValue[] {
  if (definition === undefined || !Object.hasOwn(definition.body, "@context")) return [];
  const context = definition.body["@context"] ?? null;
  return Array.isArray(context) ? context : [context];
}

function unknownContext(): Refused {
  return new Refused("unknown_context", "a context that is not pinned or that this profile does not read");
}
