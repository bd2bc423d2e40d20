// The page's own reader over a pipe, for `puente bench camera`: in come frames (width and height as 32-bit numbers, then
// bytes of grey), out goes a line of JSON for each: the texts that the page reads, and those that zxing alone finds. One
// frame, one try. Driven by bench/camera/reading.py.
import { readFileSync } from "node:fs";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { quickLook, type Read, readFrame } from "../src/world/reader/look.ts";
import type { Pixels } from "../src/world/reader/picture.ts";

const wasm = readFileSync(new URL("../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", import.meta.url));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });

/** Node has no ImageData; the reader wants no more of one than these three. */
const picture = ({ data, width, height }: Pixels): ImageData => ({ data, width, height, colorSpace: "srgb" });
const read: Read = async (pixels, options) => (await readBarcodes(picture(pixels), options)).filter((code) => code.isValid).map((code) => code.text);

function pixelsOf(width: number, height: number, grey: Uint8Array): Pixels {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let n = 0; n < grey.length; n += 1) data.fill(grey[n] ?? 0, 4 * n, 4 * n + 3);
  return { width, height, data };
}

let waiting = Buffer.alloc(0);
for await (const piece of process.stdin) {
  waiting = Buffer.concat([waiting, piece as Buffer]);
  while (waiting.length >= 8) {
    const [width, height] = [waiting.readUInt32LE(0), waiting.readUInt32LE(4)];
    const end = 8 + width * height;
    if (waiting.length < end) break;
    const pixels = pixelsOf(width, height, waiting.subarray(8, end));
    waiting = waiting.subarray(end);
    const answer = { page: await readFrame(pixels, read), zxing: await quickLook(pixels, read) };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
