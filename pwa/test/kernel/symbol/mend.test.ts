// The reader's own correction: it finds the words of real symbols, bears what checks can bear, and makes up nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import encodeQR, { type ErrorCorrection } from "qr";
import { mended } from "../../../src/kernel/symbol/mend.ts";
import { corrected } from "../../../src/kernel/symbol/solomon.ts";

const LEVELS: readonly ErrorCorrection[] = ["low", "medium", "quartile", "high"];

/** A symbol as it is seen without a fault: 1 light, -1 dark. */
function seen(version: number, ecc: ErrorCorrection, mask: number): Float64Array {
  const rows = encodeQR("PUENTE", "raw", { ecc, version, mask: mask as 0, encoding: "alphanumeric", border: 1 }).slice(1, -1).map((row) => row.slice(1, -1));
  return Float64Array.from(rows.flat(), (dark) => (dark ? -1 : 1));
}
const darkOf = (light: Float64Array): number[] => Array.from(light, (value) => (value < 0 ? 1 : 0));

/** Numbers that are the same every time. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("the words of every version, level and mask are found: a fault in a symbol is put right where it was", () => {
  for (let version = 2; version <= 40; version += 1) {
    for (const [n, ecc] of LEVELS.entries()) {
      const whole = seen(version, ecc, (version + n) % 8);
      const hurt = whole.slice();
      const at = hurt.length - 1 - (version % 2); // in the first word that is drawn
      hurt[at] = -hurt[at]!;
      const found = mended(hurt, version);
      assert.ok(found !== null, `${version}-${ecc}`);
      assert.deepEqual([...found], darkOf(whole), `${version}-${ecc}`);
    }
  }
});

test("words of which it is known that they are unsure cost half as much, and never more than the checks are made up", () => {
  const roll = dice(7);
  const whole = seen(15, "low", 3);
  for (const [unsure, comes] of [[14, true], [200, false]] as const) {
    const hurt = whole.slice();
    const size = 17 + 4 * 15;
    for (let n = 0; n < unsure * 8; n += 1) {
      const at = (size - 1 - Math.floor(n / 40)) * size + 12 + (n % 40); // a spot across many words
      hurt[at] = roll(2) === 0 ? 0.01 : -0.01;
    }
    const found = mended(hurt, 15);
    assert.equal(found !== null, comes, `${unsure}`);
    if (found !== null) assert.deepEqual([...found], darkOf(whole));
  }
});

test("Reed-Solomon: every mix of open and wrong words up to the bound comes out, and chance words do not", () => {
  const roll = dice(1);
  const checks = 22;
  const blank = new Uint8Array(109); // all zero is a valid word, and the code is linear
  for (let open = 0; open <= checks; open += 1) {
    for (let wrong = 0; open + 2 * wrong <= checks; wrong += 1) {
      const words = blank.slice();
      const places = new Set<number>();
      while (places.size < open + wrong) places.add(roll(words.length));
      const list = [...places];
      list.forEach((place, n) => (words[place] = n < open ? roll(256) : 1 + roll(255)));
      const found = corrected(words, checks, list.slice(0, open));
      assert.ok(found !== null, `${open} open, ${wrong} wrong`);
      assert.deepEqual(found.words, blank);
      assert.equal(found.wrong, wrong);
    }
  }
  for (let n = 0; n < 500; n += 1) {
    assert.equal(corrected(Uint8Array.from({ length: 109 }, () => roll(256)), checks, []), null);
  }
});
