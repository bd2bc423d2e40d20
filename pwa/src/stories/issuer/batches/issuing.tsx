/** A cohort under way or done: how many, how fast, how long still, chunk by chunk; and that nobody has to wait here for it. */
import type { VNode } from "preact";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords, type Words } from "../../../kit/words.tsx";
import { numbered } from "../../../words/text.ts";
import { FaultNote, useAct } from "../asking.tsx";
import { ProgressBar, type Sum, Sums, useFigures } from "../parts.tsx";
import type { Refusal } from "../ports.ts";
import { BatchPapers } from "../papers/batch.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Batch, Progress } from "../wire.ts";
import { Chunks } from "./chunks.tsx";
import { FourEyes } from "./four.tsx";
import { Beside } from "./name.tsx";
import { nameOf } from "./naming.ts";
import { Mended, MendTaps } from "./mending.tsx";
import type { Standing } from "./standing.ts";

export function IssuingView({ batch, put, fault }: Standing & { fault: Refusal | null }): VNode {
  const { say, language } = useWords();
  const { count } = useFigures();
  const { go } = useWalk();
  const prepares = useMay("officer");
  const done = batch.state === "done";
  const { paused } = batch;
  return (
    <>
      <h1>{say(numbered(done ? "issuing.done" : paused ? "issuing.paused" : "issuing.title", batch.issue), { n: count(batch.issue) })}</h1>
      <p>{nameOf(batch, language)}<br /><Beside batch={batch} /></p>
      <p>{say(done ? "issuing.done_say" : paused ? "issuing.paused_say" : "issuing.close")}</p>
      <ProgressBar part={partOf(batch)} />
      <FaultNote fault={fault} />
      <Figures batch={batch} />
      {!done && <Pause batch={batch} paused={paused} put={put} />}
      {!done && batch.progress !== null && batch.progress !== undefined && batch.progress.chunks.length > 0 && <Chunks chunks={batch.progress.chunks} />}
      <FourEyes batch={batch} />
      <Mended batch={batch} />
      {done && prepares && <BatchPapers batch={batch} />}
      <div class="acts">
        <MendTaps batch={batch} />
        {done && prepares && <button class="tap" type="button" onClick={() => go("bulkask", `batch ${batch.id}`)}>{say("many.whole_batch")}</button>}
      </div>
    </>
  );
}

function Figures({ batch }: { batch: Batch }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const { progress, state, paused } = batch;
  const known: Sum = { n: count(batch.alreadyIssued), icon: "history", label: say(numbered("issuing.known", batch.alreadyIssued)) };
  const sealed: Sum = { n: count(batch.sealed), icon: "same", label: say("issuing.sealed") };
  if (progress === null || progress === undefined || state === "done") return <Sums items={[sealed, known]} />;
  const faults: Sum = { n: count(progress.faults), icon: "mind", label: say("issuing.faults") };
  if (paused) return <Sums items={[sealed, faults]} />; // nobody works on it: no rate, no end
  return (
    <Sums items={[
      sealed,
      { n: say("issuing.rate", { n: count(Math.round(progress.rate)) }), icon: "figures", label: say("issuing.rate_say") },
      { n: leftOf(progress, say, count), icon: "clock", label: say("issuing.left") },
      faults,
    ]} />
  );
}

/** "3 s", "12 min"; nothing is guessed without a rate. */
function leftOf({ secondsLeft }: Progress, say: Words["say"], count: (n: number) => string): string {
  if (secondsLeft === null || secondsLeft === undefined) return say("issuing.unknown");
  return secondsLeft < 90 ? say("issuing.seconds", { n: count(secondsLeft) }) : say("issuing.minutes", { n: count(Math.round(secondsLeft / 60)) });
}

function Pause({ batch, paused, put }: { batch: Batch; paused: boolean; put: (batch: Batch) => void }): VNode | null {
  const { say } = useWords();
  const { ports } = useWalk();
  const act = useAct();
  const may = useMay("approver", "issuer_admin");
  if (!may) return null;
  const press = (): void => act.run(() => (paused ? ports.server.resume(batch.id) : ports.server.pause(batch.id)).then(put));
  return (
    <>
      <FaultNote fault={act.fault} />
      <div class="acts"><button class="tap" type="button" aria-disabled={act.busy} onClick={press}><Glyph name={paused ? "go" : "pause"} />{say(paused ? "issuing.resume" : "issuing.pause")}</button></div>
    </>
  );
}

function partOf({ issue, sealed, alreadyIssued, state }: Batch): number {
  return state === "done" || issue === 0 ? 1 : Math.min(1, (sealed + alreadyIssued) / issue);
}
