// The reader's thorough look: it reads what zxing alone does not find, never anything else, and ends on what holds no code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import encodeQR from "qr";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { fixedOf } from "../../../src/kernel/symbol/fixed.ts";
import { quickLook, type Read, readFrame, readPhoto, rehearsedLook } from "../../../src/world/reader/look.ts";
import { evened, greyOf, type Light, lightOf, tilt } from "../../../src/world/reader/picture.ts";

const wasm = readFileSync(new URL("../../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", import.meta.url));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
const read: Read = async (file, options) => (await readBarcodes(file, options)).filter((code) => code.isValid).map((code) => code.text);

const TEXT = `VC1-R${"0OR*W3W73P2KQ80X501534KG$-EYAKGLPNX".repeat(11)}`;
const rowsOf = (text: string): boolean[][] => encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4 });

interface Shot {
  readonly degrees?: number;
  readonly pitch: number;
  /** Brightness of a place, by what is drawn there (0 dark to 1 light) and where it is in modules and in pixels. */
  readonly light?: (value: number, x: number, y: number, column: number) => number;
}

/** A frame of 640 x 480 with a code in its middle; noise from a counter, so that it is the same every time. */
function shoot(rows: readonly boolean[][], { degrees = 0, pitch, light = (value) => value }: Shot): Light {
  const [width, height] = [640, 480];
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const data = new Uint8Array(width * height);
  let seed = 1;
  const noise = (): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 16) / 65_536 - 0.5;
  };
  for (let n = 0; n < width * height; n += 1) {
    let sum = 0;
    for (let part = 0; part < 9; part += 1) {
      const [right, down] = [(n % width) - width / 2 + (part % 3) * 0.7 - 0.7, Math.floor(n / width) - height / 2 + Math.floor(part / 3) * 0.7 - 0.7];
      const [x, y] = [(right * cos + down * sin) / pitch + rows.length / 2, (down * cos - right * sin) / pitch + rows.length / 2];
      const module = rows[Math.floor(y)]?.[Math.floor(x)];
      sum += light(module === undefined ? 0.6 : module ? 0.1 : 0.9, x, y, n % width);
    }
    data[n] = Math.min(255, Math.max(0, sum * 28.3 + 24 * noise()));
  }
  return { width, height, data };
}

test("the fixed modules of every version are those of real symbols", () => {
  for (let version = 2; version <= 40; version += 1) {
    const rows = encodeQR("PUENTE", "raw", { ecc: "low", version, encoding: "alphanumeric", border: 1 });
    const wrong = fixedOf(version).filter(({ x, y, sign }) => rows[y + 1]?.[x + 1] !== sign > 0);
    assert.deepEqual(wrong, [], `version ${version}`);
    assert.ok(fixedOf(version).length > 200);
  }
});

test("a crack across a finder hides a code from zxing alone, and is looked past", async () => {
  const crack = (value: number, x: number, y: number): number => (Math.abs(x - 0.7 * y - 3.5) < 0.55 && y < 18 ? 0.05 : value);
  for (const degrees of [0, 17, 90, 200, 318]) {
    const frame = shoot(rowsOf(TEXT), { degrees, pitch: 4, light: crack });
    assert.deepEqual(await quickLook(frame, read), [], `${degrees} degrees`);
    assert.deepEqual(await readFrame(frame, read), [TEXT], `${degrees} degrees`);
  }
});

test("a light that hides half the code is evened out", async () => {
  const lamp = (value: number, _x: number, _y: number, column: number): number => value * (0.12 + 0.88 * (column / 640) ** 2);
  assert.deepEqual(await readFrame(shoot(rowsOf(TEXT), { pitch: 3.4, light: lamp }), read), [TEXT]);
});

test("a picture without a code has no text, whatever is in it", async () => {
  const chessboard = Array.from({ length: 70 }, (_, y) => Array.from({ length: 70 }, (_unused, x) => (x + y) % 2 === 0));
  const faces = Array.from({ length: 70 }, (_, y) => Array.from({ length: 70 }, (_unused, x) => [x % 10, y % 10].every((at) => at < 7) && Math.max(Math.abs((x % 10) - 3), Math.abs((y % 10) - 3)) !== 2));
  for (const rows of [[], chessboard, faces]) assert.deepEqual(await readFrame(shoot(rows, { pitch: 4 }), read), []);
  for (const size of [1, 8, 40]) {
    const blank = { width: size, height: size, data: new Uint8ClampedArray(4 * size * size) };
    assert.deepEqual([...(await readFrame(blank, read)), ...(await readPhoto(blank, read))], []);
  }
});

test("a spoiled symbol gives no other text", async () => {
  const torn = (value: number, x: number, y: number): number => (x > 20 && x < 50 && y > 20 && y < 50 ? 0.1 : value);
  assert.deepEqual(await readFrame(shoot(rowsOf(TEXT), { pitch: 4, light: torn }), read), []);
});

test("a picture in colour is read as its brightness", async () => {
  const frame = shoot(rowsOf(TEXT), { pitch: 4 });
  const data = new Uint8ClampedArray(frame.data.length * 4);
  frame.data.forEach((value, n) => data.set([value, value, value, 255], 4 * n));
  const coloured = { ...frame, data };
  assert.ok(lightOf(coloured).data.every((value, n) => Math.abs(value - (frame.data[n] ?? 0)) <= 1));
  assert.deepEqual(lightOf(frame).data, frame.data);
  assert.deepEqual(await readFrame(coloured, read), [TEXT]);
});

test("the tilt is that of the code's sides, and evening takes no notice of exposure", () => {
  for (const degrees of [-40, -12, 0, 5, 31]) {
    const grey = evened(greyOf(shoot(rowsOf(TEXT), { degrees, pitch: 4 }), 1), 12);
    assert.ok(Math.abs((tilt(grey) * 180) / Math.PI - degrees) < 3, `${degrees} degrees`);
  }
  const bright = { width: 60, height: 60, data: Float32Array.from({ length: 3600 }, (_, n) => (Math.floor(n / 7) % 2) * 200) };
  const dim = { ...bright, data: bright.data.map((value) => 20 + value / 2) };
  const [one, other] = [evened(bright, 12).data, evened(dim, 12).data];
  assert.ok(one.every((value, n) => Math.abs(value - (other[n] ?? 0)) < 0.1));
});

test("the look that makes ready reads a whole symbol: were it stopped early, it would compile nothing", async () => {
  assert.deepEqual(await rehearsedLook({ width: 8, height: 8, data: new Uint8Array(64) }, read), ["VC1-NADIE"]);
});
