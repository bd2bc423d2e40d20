/**
 * A code's modules out of a blurred picture. Focus, motion and ink spread every module into its neighbours in the same way
 * all over the symbol: that way is learned from the symbol itself (a linear filter over the samples around a module, fitted
 * to what the modules seem to be and to what the fixed ones are), applied, and learned again. Words are not made here.
 */
import { type Grid, fixedOf } from "./fit.ts";
import { between, evened, type Grey, type Pixels } from "./picture.ts";

const TURNS = 3;
const QUIET = 4;
const SCALE = 3;

/**
 * The symbol's modules in rows, 1 dark. Of each, `reach` half modules on every side are weighed, and each is taken against
 * the `local` half modules around it.
 */
export function modulesOf(grey: Grey, grid: Grid, reach: number, local: number): Uint8Array {
  const { size, version } = grid;
  const rows = samples(grey, grid, reach, local);
  const taps = (2 * reach + 1) ** 2 + 1;
  const solve = factor(rows, taps);
  const fixed = fixedOf(version);
  const dark = new Uint8Array(size * size);
  const middle = (taps - 2) / 2;
  for (let n = 0; n < dark.length; n += 1) dark[n] = rows[n * taps + middle]! < 0 ? 1 : 0;
  const settle = (): void => {
    for (const { x, y, sign } of fixed) dark[y * size + x] = sign > 0 ? 1 : 0;
  };
  settle();
  for (let turn = 0; turn < TURNS; turn += 1) {
    const weights = solve(dark);
    for (let n = 0; n < dark.length; n += 1) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap += 1) sum += weights[tap]! * rows[n * taps + tap]!;
      dark[n] = sum < 0 ? 1 : 0;
    }
    settle();
  }
  return dark;
}

/** The modules as a clean picture with its quiet zone. */
export function drawn(dark: Uint8Array, size: number): Pixels {
  const width = (size + 2 * QUIET) * SCALE;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < size * SCALE; y += 1) {
    for (let x = 0; x < size * SCALE; x += 1) {
      if (dark[Math.floor(y / SCALE) * size + Math.floor(x / SCALE)] === 0) continue;
      const at = ((y + QUIET * SCALE) * width + x + QUIET * SCALE) * 4;
      data.fill(0, at, at + 3);
    }
  }
  return { width, height: width, data };
}

/** For every module the values around its middle, half a module apart, and a one. */
function samples(grey: Grey, { size, at }: Grid, reach: number, local: number): Float32Array {
  const side = 2 * size + 1 + 2 * reach;
  const seen = { width: side, height: side, data: new Float32Array(side * side) };
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const place = at((x - reach) / 2, (y - reach) / 2);
      seen.data[y * side + x] = between(grey, place.x, place.y);
    }
  }
  const lattice = evened(seen, local).data;
  const taps = (2 * reach + 1) ** 2 + 1;
  const rows = new Float32Array(size * size * taps);
  let place = 0;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      for (let down = 0; down <= 2 * reach; down += 1) {
        const from = (2 * y + 1 + down) * side + 2 * x + 1;
        for (let right = 0; right <= 2 * reach; right += 1) rows[place++] = lattice[from + right]!;
      }
      rows[place++] = 1;
    }
  }
  return rows;
}

/** Least squares with a small ridge, factored once (Cholesky); the answer gives the weights for a set of colours. */
function factor(rows: Float32Array, taps: number): (dark: Uint8Array) => Float64Array {
  const count = rows.length / taps;
  const lower = new Float64Array(taps * taps);
  for (let n = 0; n < rows.length; n += taps) {
    for (let i = 0; i < taps; i += 1) {
      const value = rows[n + i]!;
      for (let j = 0; j <= i; j += 1) lower[i * taps + j] = lower[i * taps + j]! + value * rows[n + j]!;
    }
  }
  for (let i = 0; i < taps; i += 1) {
    lower[i * taps + i] = lower[i * taps + i]! + 0.002 * count;
    for (let j = 0; j <= i; j += 1) {
      let sum = lower[i * taps + j]!;
      for (let k = 0; k < j; k += 1) sum -= lower[i * taps + k]! * lower[j * taps + k]!;
      lower[i * taps + j] = i === j ? Math.sqrt(sum) : sum / lower[j * taps + j]!;
    }
  }
  return (dark) => {
    const sought = new Float64Array(taps);
    for (let n = 0; n < count; n += 1) {
      const sign = dark[n] === 1 ? -1 : 1;
      for (let i = 0; i < taps; i += 1) sought[i] = sought[i]! + sign * rows[n * taps + i]!;
    }
    for (let i = 0; i < taps; i += 1) {
      for (let k = 0; k < i; k += 1) sought[i] = sought[i]! - lower[i * taps + k]! * sought[k]!;
      sought[i] = sought[i]! / lower[i * taps + i]!;
    }
    for (let i = taps - 1; i >= 0; i -= 1) {
      for (let k = i + 1; k < taps; k += 1) sought[i] = sought[i]! - lower[k * taps + i]! * sought[k]!;
      sought[i] = sought[i]! / lower[i * taps + i]!;
    }
    return sought;
  };
}
