/**
 * Where a code may be: its three finder squares (ISO/IEC 18004 section 5.3.2), found by how much their rings differ, so
 * that a crack or a stain across one does not hide it. What the code holds is not looked at here.
 */
import { type Grey, type Point, sums } from "./picture.ts";

/** A square that looks like a finder: its middle, pixels a module, and how clearly it stands out. */
interface Mark {
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
  readonly score: number;
}
/** The middles of the three finders, the corner between the two others first, and pixels a module. */
export interface Corners {
  readonly corner: Point;
  readonly right: Point;
  readonly below: Point;
  readonly pitch: number;
}

const SMALLEST = 1.7; // pixels a module
const PITCHES = 9;
const STEP = 2 ** 0.25;
const MARKS = 12;
const CLEAR = 1.2;
const GUESSES = 3;

/** The likeliest sets of three in an upright, evened picture, best first. */
export function findCorners(grey: Grey): Corners[] {
  const marks = findMarks(grey);
  const found: (Corners & { score: number })[] = [];
  for (const corner of marks) {
    for (const right of marks) {
      for (const below of marks) {
        const set = fitting(corner, right, below);
        if (set !== null) found.push({ ...set, score: corner.score + right.score + below.score });
      }
    }
  }
  return found.sort((one, other) => other.score - one.score).slice(0, GUESSES);
}

function fitting(corner: Mark, right: Mark, below: Mark): Corners | null {
  if (corner === right || corner === below || right === below) return null;
  const [ax, ay, bx, by] = [right.x - corner.x, right.y - corner.y, below.x - corner.x, below.y - corner.y];
  const [across, along] = [Math.hypot(ax, ay), Math.hypot(bx, by)];
  const pitches = [corner.pitch, right.pitch, below.pitch];
  const pitch = Math.cbrt(corner.pitch * right.pitch * below.pitch);
  const isSquare = across < 1.6 * along && along < 1.6 * across && ax * by - ay * bx > 0.8 * across * along;
  const isAlike = Math.max(...pitches) < 1.6 * Math.min(...pitches);
  const modules = (across + along) / 2 / pitch;
  if (!isSquare || !isAlike || modules < 12 || modules > 200) return null;
  return { corner, right, below, pitch };
}

function findMarks(grey: Grey): Mark[] {
  const table = sums(grey, 1);
  const found: Mark[] = [];
  for (let n = 0; n < PITCHES; n += 1) found.push(...marksOf(grey, table, SMALLEST * STEP ** n));
  return apart(found, MARKS);
}

/** The clearest marks, none within three modules of a clearer one. */
function apart(marks: Mark[], most: number): Mark[] {
  const kept: Mark[] = [];
  for (const mark of marks.sort((one, other) => other.score - one.score)) {
    if (kept.length === most) break;
    if (kept.every((other) => Math.hypot(mark.x - other.x, mark.y - other.y) > 3 * Math.max(mark.pitch, other.pitch))) kept.push(mark);
  }
  return kept;
}

/** Marks of one size: a walk over every second or third place, then the best place around each that stands out. */
function marksOf({ width, height }: Grey, table: Float64Array, pitch: number): Mark[] {
  const half = [3, 5, 7, 9].map((modules) => Math.round((modules * pitch - 1) / 2)) as [number, number, number, number];
  const [core, gap, ring, rim] = half;
  const [a, b, c, d] = half.map((size) => (2 * size + 1) ** 2) as [number, number, number, number];
  const box = (x: number, y: number, size: number): number => {
    const side = 2 * size + 1;
    const top = (y - size) * (width + 1) + x - size;
    const end = top + side * (width + 1);
    return table[end + side]! - table[top + side]! - table[end]! + table[top]!;
  };
  const score = (x: number, y: number): number => {
    const inner = box(x, y, core);
    if (inner > -0.2 * a) return 0;
    const middle = box(x, y, gap);
    const contrast = (middle - inner) / (b - a) - inner / a;
    if (contrast < 0.4) return 0;
    const outer = box(x, y, ring);
    const band = (outer - middle) / (c - b);
    return contrast + (middle - inner) / (b - a) - band + 0.7 * ((box(x, y, rim) - outer) / (d - c) - band);
  };
  const stride = pitch < 4 ? 2 : 3;
  const found: Mark[] = [];
  for (let y = rim + 1; y < height - rim - 1; y += stride) {
    for (let x = rim + 1; x < width - rim - 1; x += stride) {
      const value = score(x, y);
      if (value > 0.8 * CLEAR) found.push({ x, y, pitch, score: value });
    }
  }
  return apart(found, 3 * MARKS).map((mark) => climbed(mark, score)).filter((mark) => mark.score > CLEAR);
}

function climbed(mark: Mark, score: (x: number, y: number) => number): Mark {
  let best = mark;
  for (let y = mark.y - 1; y <= mark.y + 1; y += 1) {
    for (let x = mark.x - 1; x <= mark.x + 1; x += 1) {
      const value = score(x, y);
      if (value > best.score) best = { ...mark, x, y, score: value };
    }
  }
  return best;
}
