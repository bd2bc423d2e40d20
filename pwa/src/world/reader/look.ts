/**
 * How a picture is read: a quick look by zxing as it is, and where that finds nothing, a thorough one that finds the code,
 * lays its grid, evens and corrects its modules itself and lets zxing read the clean symbol. Whose WebAssembly reads is given in.
 */
import type { ReaderOptions } from "zxing-wasm/reader";
import { darkOf, mended } from "../../kernel/symbol/mend.ts";
import { drawn, modulesOf } from "./even.ts";
import { findCorners } from "./find.ts";
import { fitGrid } from "./fit.ts";
import { evened, fileOf, greyOf, type Light, lightOf, type Pixels, type Point, tilt, upright } from "./picture.ts";

/** zxing's reader: a picture's file in, the texts of the symbols whose error correction came out. */
export type Read = (file: Uint8Array<ArrayBuffer>, options: ReaderOptions) => Promise<readonly string[]>;

// No Micro QR, no rMQR: zxing finds some in every damaged QR, and we show none.
const FRAME: ReaderOptions = { formats: ["QRCodeModel2"], tryHarder: true, tryInvert: false, tryDownscale: true, maxNumberOfSymbols: 1 };
const PHOTO: ReaderOptions = { formats: ["QRCodeModel2"], tryHarder: true, tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 9 };
// A pure symbol is read as "QRCode" alone: zxing-wasm 3.1.4 finds none when asked for the model.
const CLEAN: ReaderOptions = { formats: ["QRCode"], isPure: true, tryHarder: false, tryInvert: false, tryRotate: false, tryDownscale: false, maxNumberOfSymbols: 1 };
const ROWS = 400; // about so many rows are enough to find a code and lay its grid
const NEAR = 12; // pixels there that count as local: some four modules
const FINE = 3; // pixels a module that are enough to read one
/** How a module's neighbours are weighed, one way after the other: half modules that count, half modules of surroundings. */
const WAYS = [[2, 3], [3, 6]] as const;

/** The texts of a camera's frame. */
export async function readFrame(pixels: Pixels, read: Read): Promise<readonly string[]> {
  return readAs(FRAME, pixels, read);
}

/** The texts of a photo, of which it may hold several. */
export async function readPhoto(pixels: Pixels, read: Read): Promise<readonly string[]> {
  return readAs(PHOTO, pixels, read);
}

/** The first half of a frame's reading alone: what zxing finds by itself. */
export async function quickLook(pixels: Pixels, read: Read): Promise<readonly string[]> {
  return read(fileOf(lightOf(pixels)), FRAME);
}

/** A symbol of ours that says VC1-NADIE: its modules row after row, eight a byte. */
const NOBODY = "/o8/wWpQbpgrt1Jl26Uq7BEtB/qq/gHTALc1JexLsSbvL3Q3FkphtEpi1qXOVn9iJfIbC/wAQcW/qevQUtHroG/11gE264g1BL3p/rCEgA==";
const NOBODYS = 25;

/** A look at a clean symbol instead: a browser compiles the reader's code when it is first run, and none runs it all until a code is seen. */
export async function rehearsedLook(_: Pixels, read: Read): Promise<readonly string[]> {
  const bytes = atob(NOBODY);
  const dark = Uint8Array.from({ length: NOBODYS ** 2 }, (_, n) => (bytes.charCodeAt(n >> 3) >> (7 - (n & 7))) & 1);
  return read(fileOf(drawn(dark, NOBODYS)), FRAME);
}

/** The second half of it alone, for a frame in which zxing found nothing. */
export async function thoroughLook(pixels: Pixels, read: Read): Promise<readonly string[]> {
  return thorough(lightOf(pixels), read);
}

async function readAs(options: ReaderOptions, pixels: Pixels, read: Read): Promise<readonly string[]> {
  const light = lightOf(pixels);
  const texts = await read(fileOf(light), options);
  return texts.length > 0 ? texts : thorough(light, read);
}

async function thorough(light: Light, read: Read): Promise<readonly string[]> {
  const step = Math.max(1, Math.round(light.height / ROWS));
  const grey = evened(greyOf(light, step), NEAR);
  const turned = upright(grey, tilt(grey));
  for (const corners of findCorners(turned.grey)) {
    const grid = fitGrid(turned.grey, corners);
    if (grid === null) continue;
    const fine = Math.max(1, Math.floor((grid.pitch * step) / FINE));
    const scale = step / fine;
    const at = (x: number, y: number): Point => {
      const there = grid.at(x, y);
      const { x: right, y: down } = turned.from(there.x, there.y);
      return { x: (right + 0.5) * scale - 0.5, y: (down + 0.5) * scale - 0.5 };
    };
    const sharp = greyOf(light, fine);
    for (const [reach, local] of WAYS) {
      const modules = modulesOf(sharp, { ...grid, at }, reach, local);
      const texts = await read(fileOf(drawn(mended(modules, grid.version) ?? darkOf(modules), grid.size)), CLEAN);
      if (texts.length > 0) return texts;
    }
  }
  return [];
}
