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

/** A context as read, once for all payloads. `first` is what it imports, whose terms get their ids before its own. */
interface Loaded {
  readonly context: JsonObject;
  readonly definitions: ReadonlyMap<string, JsonObject>;
  readonly protected: boolean;
  readonly first: Loaded | null;
}

/** Steps that are remembered of one dictionary; the others are worked out each time. */
const MOST_STEPS = 4_096;
const graphs = new WeakMap<Dictionary, Graph>();

/** What a dictionary's contexts lead to, worked out once: a payload only says which way to go. */
class Graph {
  readonly root: ActiveContext = new ActiveContext(this, new Map(), null);
  size = 0;
  private readonly loaded = new Map<string | JsonObject, Loaded>();
  private readonly dictionary: Dictionary;

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary;
  }

  /** Refuses `unknown_context`. */
  load(context: JsonValue): Loaded {
    if (typeof context !== "string" && !isObject(context)) throw unknownContext();
    const former = this.loaded.get(context);
    if (former !== undefined) return former;
    const entry = this.read(typeof context === "string" ? this.dictionary.contexts.get(context) : context);
    this.loaded.set(context, entry);
    return entry;
  }

  private read(body: JsonObject | undefined): Loaded {
    if (body === undefined) throw unknownContext();
    const imported = body["@import"];
    const first = imported === undefined ? null : this.load(imported);
    const whole = first === null ? body : { ...first.context, ...body };
    const definitions = new Map<string, JsonObject>();
    for (const term of Object.keys(whole).sort()) {
      const stated = whole[term];
      if (KEYWORD_IDS.has(term) || stated === null || stated === undefined) continue;
      const definition = typeof stated === "string" ? { "@id": stated } : stated;
      if (!isObject(definition)) throw unknownContext();
      definitions.set(term, definition);
    }
    return { context: whole, definitions, protected: Boolean(whole["@protected"]), first };
  }
}

/** The ids of one payload, born as its contexts are loaded; shared by all maps of an array payload, in order. */
export class Terms {
  /** Where every payload begins: no term is defined. */
  readonly root: ActiveContext;
  private readonly idOfTerm = new Map(KEYWORD_IDS);
  private readonly termOfId = new Map<number, string>(KEYWORDS.map((keyword, place) => [2 * place, keyword]));
  private readonly done = new Set<Loaded>();
  private next = FIRST_TERM;

  constructor(dictionary: Dictionary) {
    const known = graphs.get(dictionary);
    const graph = known ?? new Graph(dictionary);
    if (known === undefined) graphs.set(dictionary, graph);
    this.root = graph.root;
  }

  /** The even id of a term, or undefined. */
  idOf(term: string): number | undefined {
    return this.idOfTerm.get(term);
  }

  /** The term of an even id, or undefined. */
  termOf(id: number): string | undefined {
    return this.termOfId.get(id);
  }

  /** Gives ids to the new terms of a context (FORMAT 2.2). */
  take(loaded: Loaded): void {
    if (this.done.has(loaded)) return;
    if (loaded.first !== null) this.take(loaded.first);
    this.done.add(loaded);
    for (const term of loaded.definitions.keys()) {
      if (this.idOfTerm.has(term)) continue;
      this.idOfTerm.set(term, this.next);
      this.termOfId.set(this.next, term);
      this.next += 2;
    }
  }
}

/** Where a step leads, and which contexts it loads on the way. */
interface Step {
  readonly active: ActiveContext;
  readonly loads: readonly Loaded[];
}
type Scope = "embedded" | "type" | "property";

/** What the terms mean at one place of a document. Never changed: each step gives another one, and is remembered. */
export class ActiveContext {
  readonly definitions: ReadonlyMap<string, Definition>;
  /** `@type` and the terms that stand for it. */
  readonly typeTerms: readonly string[];
  private readonly former: ActiveContext | null;
  private readonly graph: Graph;
  private readonly steps = new Map<string, Step>();

  constructor(graph: Graph, definitions: ReadonlyMap<string, Definition>, former: ActiveContext | null) {
    this.graph = graph;
    this.definitions = definitions;
    this.former = former;
    const aliases = [...definitions].filter(([, definition]) => definition.id === "@type");
    this.typeTerms = ["@type", ...aliases.map(([term]) => term)];
  }

  /** 2.3 step 1: the contexts written in the object, as URLs. */
  embedded(contexts: readonly string[], terms: Terms): ActiveContext {
    return this.go(`embedded ${JSON.stringify(contexts)}`, terms, () => this.applied(this.definitions, contexts, "embedded"));
  }

  /** 2.3 step 2: the contexts of the object's types, in sorted order; they end where the object ends. */
  typed(types: readonly string[], terms: Terms): ActiveContext {
    const sorted = [...new Set(types)].sort();
    // A type that no context defines leads nowhere, and could be any text: such steps are not remembered.
    const name = sorted.every((type) => this.definitions.has(type)) ? `type ${JSON.stringify(sorted)}` : null;
    return this.go(name, terms, () => {
      let definitions = this.definitions;
      const loads: Loaded[] = [];
      for (const type of sorted) {
        const step = this.applied(definitions, scoped(definitions.get(type)), "type");
        ({ definitions } = step);
        loads.push(...step.loads);
      }
      return { definitions, loads };
    });
  }

  /** 2.3 step 3: entering a property. */
  entering(term: string, terms: Terms): ActiveContext {
    const definition = this.definitions.get(term);
    const name = definition === undefined ? "property" : `property ${term}`;
    return this.go(name, terms, () => this.applied(this.reverted(), scoped(definition), "property"));
  }

  private go(name: string | null, terms: Terms, work: () => Omit<Step, "active"> & Pick<ActiveContext, "definitions">): ActiveContext {
    let step = name === null ? undefined : this.steps.get(name);
    if (step === undefined) {
      const { definitions, loads } = work();
      step = { active: new ActiveContext(this.graph, definitions, this), loads };
      if (name !== null && this.graph.size < MOST_STEPS) {
        this.graph.size += 1;
        this.steps.set(name, step);
      }
    }
    for (const loaded of step.loads) terms.take(loaded);
    return step.active;
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

  private applied(
    active: ReadonlyMap<string, Definition>,
    contexts: readonly JsonValue[],
    scope: Scope,
  ): { definitions: ReadonlyMap<string, Definition>; loads: readonly Loaded[] } {
    let definitions = active;
    const loads = contexts.map((context) => this.graph.load(context));
    for (const loaded of loads) definitions = merge(definitions, loaded, scope);
    return { definitions, loads };
  }
}

function merge(
  active: ReadonlyMap<string, Definition>,
  loaded: Loaded,
  scope: Scope,
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
    } else if (former.protected && sameMeaning(fresh, former)) {
      merged.set(term, { ...former, propagate });
    } else if (former.protected && scope !== "property") {
      throw new Refused("unknown_context", "a protected term redefined");
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
