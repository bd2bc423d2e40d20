/** A cohort under way or done: how many are signed and kept, and that nobody has to wait here for it. */
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote } from "../asking.tsx";
import { shortName, Sums, useFigures } from "../parts.tsx";
import type { Refusal } from "../ports.ts";
import type { Batch } from "../wire.ts";
import { FourEyes } from "./four.tsx";
import type { Standing } from "./standing.ts";

const LOOK_MS = 1000;

export function IssuingView({ batch, again, fault }: Standing & { fault: Refusal | null }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const done = batch.state === "done";
  useEffect(() => {
    if (done) return undefined;
    const timer = setInterval(again, LOOK_MS);
    return () => clearInterval(timer);
  }, [done, again]);
  return (
    <>
      <h1>{say(done ? "issuing.done" : "issuing.title", { n: count(batch.issue) })}</h1>
      <p>{say(done ? "issuing.done_say" : "issuing.close", { name: shortName(batch.id) })}</p>
      <Bar part={partOf(batch)} />
      <FaultNote fault={fault} />
      <Sums items={[
        { n: count(batch.sealed), icon: "same", label: say("issuing.sealed") },
        { n: count(batch.alreadyIssued), icon: "history", label: say("issuing.known") },
      ]} />
      <FourEyes batch={batch} />
    </>
  );
}

function partOf({ issue, sealed, alreadyIssued, state }: Batch): number {
  return state === "done" || issue === 0 ? 1 : Math.min(1, (sealed + alreadyIssued) / issue);
}

function Bar({ part }: { part: number }): VNode {
  const { say } = useWords();
  const percent = Math.floor(part * 100);
  return <div class="progress" role="progressbar" aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100} aria-label={say("issuing.bar")}><i style={{ width: `${percent}%` }} /></div>;
}
