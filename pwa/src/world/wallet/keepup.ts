/**
 * What goes on by itself while a vault is open: its copy is met and answers are asked after when it opens, after it changed,
 * and when the network comes back. A moment later each time, so that several changes are one walk; never while locked.
 */
import type { Asking, BackingUp } from "../../stories/holder/ports.ts";
import type { Hand } from "./hand.ts";

const PAUSE = 1500;

export function keepUp(hand: Hand, pocket: Pick<BackingUp, "backUp"> & Pick<Asking, "answers">): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let met: string | null = null;
  let walking = false;
  const walk = async (): Promise<void> => {
    timer = null;
    if (walking || hand.inside?.wallet == null) return;
    walking = true;
    try {
      await pocket.answers().finally(() => (hand.inside?.person.copy ? pocket.backUp() : null));
    } finally {
      met = state(hand); // also where it failed: what fails at once is not asked again and again
      walking = false;
    }
  };
  const soon = (): void => {
    if (timer === null) timer = setTimeout(() => void walk(), PAUSE);
  };
  hand.onChange(() => {
    const now = state(hand);
    if (now === null) met = null;
    else if (now !== met && !walking) soon();
  });
  addEventListener("online", () => {
    if (state(hand) !== null) soon();
  });
}

/** Which state of which vault is open; null where none is. */
function state({ inside }: Hand): string | null {
  return inside === null || inside.wallet === null ? null : `${inside.person.id} ${inside.wallet.contents.sequence} ${inside.person.copy !== null}`;
}
