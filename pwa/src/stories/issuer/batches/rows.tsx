/** A new lot of another type than the cohort's: the file, the columns that it takes, from which day and whom the rows come. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { dayOf } from "../../../words/text.ts";
import { FaultNote, useAct } from "../asking.tsx";
import { Field, FileField } from "../entry/fields.tsx";
import { useWalk } from "../walk.tsx";
import type { BatchType } from "../wire.ts";
import { type Issued, IssuedBefore } from "./name.tsx";
import { inLanguage } from "./naming.ts";

export function RowsForm({ kind }: { kind: BatchType }): VNode {
  const { say } = useWords();
  const { ports, go, files } = useWalk();
  const [file, setFile] = useState<File | null>(null);
  const [issued, setIssued] = useState<Issued | null>(null);
  const [reason, setReason] = useState("");
  const [asOf, setAsOf] = useState(() => dayOf(ports.now()));
  const act = useAct();
  const take = (chosen: File | null): void => {
    setFile(chosen);
    setIssued(null);
  };
  const send = async (): Promise<void> => {
    if (file === null) return;
    const batch = await ports.server.checkRows(file, { type: kind.type, asOf, reason });
    files.set(batch.id, file);
    if (batch.released === null) go("batch", batch.id);
    else setIssued(batch);
  };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
      <Columns kind={kind} />
      <FileField id="file" label={say("upload.rows_file")} hint={say("upload.rows_hint")} accept=".csv,.xlsx,text/csv" take={take} />
      <Field id="as-of" type="date" label={say("upload.as_of")} hint={say("upload.rows_as_of_hint")} value={asOf} change={setAsOf} />
      <Field id="reason" label={say("upload.reason")} hint={say("upload.reason_hint")} value={reason} change={setReason} />
      <FaultNote fault={act.fault} />
      <IssuedBefore batch={issued} />
      <div class="acts">
        <button class="tap main" type="submit" aria-disabled={act.busy}>{say(act.busy ? "upload.busy" : "upload.go")}</button>
        <button class="tap" type="button" onClick={() => go("cohorts")}>{say("confirm.no")}</button>
      </div>
    </form>
  );
}

/** By the names that the file's first row may have for them. */
function Columns({ kind: { must, may } }: { kind: BatchType }): VNode {
  const { say, language } = useWords();
  const named = (columns: BatchType["must"]): string => columns.map((column) => inLanguage({ ...column }, language)).join(" · ");
  return (
    <dl class="facts">
      <div><dt>{say("upload.must")}</dt><dd>{named(must)}</dd></div>
      {may.length > 0 && <div><dt>{say("upload.may")}</dt><dd>{named(may)}</dd></div>}
    </dl>
  );
}
