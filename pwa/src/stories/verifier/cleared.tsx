/** That a fair's list was cleared, and how it comes back. Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../kit/words.tsx";
import { numbered } from "../../words/text.ts";

/** What was cleared can be brought back: here, and on the start after the view was left. */
export function ClearedNote({ count, undo }: { count: number; undo: () => void }): VNode {
  const { say } = useWords();
  return (
    <div class="note plain no-print" role="status">
      <p>{say(numbered("fair.cleared", count), { n: count })}</p>
      <button class="tap" type="button" onClick={undo}>{say("fair.undo")}</button>
    </div>
  );
}
