/** QR symbols: the very text comes back from the page's own reader, versions are FORMAT 8's, nothing but alphanumeric is drawn. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { drawQr, type QrLevel } from "../../src/kernel/qr.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { FORMAT, readVectors } from "../published.ts";

const wasmBinary = readFileSync(new URL("../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", import.meta.url));
prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer.slice(wasmBinary.byteOffset, wasmBinary.byteOffset + wasmBinary.length) as ArrayBuffer } });

/** The drawing as the picture that a screen shows, four pixels a module. */
function picture(path: string, size: number, scale = 4): ImageData {
  const side = size * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x = "", y = "", run = ""] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      for (let place = Number(x) * scale; place < (Number(x) + Number(run)) * scale; place += 1) data.set([0, 0, 0], (row * side + place) * 4);
    }
  }
  return { data, width: side, height: side, colorSpace: "srgb" } as ImageData;
}

function textOf(length: number): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  return Array.from({ length }, (_, place) => letters[(place * 7 + (place % 11)) % 45]).join("");
}

test("the lowest version of each level, at and one over FORMAT 8.1's capacities", () => {
  const capacities: readonly (readonly [QrLevel, number, number])[] = [["L", 15, 758], ["M", 12, 419], ["M", 11, 366], ["Q", 12, 296], ["Q", 15, 426], ["L", 40, 4296]];
  for (const [level, version, chars] of capacities) {
    assert.equal(drawQr(textOf(chars), level).version, version, `${level} ${chars}`);
    if (version < 40) assert.equal(drawQr(textOf(chars + 1), level).version, version + 1, `${level} ${chars + 1}`);
  }
});

test("the page's reader reads the very text back", async () => {
  for (const [level, chars] of [["M", 380], ["L", 700], ["Q", 317], ["M", 14]] as const) {
    const text = textOf(chars);
    const { path, size } = drawQr(text, level);
    const [found] = await readBarcodes(picture(path, size), { formats: ["QRCode"] });
    assert.equal(found?.text, text);
    assert.equal(found?.ecLevel, level);
  }
});

interface Vector {
  readonly qr_text: string;
  readonly sizes: { readonly qrVersion: Readonly<Record<QrLevel, number>> };
}

test("the format's own passes take the versions of FORMAT 8.2 and come back letter for letter", async () => {
  const names = readdirSync(FORMAT).filter((name) => /^p\d\d-.*\.json$/.test(name));
  assert.ok(names.length >= 8);
  for (const name of names) {
    const { qr_text: text, sizes } = readVectors<Vector>(FORMAT, name);
    for (const [level, version] of Object.entries(sizes.qrVersion) as [QrLevel, number][]) {
      const drawn = drawQr(text, level);
      assert.equal(drawn.version, version, `${name} ${level}`);
      const [found] = await readBarcodes(picture(drawn.path, drawn.size, 3), { formats: ["QRCode"] });
      assert.deepEqual([found?.text, found?.ecLevel], [text, level], name);
    }
  }
});

test("what is not alphanumeric or does not fit is refused", () => {
  for (const [text, code] of [["vc1", "invalid_value"], ["", "invalid_value"], ["Ñ", "invalid_value"], [textOf(4297), "too_large_for_qr"]] as const) {
    assert.throws(() => drawQr(text, "L"), (fault) => fault instanceof Refused && fault.code === code, text);
  }
  assert.throws(() => drawQr(textOf(3400), "M"), (fault) => fault instanceof Refused && fault.code === "too_large_for_qr");
});
