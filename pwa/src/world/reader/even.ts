/**
 * A code's modules out of a blurred picture. Focus, motion and ink spread every module into its neighbours in the same way
 * all over the symbol: that way is learned from the symbol itself (a linear filter over the samples around a module, fitted
 * to what the modules seem to be and to what the fixed ones are), applied, and learned again. Words are not made here.
 */
import { fixedOf } from "../../kernel/symbol/fixed.ts";
import { darkOf } from "../../kernel/symbol/mend.ts";
import type { Grid } from "./fit.ts";
import { between, evened, type Grey, type Light } from "./picture.ts";

const TURNS = 3;
const RIDGE = 0.002;
const QUIET = 4;
const SCALE = 3;

/**
 * How light the symbol's modules seem, in rows: below 0 dark, near 0 doubtful. Of each, `reach` half modules on every side
 * are weighed, and each is taken against the `local` half modules around it.
 */
export function modulesOf(grey: Grey, grid: Grid, reach: number, local: number): Float64Array {
  const { size, version } = grid;
  const taps = samples(grey, grid, reach, local);
  const weigh = learner(taps);
  const middle = taps[(taps.length - 2) / 2]!;
  const dark = darkOf(middle);
  const settle = (): void => {
    for (const { x, y, sign } of fixedOf(version)) dark[y * size + x] = sign > 0 ? 1 : 0;
  };
  settle();
  let light: Float64Array = new Float64Array(dark.length);
  for (let turn = 0; turn < TURNS; turn += 1) {
    light = weigh(dark);
    dark.set(darkOf(light));
    settle();
  }
  return light.map((value, n) => (dark[n] === 1 ? -Math.abs(value) : Math.abs(value)));
}

/** The modules as a clean picture with its quiet zone. */
export function drawn(dark: Uint8Array, size: number): Light {
  const width = (size + 2 * QUIET) * SCALE;
  const data = new Uint8Array(width * width).fill(255);
  for (let y = 0; y < size * SCALE; y += 1) {
    const row = Math.floor(y / SCALE) * size;
    for (let x = 0; x < size; x += 1) {
      const at = (y + QUIET * SCALE) * width + (x + QUIET) * SCALE;
      if (dark[row + x] === 1) data.fill(0, at, at + SCALE);
    }
  }
  return { width, height: width, data };
}

/** Place by place around a module's middle, half a module apart, the values there of all modules; last, a one for each. */
function samples(grey: Grey, { size, at }: Grid, reach: number, local: number): Float32Array[] {
  const side = 2 * size + 1 + 2 * reach;
  const seen = { width: side, height: side, data: new Float32Array(side * side) };
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const place = at((x - reach) / 2, (y - reach) / 2);
      seen.data[y * side + x] = between(grey, place.x, place.y);
    }
  }
  const lattice = evened(seen, local).data;
  const found: Float32Array[] = [];
  for (let down = 1; down <= 2 * reach + 1; down += 1) {
    for (let right = 1; right <= 2 * reach + 1; right += 1) {
      const values = new Float32Array(size * size);
      for (let n = 0; n < values.length; n += 1) values[n] = lattice[(2 * Math.floor(n / size) + down) * side + 2 * (n % size) + right]!;
      found.push(values);
    }
  }
  return [...found, new Float32Array(size * size).fill(1)];
}

/** Least squares with a small ridge, factored once (Cholesky): colours in, what the fitted filter makes of the samples out. */
function learner(taps: readonly Float32Array[]): (dark: Uint8Array) => Float64Array {
  const count = taps[0]!.length;
  const lower: Float64Array[] = [];
  taps.forEach((values, i) => {
    const row = new Float64Array(i + 1);
    lower.push(row);
    for (let j = 0; j <= i; j += 1) {
      let sum = dot(values, taps[j]!) + (i === j ? RIDGE * count : 0);
      for (let k = 0; k < j; k += 1) sum -= row[k]! * lower[j]![k]!;
      row[j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  });
  return (dark) => {
    const signs = Float32Array.from(dark, (one) => (one === 1 ? -1 : 1));
    const weights = new Float64Array(taps.length);
    lower.forEach((row, i) => {
      let sum = dot(taps[i]!, signs);
      for (let k = 0; k < i; k += 1) sum -= row[k]! * weights[k]!;
      weights[i] = sum / row[i]!;
    });
    for (let i = taps.length - 1; i >= 0; i -= 1) {
      weights[i] = weights[i]! / lower[i]![i]!;
      for (let k = 0; k < i; k += 1) weights[k] = weights[k]! - lower[i]![k]! * weights[i]!;
    }
    const found = new Float64Array(count);
    taps.forEach((values, i) => {
      const weight = weights[i]!;
      for (let n = 0; n < count; n += 1) found[n] = found[n]! + weight * values[n]!;
    });
    return found;
  };
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < one.length; n += 1) sum += one[n]! * other[n]!;
  return sum;
}
