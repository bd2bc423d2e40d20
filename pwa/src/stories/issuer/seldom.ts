/** A question that the page asks by itself, bound in time whatever makes the page draw itself anew. No view, no clock of its own. */

const LEAST_MS = 20_000;

/** The same question again for the same act of hers has the same answer for a while; another act is always a new question. */
export function seldom<T>(ask: () => Promise<T>, now: () => number): (act: string) => Promise<T> {
  let last: { readonly act: string; readonly at: number; readonly answer: Promise<T> } | null = null;
  return (act) => {
    if (last === null || last.act !== act || Math.abs(now() - last.at) >= LEAST_MS) last = { act, at: now(), answer: ask() };
    return last.answer;
  };
}
