/**
 * Corrects a symbol with more damage than its checks bear while nothing is known of where it is: how clearly each module
 * was seen says which words to leave open, and an open word costs one check where a wrong one costs two (generalised
 * minimum distance decoding, Forney 1966). What the words say is zxing's to read.
 */
import { blocksOf, formatOf, isTurned } from "./codewords.ts";
import { corrected } from "./solomon.ts";

/** Checks that stay over where words were left open: others than those drawn would come out once in 2^32. */
const SPARE = 4;
const STEEP = 4;

/** The modules that seem dark, as 1: those below 0. */
export function darkOf(light: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(light, (value) => (value < 0 ? 1 : 0));
}

/** The modules in rows, 1 dark, of how light each seems (below 0: dark); null where a block cannot be corrected. */
export function mended(light: Float64Array, version: number): Uint8Array | null {
  const size = 17 + 4 * version;
  const { level, mask } = formatOf(light, size);
  const dark = darkOf(light);
  const bitAt = (place: number): number => dark[place]! ^ (isTurned(mask, place, size) ? 1 : 0);
  for (const { places, checks } of blocksOf(version, level)) {
    const words = new Uint8Array(places.length / 8);
    const doubts = new Float64Array(words.length);
    places.forEach((place, n) => {
      words[n >> 3] = (words[n >> 3]! << 1) | bitAt(place);
      doubts[n >> 3] = doubts[n >> 3]! + Math.log1p(Math.exp(-STEEP * Math.abs(light[place]!)));
    });
    const found = nearest(words, checks, doubts);
    if (found === null) return null;
    places.forEach((place, n) => {
      const bit = (found[n >> 3]! >> (7 - (n & 7))) & 1;
      if (bit !== bitAt(place)) dark[place] = 1 - dark[place]!;
    });
  }
  return dark;
}

/** The words of a block, as few left open as will do, the most doubtful first. */
function nearest(words: Uint8Array, checks: number, doubts: Float64Array): Uint8Array | null {
  const order = Array.from(doubts.keys()).sort((one, other) => doubts[other]! - doubts[one]!);
  for (let open = 0; open <= checks - SPARE; open += 2) {
    const found = corrected(words, checks, order.slice(0, open));
    if (found !== null && (open === 0 || open + 2 * found.wrong + SPARE <= checks)) return found.words;
  }
  return null;
}
