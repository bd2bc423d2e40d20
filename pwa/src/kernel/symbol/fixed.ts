/**
 * A symbol's fixed modules: finders, timing, alignment (ISO/IEC 18004 section 5.3). What depends on its words is
 * `codewords.ts`'s.
 */

/** A module with a fixed colour: 1 dark, -1 light. */
export interface Fixed {
  readonly x: number;
  readonly y: number;
  readonly sign: number;
}

const templates = new Map<number, readonly Fixed[]>();

/** The modules whose colour is fixed, of a version from 2 to 40. */
export function fixedOf(version: number): readonly Fixed[] {
  const known = templates.get(version);
  if (known !== undefined) return known;
  const size = 17 + 4 * version;
  const colours = new Map<number, number>();
  const set = (x: number, y: number, dark: boolean): void => void colours.set(y * size + x, dark ? 1 : -1);
  for (let n = 8; n < size - 8; n += 1) {
    set(n, 6, n % 2 === 0);
    set(6, n, n % 2 === 0);
  }
  for (const [left, top] of [[0, 0], [size - 7, 0], [0, size - 7]] as const) {
    for (let y = -1; y < 8; y += 1) {
      for (let x = -1; x < 8; x += 1) {
        const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
        if (left + x >= 0 && left + x < size && top + y >= 0 && top + y < size) set(left + x, top + y, ring !== 2 && ring !== 4);
      }
    }
  }
  for (const [middle, row] of alignments(version)) {
    for (let y = -2; y <= 2; y += 1) for (let x = -2; x <= 2; x += 1) set(middle + x, row + y, Math.max(Math.abs(x), Math.abs(y)) !== 1);
  }
  set(8, size - 8, true);
  const found = [...colours].map(([place, sign]) => ({ x: place % size, y: Math.floor(place / size), sign }));
  templates.set(version, found);
  return found;
}

/** Middles of the alignment patterns (ISO/IEC 18004 annex E). */
function alignments(version: number): (readonly [number, number])[] {
  const count = Math.floor(version / 7) + 2;
  const last = 10 + 4 * version;
  const step = version === 32 ? 26 : Math.ceil((last - 6) / (2 * count - 2)) * 2;
  const places = [6, ...Array.from({ length: count - 1 }, (_, n) => last - step * (count - 2 - n))];
  const isFinder = (x: number, y: number): boolean => (x === 6 && (y === 6 || y === last)) || (x === last && y === 6);
  return places.flatMap((y) => places.filter((x) => !isFinder(x, y)).map((x) => [x, y] as const));
}
