// The page's own reader over a pipe, for `puente bench camera`: in come frames (width and height as 32-bit numbers, then
// bytes of grey), out goes a line of JSON for each: the texts that the page reads, and those that zxing alone finds. One
// frame, one try. Driven by bench/camera/reading.py.
import { readFileSync } from "node:fs";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { quickLook, type Read, readFrame } from "../src/world/reader/look.ts";

const wasm = readFileSync(new URL("../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", import.meta.url));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });

const read: Read = async (file, options) => (await readBarcodes(file, options)).filter((code) => code.isValid).map((code) => code.text);

let waiting = Buffer.alloc(0);
for await (const piece of process.stdin) {
  waiting = Buffer.concat([waiting, piece as Buffer]);
  while (waiting.length >= 8) {
    const [width, height] = [waiting.readUInt32LE(0), waiting.readUInt32LE(4)];
    const end = 8 + width * height;
    if (waiting.length < end) break;
    const pixels = { width, height, data: new Uint8Array(waiting.subarray(8, end)) };
    waiting = waiting.subarray(end);
    const answer = { page: await readFrame(pixels, read), zxing: await quickLook(pixels, read) };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
