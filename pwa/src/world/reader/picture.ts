/** Pictures in grey for the second look: smaller, evened out, turned upright. Pure numbers; nothing is found or read here. */

/** Rows of brightness; a normalised picture has 0 for the local mean, above it lighter, below darker. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** A picture turned by an angle; `from` gives the place in the picture it was made of. */
export interface Turned {
  readonly grey: Grey;
  readonly from: (x: number, y: number) => Point;
}

/** A picture as it comes: one byte of brightness a pixel, or four of colour as a canvas gives them. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>;
}
/** One byte of brightness a pixel. */
export interface Light extends Pixels {
  readonly data: Uint8Array<ArrayBuffer>;
}

const FAINT = 5; // of 255: contrast below this is the sensor's noise and is not blown up

/** The brightness of a picture that may be in colour. */
export function lightOf({ width, height, data: pixels }: Pixels): Light {
  if (pixels.length < 4 * width * height) return { width, height, data: new Uint8Array(pixels.buffer, pixels.byteOffset, width * height) };
  const data = new Uint8Array(width * height);
  for (let n = 0, at = 0; n < data.length; n += 1, at += 4) data[n] = (306 * pixels[at]! + 601 * pixels[at + 1]! + 117 * pixels[at + 2]!) >> 10;
  return { width, height, data };
}

/** Every `step` by `step` pixels joined into one. */
export function greyOf({ width: full, height: rows, data: light }: Light, step: number): Grey {
  const width = Math.floor(full / step);
  const height = Math.floor(rows / step);
  if (step === 1) return { width, height, data: Float32Array.from(light) };
  const data = new Float32Array(width * height);
  for (let y = 0; y < height * step; y += 1) {
    const row = Math.floor(y / step) * width;
    for (let x = 0, from = y * full; x < width; x += 1) {
      let sum = 0;
      for (const end = from + step; from < end; from += 1) sum += light[from]!;
      data[row + x] = data[row + x]! + sum / (step * step);
    }
  }
  return { width, height, data };
}

/** As a picture file (Netpbm PGM), the form in which zxing takes brightness without a detour through colours. */
export function fileOf({ width, height, data }: Light): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(head.length + data.length);
  file.set(head);
  file.set(data, head.length);
  return file;
}

/** Sums of all values above and left of a place, one column and row wider than the picture. */
export function sums({ width, height, data }: Grey, power: 1 | 2): Float64Array {
  const found = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      const value = data[y * width + x] ?? 0;
      row += power === 1 ? value : value * value;
      found[(y + 1) * (width + 1) + x + 1] = (found[y * (width + 1) + x + 1] ?? 0) + row;
    }
  }
  return found;
}

/** Every value against mean and deviation of those up to `reach` away: shadow, glare and a grey print come out alike. */
export function evened(grey: Grey, reach: number): Grey {
  const { width, height } = grey;
  const [one, two] = [sums(grey, 1), sums(grey, 2)];
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - reach) * (width + 1);
    const end = Math.min(height, y + reach + 1) * (width + 1);
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - reach);
      const right = Math.min(width, x + reach + 1);
      const count = ((end - top) / (width + 1)) * (right - left);
      const mean = (one[end + right]! - one[top + right]! - one[end + left]! + one[top + left]!) / count;
      const square = (two[end + right]! - two[top + right]! - two[end + left]! + two[top + left]!) / count;
      data[y * width + x] = (grey.data[y * width + x]! - mean) / (Math.sqrt(Math.max(0, square - mean * mean)) + FAINT);
    }
  }
  return { width, height, data };
}

/** The angle of the edges, between -45 and 45 degrees in radians: a code's all lie along two directions. */
export function tilt({ width, height, data }: Grey): number {
  let re = 0;
  let im = 0;
  for (let y = 1; y < height - 1; y += 2) {
    for (let x = 1; x < width - 1; x += 2) {
      const at = y * width + x;
      const slope = data[at + width + 1]! - data[at - width - 1]!;
      const other = data[at - width + 1]! - data[at + width - 1]!;
      const right = slope + other + data[at + 1]! - data[at - 1]!;
      const down = slope - other + data[at + width]! - data[at - width]!;
      const a = right * right - down * down;
      const b = 2 * right * down;
      const size = right * right + down * down + 1e-9;
      re += (a * a - b * b) / size;
      im += (2 * a * b) / size;
    }
  }
  return Math.atan2(im, re) / 4;
}

/** The picture turned back by the angle, on a canvas that holds all of it. */
export function upright(grey: Grey, angle: number): Turned {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const width = Math.ceil(Math.abs(grey.width * cos) + Math.abs(grey.height * sin));
  const height = Math.ceil(Math.abs(grey.width * sin) + Math.abs(grey.height * cos));
  const from = (x: number, y: number): Point => {
    const right = x - width / 2;
    const down = y - height / 2;
    return { x: grey.width / 2 + right * cos - down * sin, y: grey.height / 2 + right * sin + down * cos };
  };
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    let { x: across, y: along } = from(0, y);
    for (let x = 0; x < width; x += 1, across += cos, along += sin) {
      if (across >= 0 && along >= 0 && across < grey.width - 1 && along < grey.height - 1) data[y * width + x] = between(grey, across, along);
    }
  }
  return { grey: { width, height, data }, from };
}

/** The value at a place between pixels, from the four around it; outside, that of the edge. */
export function between({ width, height, data }: Grey, x: number, y: number): number {
  const across = Math.min(Math.max(x, 0), width - 1.001);
  const along = Math.min(Math.max(y, 0), height - 1.001);
  const column = Math.floor(across);
  const row = Math.floor(along);
  const right = across - column;
  const at = row * width + column;
  const upper = data[at]! + (data[at + 1]! - data[at]!) * right;
  const lower = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * right;
  return upper + (lower - upper) * (along - row);
}
