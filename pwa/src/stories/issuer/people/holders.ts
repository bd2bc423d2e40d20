/** Whose credentials are, asked of the server once a page: a credential never is another person's, and one of nobody stays so. No view. */
import type { Holder, Person } from "../wire.ts";

/** As many as the server names in one answer. */
const MOST = 100;

/** By credential; null: it is nobody's that she may see. */
export type Known = Map<string, Holder | null>;

/** Asks for those that are not known yet, in as many parts as it takes; what a part brought stays known if the next one fails. */
export async function learn(known: Known, credentials: readonly string[], named: (credentials: readonly string[]) => Promise<readonly Person[]>): Promise<void> {
  const missing = [...new Set(credentials)].filter((each) => !known.has(each));
  for (let first = 0; first < missing.length; first += MOST) {
    const part = missing.slice(first, first + MOST);
    const people = await named(part);
    for (const each of part) known.set(each, null);
    for (const person of people) for (const one of person.credentials) known.set(one.id, { person, one });
  }
}
