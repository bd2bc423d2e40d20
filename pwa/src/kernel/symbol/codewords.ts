/**
 * Where a symbol keeps its codewords: their modules in reading order, the blocks that they belong to, the mask over them
 * (ISO/IEC 18004 sections 7.6 to 7.9). Nothing is corrected or read here.
 */
// The writer's own tables, which it marks as private: its version is locked, and a test holds every symbol against them.
import { _BYTES as BYTES, _ECC_BLOCKS as BLOCKS, _ECC_LEVELS as LEVELS, _formatBits as formatBits, _WORDS_PER_BLOCK as CHECKS } from "qr";
import { fixedOf } from "./fixed.ts";

/** The words that are checked together: the modules of their bits, eight a word, and how many of the words are checks. */
export interface Block {
  readonly places: Int32Array;
  readonly checks: number;
}
/** How a symbol says that it is made. */
export interface Format {
  readonly level: (typeof LEVELS)[number];
  readonly mask: number;
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Whether a mask turns the module at a place round. */
export function isTurned(mask: number, place: number, size: number): boolean {
  return MASKS[mask]!(place % size, Math.floor(place / size));
}

/** Level and mask, by the likeliest of the thirty-two words that both copies of them can hold. */
export function formatOf(light: Float64Array, size: number): Format {
  let best: Format & { match: number } = { level: "low", mask: 0, match: Number.NEGATIVE_INFINITY };
  for (const level of LEVELS) {
    for (let mask = 0; mask < MASKS.length; mask += 1) {
      const bits = formatBits(level, mask);
      let match = 0;
      for (let n = 0; n < 15; n += 1) {
        for (const place of formatPlaces(n, size)) match += Math.max(-1, Math.min(1, light[place]!)) * ((bits >> n) & 1 ? -1 : 1);
      }
      if (match > best.match) best = { level, mask, match };
    }
  }
  return best;
}

/** The blocks of a symbol of this version and level. */
export function blocksOf(version: number, level: Format["level"]): Block[] {
  const [count, checks, words] = [BLOCKS[level][version - 1]!, CHECKS[level][version - 1]!, BYTES[version - 1]!];
  const short = Math.floor(words / count) - checks;
  const long = count - (words % count); // the blocks from this one on have one word more
  const blocks = Array.from({ length: count }, (_, at) => new Int32Array(8 * (short + checks + (at < long ? 0 : 1))));
  const places = dataPlaces(version);
  let word = 0;
  const put = (at: number, n: number): void => {
    blocks[at]!.set(places.slice(8 * word, 8 * word + 8), 8 * n);
    word += 1;
  };
  for (let n = 0; n < short; n += 1) for (let at = 0; at < count; at += 1) put(at, n);
  for (let at = long; at < count; at += 1) put(at, short);
  for (let n = 0; n < checks; n += 1) for (let at = 0; at < count; at += 1) put(at, short + n + (at < long ? 0 : 1));
  return blocks.map((one) => ({ places: one, checks }));
}

/** The two places of a bit of the format. */
function formatPlaces(n: number, size: number): readonly [number, number] {
  const first = n < 6 ? n * size + 8 : n < 8 ? (n + 1) * size + 8 : n === 8 ? 8 * size + 7 : 8 * size + 14 - n;
  return [first, n < 8 ? 8 * size + size - 1 - n : (size - 15 + n) * size + 8];
}

/** The modules that hold codewords, in the order of their bits: up and down in pairs of columns from the right. */
function dataPlaces(version: number): number[] {
  const size = 17 + 4 * version;
  const taken = new Set(fixedOf(version).map(({ x, y }) => y * size + x));
  for (let n = 0; n < 15; n += 1) for (const place of formatPlaces(n, size)) taken.add(place);
  for (let n = 0; version >= 7 && n < 18; n += 1) {
    const [far, near] = [size - 11 + (n % 3), Math.floor(n / 3)];
    taken.add(near * size + far).add(far * size + near);
  }
  const found: number[] = [];
  for (let pair = size - 1; pair > 0; pair -= 2) {
    const right = pair <= 6 ? pair - 1 : pair; // the upright timing pattern is passed over
    const isUpward = ((right + 1) & 2) === 0;
    for (let n = 0; n < size; n += 1) {
      const row = (isUpward ? size - 1 - n : n) * size;
      for (const place of [row + right, row + right - 1]) if (!taken.has(place)) found.push(place);
    }
  }
  return found;
}
