/**
 * Reed-Solomon over GF(2^8) as QR symbols use it (ISO/IEC 18004 section 7.5 and annex A; 0x11D, first root 1): words of
 * which some are known to be uncertain. Which those are is `mend.ts`'s to say.
 */

const POWER = new Uint8Array(510);
const LOG = new Uint8Array(256);
for (let n = 0, value = 1; n < 255; n += 1, value = (value << 1) ^ (value > 127 ? 0x11d : 0)) {
  POWER[n] = POWER[n + 255] = value;
  LOG[value] = n;
}

/** A polynomial, lowest power first. */
type Polynomial = readonly number[];

/** What came out: the words, and how many of those not left open were wrong. */
export interface Corrected {
  readonly words: Uint8Array;
  readonly wrong: number;
}

/**
 * The nearest valid words (the last `checks` of them checks), those at `open` taken for unknown; null where there are none
 * with `open.length + 2 * wrong <= checks`.
 */
export function corrected(words: Uint8Array, checks: number, open: readonly number[]): Corrected | null {
  const last = words.length - 1;
  const signs = Array.from({ length: checks }, (_, root) => words.reduce((sum, word) => times(sum, POWER[root]!) ^ word, 0));
  const locator = located(signs, open.map((at) => POWER[last - at]!));
  const count = locator.length - 1;
  if (2 * count > checks + open.length) return null;
  const values = product(signs, locator).slice(0, checks);
  const slope = locator.map((value, n) => (n % 2 === 1 ? value : 0)).slice(1);
  const found = words.slice();
  let roots = 0;
  for (let at = 0; at <= last; at += 1) {
    const inverse = POWER[(255 - (last - at)) % 255]!;
    if (valueAt(locator, inverse) !== 0) continue;
    roots += 1;
    const steep = valueAt(slope, inverse);
    if (steep === 0) return null;
    found[at] = found[at]! ^ times(POWER[last - at]!, over(valueAt(values, inverse), steep));
  }
  return roots === count ? { words: found, wrong: count - open.length } : null;
}

/** The polynomial whose roots are the places that are open or wrong (Berlekamp and Massey, begun with the open ones). */
function located(signs: Polynomial, open: readonly number[]): number[] {
  let found = open.reduce<number[]>((all, place) => product(all, [1, place]), [1]);
  let before = found;
  let length = open.length;
  for (let n = open.length; n < signs.length; n += 1) {
    let gap = 0;
    for (let k = 0; k <= Math.min(n, found.length - 1); k += 1) gap ^= times(found[k]!, signs[n - k]!);
    before = [0, ...before];
    if (gap === 0) continue;
    const next = sum(found, before.map((value) => times(value, gap)));
    if (2 * length <= n + open.length) {
      length = n + 1 + open.length - length;
      before = found.map((value) => over(value, gap));
    }
    found = next;
  }
  while (found.length > 1 && found.at(-1) === 0) found.pop();
  return found;
}

function times(one: number, other: number): number {
  return one === 0 || other === 0 ? 0 : POWER[LOG[one]! + LOG[other]!]!;
}

function over(one: number, other: number): number {
  return one === 0 ? 0 : POWER[LOG[one]! + 255 - LOG[other]!]!;
}

function valueAt(polynomial: Polynomial, place: number): number {
  return polynomial.reduceRight((value, next) => times(value, place) ^ next, 0);
}

function sum(one: Polynomial, other: Polynomial): number[] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, n) => (one[n] ?? 0) ^ (other[n] ?? 0));
}

function product(one: Polynomial, other: Polynomial): number[] {
  const found = new Array<number>(one.length + other.length - 1).fill(0);
  one.forEach((left, n) => other.forEach((right, k) => { found[n + k] = found[n + k]! ^ times(left, right); }));
  return found;
}
