/** A new lot of another type than the cohort's: the file, the columns that it takes, from which day and whom the rows come. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { dayOf } from "../../../words/text.ts";
import { useAct } from "../asking.tsx";
import { Field, FileField } from "../entry/fields.tsx";
import { useWalk } from "../walk.tsx";
import type { BatchType } from "../wire.ts";
import { inLanguage } from "./naming.ts";
import { SendTaps, useSending } from "./sending.tsx";

export function RowsForm({ kind }: { kind: BatchType }): VNode {
  const { say } = useWords();
  const { ports, go } = useWalk();
  const sending = useSending();
  const [reason, setReason] = useState("");
  const [asOf, setAsOf] = useState(() => dayOf(ports.now()));
  const act = useAct();
  const send = (): Promise<void> => sending.send((file) => ports.server.checkRows(file, { type: kind.type, asOf, reason }));
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
      <Columns kind={kind} />
      <FileField id="file" label={say("upload.rows_file")} hint={say("upload.rows_hint")} accept=".csv,.xlsx,text/csv" take={sending.take} />
      <Field id="as-of" type="date" label={say("upload.as_of")} hint={say("upload.rows_as_of_hint")} value={asOf} change={setAsOf} />
      <Field id="reason" label={say("upload.reason")} hint={say("upload.reason_hint")} value={reason} change={setReason} />
      <SendTaps sending={sending} act={act} cancel={() => go("cohorts")} />
    </form>
  );
}

/** By the names that the file's first row may have for them. */
export function Columns({ kind: { must, may } }: { kind: BatchType }): VNode {
  const { say, language } = useWords();
  const named = (columns: BatchType["must"]): string => columns.map((column) => inLanguage({ ...column }, language)).join(" · ");
  return (
    <dl class="facts">
      <div><dt>{say("upload.must")}</dt><dd>{named(must)}</dd></div>
      {may.length > 0 && <div><dt>{say("upload.may")}</dt><dd>{named(may)}</dd></div>}
    </dl>
  );
}
