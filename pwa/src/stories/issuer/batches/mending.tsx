/** The rows of a file that need a hand: taken away to be mended, a cohort's brought back in a file of their own, and what came of it. */
import type { VNode } from "preact";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { numbered } from "../../../words/text.ts";
import { FaultNote, useAct, useLoad } from "../asking.tsx";
import { shortName, useFigures } from "../parts.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Batch } from "../wire.ts";
import { BatchLink } from "./name.tsx";

/** The ways of the rows in error, beside the others of their view. */
export function MendTaps({ batch }: { batch: Batch }): VNode | null {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports, go } = useWalk();
  const act = useAct();
  const prepares = useMay("officer");
  const { toMend } = batch;
  if (!prepares || batch.source === "rows" || batch.error === 0 || batch.state === "refused") return null;
  const download = async (): Promise<void> => {
    ports.saveFile(`${say("dry.file_name", { name: shortName(batch.id) })}.${batch.file?.form ?? "csv"}`, await ports.server.wrongRows(batch.id));
  };
  return (
    <>
      <FaultNote fault={act.fault} />
      {toMend > 0 && (
        <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(download)}><Glyph name="save" />{say(numbered(toMend < batch.error ? "dry.download_first" : "dry.download", toMend), { n: count(toMend), all: count(batch.error) })}</button>
      )}
      {batch.source === "cohort" && toMend > 0 && <button class="tap" type="button" onClick={() => go("correct", batch.id)}>{say("dry.bring_back")}</button>}
    </>
  );
}

/** Which lot this one corrects, and which ones correct it. */
export function Mended({ batch }: { batch: Batch }): VNode | null {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  const { value, fault } = useLoad(() => ports.server.mending(batch.id), batch.id);
  if (value === null) return <FaultNote fault={fault} />;
  return (
    <>
      {value.parent !== null && <p>{say("mend.parent")}<br /><BatchLink batch={value.parent} /></p>}
      {value.corrections.map((one) => <p key={one.batch.id}>{say(numbered("mend.mended", one.mended.length), { n: count(one.mended.length) })}<br /><BatchLink batch={one.batch} /></p>)}
    </>
  );
}
