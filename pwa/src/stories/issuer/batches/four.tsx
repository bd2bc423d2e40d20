/** Four eyes, drawn: half an arch stands for who prepared, the other half for who approves (LOOK section 3). */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Batch } from "../wire.ts";

/** One half arch stands, the other waits for another person; whole once she has approved. */
export function FourEyes({ batch }: { batch: Batch }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const { me } = useWalk();
  const { releasedBy, released } = batch;
  const waits = releasedBy === null;
  return (
    <div class="four">
      <div><p class="label">{say("four.prepared")}</p><p><b>{properName(batch.preparedBy)}</b><br />{time(batch.prepared)}</p></div>
      <svg viewBox="0 0 200 80" preserveAspectRatio="none" aria-hidden="true">
        <path fill="currentColor" d="M0 12h96v10H0zM0 22h14v58H0zM14 80v-6a86 46 0 0 1 82-48v8a76 40 0 0 0-72 40v6z" />
        {waits
          ? <path fill="none" stroke="currentColor" stroke-width="3" stroke-dasharray="7 6" d="M104 14h96M104 22h92v58M104 30a86 46 0 0 1 82 48" />
          : <path fill="currentColor" d="M96 12h104v10H96zM186 22h14v58h-14zM186 80v-6a86 46 0 0 0-90-48v8a76 40 0 0 1 80 40v6z" />}
      </svg>
      <div>
        <p class="label">{say(waits ? "four.approves" : "four.approved")}</p>
        {waits
          ? <p>{batch.preparedBy === me.person ? say("four.another") : say("four.you", { person: properName(me.person) })}<br />{say("four.waiting")}</p>
          : <p><b>{properName(releasedBy)}</b><br />{time(released ?? null)}</p>}
      </div>
    </div>
  );
}
