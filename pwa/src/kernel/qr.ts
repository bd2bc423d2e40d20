/**
 * Text to QR symbol, as modules in one path of an SVG (FORMAT section 8; ISO/IEC 18004). The only caller of the QR writer.
 *
 * What we sign is always alphanumeric, the lowest version that holds the text at the level asked for, never a higher level than asked.
 * Reading is the camera's.
 */
import encodeQR, { type ErrorCorrection } from "qr";

import { QR_TEXT } from "./bounds.ts";
import { Refused } from "./refused.ts";

export type QrLevel = "L" | "M" | "Q";
const LEVELS: Readonly<Record<QrLevel, ErrorCorrection>> = { L: "low", M: "medium", Q: "quartile" };
const ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]+$/;
/** The quiet zone that the standard asks for, in modules; it is part of `size`. */
const QUIET = 4;

export interface QrDrawing {
  /** Modules a side, the quiet zone included. */
  readonly size: number;
  readonly version: number;
  /** The dark modules as a path in a square of `size`: a run of modules in a row is one rectangle. */
  readonly path: string;
}

/** A text's symbol. Refuses `invalid_value` for what is not alphanumeric, `too_large_for_qr`. */
export function drawQr(text: string, level: QrLevel): QrDrawing {
  if (text.length > QR_TEXT) throw new Refused("too_large_for_qr", "more than one symbol holds");
  if (!ALPHANUMERIC.test(text)) throw new Refused("invalid_value", "a QR text is alphanumeric");
  return drawn(text, level, "alphanumeric");
}

/** The symbol of a text that other programs read, such as a code app's address; never of what we sign. */
export function drawPlainQr(text: string, level: QrLevel): QrDrawing {
  if (text.length > QR_TEXT) throw new Refused("too_large_for_qr", "more than one symbol holds");
  return drawn(text, level, "byte");
}

type Encoding = "alphanumeric" | "byte";

function drawn(text: string, level: QrLevel, encoding: Encoding): QrDrawing {
  const rows = modulesOf(text, level, encoding);
  const size = rows.length;
  const path = rows.map((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`).join("")).join("");
  return { size, version: (size - 2 * QUIET - 17) / 4, path };
}

function modulesOf(text: string, level: QrLevel, encoding: Encoding): boolean[][] {
  try {
    return encodeQR(text, "raw", { ecc: LEVELS[level], encoding, border: QUIET });
  } catch {
    throw new Refused("too_large_for_qr", "more than one symbol holds"); // its only fault for a text of the encoding
  }
}

/** Each run of dark modules of a row: where it begins and how long it is. */
function runsOf(row: readonly boolean[]): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
