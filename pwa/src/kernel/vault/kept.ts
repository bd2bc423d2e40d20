/**
 * What an open vault's items are to their holder: passes, history, and notes that can change. The twin of `wallet/kept.py`.
 *
 * A pass is never changed: one that was corrected is another pass, which remembers the one that it replaces, stands in
 * its place and hides it. The former stays in the vault, so nothing is lost before, while or after the new one is kept.
 *
 *     {"type": "credential", "receivedAt": …, "credential": {…}, "replaces": name}
 *     {"type": "show", "at": …, …}
 *     {"type": "dispute" | "persona" | …, "changedAt": …, …}
 */
import { equals, isObject, type JsonObject, member } from "../json.ts";
import { Refused } from "../refused.ts";
import { type Contents, copyName, type Item } from "./contents.ts";

export const CREDENTIAL = "credential";
export const SHOW = "show";
export const DISPUTE = "dispute";
export const PERSONA = "persona";

/** A pass that was verified and kept. `gone`: another phone deleted it, and the holder is to be asked. */
export interface Kept {
  readonly name: string;
  readonly document: JsonObject;
  readonly receivedAt: string;
  readonly replaces: string | null;
  readonly gone: boolean;
}

/**
 * Something the holder wrote or the wallet noted, that can change. `copiedAt` = the moment of this text, where two phones
 * changed the note at once and this is the lesser one: it is shown as "copia" with that date.
 */
export interface Note {
  readonly name: string;
  readonly body: JsonObject;
  readonly changedAt: string;
  readonly copiedAt: string | null;
}

/** Those in force, oldest first; one that replaces another stands in its place. Refuses `vault_unreadable`. */
export function passes(contents: Contents): readonly Kept[] {
  const every = everyPass(contents);
  const former = new Map([...every].map(([name, kept]) => [name, before(kept, every)]));
  const hidden = new Set([...former].flatMap(([name, olds]) => olds.filter((old) => former.get(old)?.includes(name) !== true)));
  const places = [...every.keys()];
  const place = ({ name }: Kept): number => places.indexOf(former.get(name)?.at(-1) ?? name);
  return [...every.values()].filter(({ name }) => !hidden.has(name)).sort((one, other) => place(one) - place(other));
}

/** The names of the passes that this one replaces, the latest first. */
export function former(contents: Contents, name: string): readonly string[] {
  const every = everyPass(contents);
  const kept = every.get(name);
  return kept === undefined ? [] : before(kept, every);
}

/** The item that holds this very pass, in force or replaced. */
export function findDocument({ items }: Contents, document: JsonObject): Item | undefined {
  return items.find(({ body }) => member(body, "type") === CREDENTIAL && equals(member(body, "credential"), document));
}

/** The notes of a kind, in the order they came; a copy stands behind what it is a copy of. */
export function notes({ items }: Contents, kind: string): readonly Note[] {
  const found = new Map<string, Note>();
  for (const item of items.filter(({ body }) => member(body, "type") === kind)) {
    const { body } = item;
    const changedAt = textOf(member(body, "changedAt")) ?? "";
    const name = found.has(item.name) ? copyName(item) : item.name;
    found.set(name, { name, body, changedAt, copiedAt: name === item.name ? null : changedAt });
  }
  return [...found.values()];
}

/** What was shown, oldest first. */
export function shows({ items }: Contents): readonly JsonObject[] {
  return items.map(({ body }) => body).filter((body) => member(body, "type") === SHOW);
}

/** By name; where two phones kept the same pass at once it is one all the same. */
function everyPass({ items }: Contents): ReadonlyMap<string, Kept> {
  const every = new Map<string, Kept>();
  for (const item of items) {
    if (member(item.body, "type") === CREDENTIAL && !every.has(item.name)) every.set(item.name, keptOf(item));
  }
  return every;
}

function before(kept: Kept, every: ReadonlyMap<string, Kept>): readonly string[] {
  const names: string[] = [];
  for (let older = every.get(kept.replaces ?? ""); older !== undefined && !names.includes(older.name); older = every.get(older.replaces ?? "")) {
    names.push(older.name);
  }
  return names;
}

function keptOf({ name, body, gone }: Item): Kept {
  const document = member(body, "credential");
  const receivedAt = textOf(member(body, "receivedAt"));
  if (!isObject(document) || receivedAt === null) throw new Refused("vault_unreadable", "an item of the vault is not what it says it is");
  return { name, document, receivedAt, replaces: textOf(member(body, "replaces")), gone };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
