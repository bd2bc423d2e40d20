/**
 * This phone's clock beside the list in use, by the verifier's own rule and words (TRUST V2): a live code that is signed by a wrong
 * clock is accepted by nobody, so it is said before she stands in front of an employer. Draws only.
 */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Fault } from "../../kit/bar.tsx";
import type { DevicePorts, ListNotice } from "../../kit/ports.ts";
import { useWords } from "../../kit/words.tsx";
import { useWalk } from "./walk.tsx";

export type WrongClock = Extract<ListNotice, "clock_behind" | "clock_far">;

/** What is wrong with the clock, as far as the list in use can tell; null where nothing is. */
export function useWrongClock({ noticed, onList }: Pick<DevicePorts, "noticed" | "onList">): WrongClock | null {
  const [wrong, setWrong] = useState<WrongClock | null>(null);
  useEffect(() => {
    const look = (): void => void noticed().then((notices) => setWrong(notices.find(isOfClock) ?? null));
    look();
    return onList(look);
  }, []);
  return wrong;
}

function isOfClock(notice: ListNotice): notice is WrongClock {
  return notice === "clock_behind" || notice === "clock_far";
}

/** At home, above her passes. */
export function ClockNotice(): VNode | null {
  const wrong = useWrongClock(useWalk().ports);
  const { say } = useWords();
  return wrong === null ? null : <Fault text={say(`list.notice.${wrong}`)} />;
}
