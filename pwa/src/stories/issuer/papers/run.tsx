/** One run of claim slips: codes on one paper, PINs on another or by message, never the two together. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { csvText } from "../../../kit/csv.ts";
import { useWords } from "../../../kit/words.tsx";
import { numbered } from "../../../words/text.ts";
import { useLoad, Waiting } from "../asking.tsx";
import { BatchLink } from "../batches/name.tsx";
import { shortName, Sums, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { SlipRun } from "../wire.ts";
import { MakeSlips } from "./batch.tsx";
import { PaperParts } from "./parts.tsx";

export function SlipsView({ id }: { id: string }): VNode {
  const { say } = useWords();
  const { count, time } = useFigures();
  const { ports } = useWalk();
  const { value, fault, again } = useLoad(() => ports.server.slipRun(id), id);
  if (value === null) return <Waiting fault={fault} again={again} />;
  return (
    <>
      <h1>{say(numbered("paper.run_title", value.made), { n: count(value.made) })}</h1>
      {value.batch !== null && <p><BatchLink batch={value.batch} /></p>}
      {typeof value.bulk === "string" && <BulkLink id={value.bulk} />}
      <p>{say("papers.until", { date: time(value.expiresAt) })} {say("paper.apart")}</p>
      <Sums items={[
        { n: count(value.made), icon: "print", label: say("paper.made_say") },
        { n: count(value.leftOut), icon: "pause", label: say("paper.left_out") },
        ...(value.ended > 0 ? [{ n: count(value.ended), icon: "history" as const, label: say("paper.ended") }] : []),
      ]} />
      {value.parts > 0 && <RunPapers run={value} />}
      <Onward run={value} />
    </>
  );
}

function BulkLink({ id }: { id: string }): VNode {
  const { say } = useWords();
  const { go } = useWalk();
  return <p><button class="link-tap" type="button" onClick={() => go("bulk", id)}>{say("paper.of_bulk", { name: shortName(id) })}</button></p>;
}

/** The ways to have a run: codes and PINs apart. */
export function RunPapers({ run: { id, parts } }: { run: Pick<SlipRun, "id" | "parts"> }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const name = shortName(id);
  return (
    <PaperParts id="slip-part" of={parts} papers={[
      { label: say("paper.claims"), name: say("paper.claims_file", { name }), print: (part) => ports.server.printClaims(id, part) },
      { label: say("paper.pins"), name: say("paper.pins_file", { name }), print: (part) => ports.server.printPins(id, part) },
      { label: say("paper.messages"), name: say("paper.messages_file", { name }), print: async (part) => csvOf([say("findings.row"), say("paper.csv_credential"), say("paper.csv_pin")], await ports.server.pinMessages(id, part)) },
    ]} />
  );
}

/** Of a long lot, and of many that were replaced, the slips come in runs. */
function Onward({ run: { batch, bulk, next } }: { run: SlipRun }): VNode | null {
  const { say } = useWords();
  const [asked, setAsked] = useState(false);
  const of = batch ?? bulk ?? null;
  if (of === null || next === null) return null;
  return (
    <>
      <p>{say(batch === null ? "paper.more_new" : "paper.more")}</p>
      <div class="acts"><button class="tap" type="button" onClick={() => setAsked(true)}>{say("paper.more_go")}</button></div>
      {asked && <MakeSlips of={of} after={next} close={() => setAsked(false)} />}
    </>
  );
}

/** For the issuer's own system, which knows by the row whom to send each to. */
function csvOf(heads: readonly string[], lines: readonly { readonly row: number; readonly credential: string; readonly pin: string }[]): Blob | null {
  if (lines.length === 0) return null;
  return new Blob([csvText([heads, ...lines.map(({ row, credential, pin }) => [row, credential, pin])])], { type: "text/csv" });
}
