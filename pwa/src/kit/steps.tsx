/** How far a person is in a few steps: bars, with a text for readers. Draws only. */
import type { VNode } from "preact";
import { useWords } from "./words.tsx";

export function Steps({ at, of }: { at: number; of: number }): VNode {
  const { say } = useWords();
  const bars = Array.from({ length: of }, (_, place) => <i key={place} class={place < at ? "on" : ""} />);
  return <div class="steps" role="img" aria-label={say("steps.at", { at, of })}>{bars}</div>;
}
