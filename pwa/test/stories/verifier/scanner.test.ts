/** What a handheld scanner typed: as it was meant, on any keyboard; a person's typing is left alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ear, type Heard, type Stroke } from "../../../src/stories/verifier/scanner.ts";

const CODE = "VC1-R:9+A*B.C/D $%0";
/** The same keys as a Spanish keyboard writes them, where the scanner means an English one. */
const SPANISH: Readonly<Record<string, string>> = { "-": "'", ":": "Ñ", "+": "¿", "*": "(", "/": "-" };
const SHIFTED: Readonly<Record<string, string>> = { ":": "Semicolon", "+": "Equal", "*": "Digit8", "$": "Digit4", "%": "Digit5" };
const PLAIN: Readonly<Record<string, string>> = { "-": "Minus", ".": "Period", "/": "Slash", " ": "Space" };

interface Manner {
  readonly gap?: number;
  readonly inField?: boolean;
  readonly end?: string;
  readonly write?: (letter: string) => string;
  readonly code?: (letter: string) => string;
}

function codeOf(letter: string): string {
  return SHIFTED[letter] ?? PLAIN[letter] ?? (/[A-Z]/.test(letter) ? `Key${letter}` : `Digit${letter}`);
}

function typed(text: string, { gap = 4, inField = false, end = "Enter", write = (letter) => letter, code = codeOf }: Manner = {}): Heard[] {
  const ear = new Ear();
  let at = 1_000;
  const strokes = [...text].map((letter): Stroke => ({ key: write(letter), code: code(letter), shift: letter in SHIFTED || /[A-Z]/.test(letter), at: (at += gap), inField }));
  return [...strokes, { key: end, code: end, shift: false, at: at + gap, inField }].map((stroke) => ear.hear(stroke));
}

test("fast keys ended by Enter or Tab are one code, in a field and outside", () => {
  for (const inField of [false, true]) {
    for (const end of ["Enter", "Tab"]) {
      const heard = typed(CODE, { inField, end });
      assert.deepEqual(heard.at(-1), { text: CODE, foreign: false });
      assert.deepEqual(heard.slice(0, -1), [..."oo"].map(() => "other").concat(Array.from({ length: CODE.length - 2 }, () => "part")));
    }
  }
});

test("a scanner that means another keyboard is understood by its keys", () => {
  const written = [...CODE].map((letter) => SPANISH[letter] ?? letter).join("");
  assert.equal(written, "VC1'RÑ9¿A(B.C-D $%0");
  assert.deepEqual(typed(CODE, { write: (letter) => SPANISH[letter] ?? letter }).at(-1), { text: CODE, foreign: false });
  assert.deepEqual(typed(CODE, { write: (letter) => letter.toLowerCase() }).at(-1), { text: CODE, foreign: false }); // capitals were locked
});

test("where the keys tell nothing, the wrong letters are said, not guessed", () => {
  const heard = typed(CODE, { write: (letter) => SPANISH[letter] ?? letter, code: () => "" }).at(-1);
  assert.deepEqual(heard, { text: "VC1-RÑ9¿A(B.C-D $%0", foreign: true });
});

test("another barcode is given as it came", () => {
  assert.deepEqual(typed("7701234567897").at(-1), { text: "7701234567897", foreign: false });
});

test("a person who types is left alone", () => {
  assert.equal(typed("PANADERIA EL SOL", { gap: 120, inField: true }).at(-1), "other");
  assert.equal(typed("ana", { gap: 90 }).at(-1), "other");
  assert.equal(typed(CODE, { gap: 1200 }).at(-1), "other");
  assert.equal(typed("").at(-1), "other");
});

test("a code that is written slowly into a field is a code all the same", () => {
  assert.deepEqual(typed(CODE, { gap: 400, inField: true }).at(-1), { text: CODE, foreign: false });
});

test("a second end of the same code presses nothing, a later one does", () => {
  const ear = new Ear();
  const stroke = (key: string, at: number): Stroke => ({ key, code: "", shift: false, at, inField: false });
  [..."VC1-RABC"].forEach((letter, place) => ear.hear(stroke(letter, place)));
  assert.deepEqual(ear.hear(stroke("Enter", 9)), { text: "VC1-RABC", foreign: false });
  assert.equal(ear.hear(stroke("Enter", 12)), "echo");
  assert.equal(ear.hear(stroke("Enter", 900)), "other");
});

test("shift and the dead accent between do not break a code", () => {
  const ear = new Ear();
  const keys = ["Shift", "V", "Shift", "C", "1", "Dead", "R", "A", "B", "C", "D"];
  const strokes = keys.map((key, place): Stroke => ({ key, code: "", shift: false, at: place, inField: false }));
  for (const stroke of strokes) ear.hear(stroke);
  assert.deepEqual(ear.hear({ key: "Enter", code: "Enter", shift: false, at: 12, inField: false }), { text: "VC1-RABCD", foreign: true });
});
