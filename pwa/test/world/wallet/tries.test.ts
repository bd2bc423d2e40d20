/** The count of tries: five, then waits of 1, 5, 15 and 60 minutes, then erased; a clock set back gains nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, countedTry, isSpent, mayTry, NO_TRIES, settled, takenOff, type Tries } from "../../../src/world/wallet/tries.ts";

const NOON = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;

/** Wrong tries, each at the first moment when it may be made; gives the waits in seconds and what is left. */
function wrongUntilSpent(): { waits: number[]; left: number[]; last: boolean[]; count: number } {
  let tries: Tries = NO_TRIES;
  let now = NOON;
  const told = { waits: [] as number[], left: [] as number[], last: [] as boolean[], count: 0 };
  while (!isSpent(tries)) {
    assert.ok(mayTry(tries, now));
    tries = countedTry(tries, now);
    told.count += 1;
    const answer = answerOf(tries, now, true);
    assert.equal(answer.opened, false);
    if (answer.opened) break;
    told.waits.push(answer.wait);
    told.left.push(answer.left);
    told.last.push(answer.last);
    if (answer.wait > 0) assert.equal(mayTry(tries, now + answer.wait * 1000 - 1), false);
    now += answer.wait * 1000;
  }
  return told;
}

test("nine tries in all, with the waits of TRUST 8 before the last four", () => {
  const told = wrongUntilSpent();
  assert.equal(told.count, 9);
  assert.deepEqual(told.waits, [0, 0, 0, 0, 60, 300, 900, 3600, 0]);
  assert.deepEqual(told.left, [4, 3, 2, 1, 1, 1, 1, 1, 1]);
  assert.deepEqual(told.last, [false, false, false, false, false, false, false, true, false]);
});

test("a clock set back begins the wait anew and never makes it longer; one set forward ends it", () => {
  const five: Tries = { wrong: 5, at: NOON };
  const back = NOON - 400 * MINUTE;
  const anew = settled(five, back);
  assert.deepEqual(anew, { wrong: 5, at: back });
  assert.equal(mayTry(anew, back), false);
  assert.equal(mayTry(anew, back + MINUTE), true);
  const answer = answerOf(five, back, false);
  assert.equal(!answer.opened && answer.wait, 60);
  assert.equal(mayTry(five, NOON + MINUTE), true);
});

test("a try that was another's is taken off, and one that was counted meanwhile stays", () => {
  const before: Tries = { wrong: 3, at: NOON };
  const counted = countedTry(before, NOON + MINUTE);
  assert.deepEqual(takenOff(counted, before, counted), before);
  const raised = countedTry(counted, NOON + 2 * MINUTE);
  assert.deepEqual(takenOff(raised, before, counted), { wrong: 4, at: NOON + 2 * MINUTE });
  assert.deepEqual(takenOff(NO_TRIES, before, counted), NO_TRIES);
});
