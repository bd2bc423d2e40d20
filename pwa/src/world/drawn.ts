/** When what was rendered is on the screen: what can wait begins after it. */

/** A page that is hidden draws nothing: it waits no longer than this. */
const LONGEST_MS = 250;

/** Settled in the turn after the next drawing. */
export function drawn(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, LONGEST_MS);
  });
}
