/** The rows of a cohort that need a hand: taken away to be mended, brought back in a file of their own, and what came of it. */
import type { VNode } from "preact";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { numbered } from "../../../words/text.ts";
import { FaultNote, pagesOf, useAct, useLoad } from "../asking.tsx";
import { shortName, useFigures } from "../parts.tsx";
import type { Server } from "../ports.ts";
import { useMay, useWalk } from "../walk.tsx";
import type { Batch } from "../wire.ts";
import { BatchLink } from "./name.tsx";
import { linesOf } from "./norms.ts";

/** The ways of the rows in error, beside the others of their view. */
export function MendTaps({ batch }: { batch: Batch }): VNode | null {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports, files, go } = useWalk();
  const act = useAct();
  const prepares = useMay("officer");
  const file = files.get(batch.id);
  if (!prepares || batch.source !== "cohort" || batch.error === 0 || batch.state === "refused") return null;
  const download = async (chosen: File): Promise<void> => {
    const lines = await linesInError(batch.id, ports.server.findings);
    ports.saveFile(say("dry.file_name", { name: shortName(batch.id) }), new Blob([new Uint8Array(linesOf(new Uint8Array(await chosen.arrayBuffer()), lines))], { type: "text/csv" }));
  };
  return (
    <>
      <FaultNote fault={act.fault} />
      {file !== undefined && batch.file?.form === "csv" && (
        <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(() => download(file))}><Glyph name="save" />{say(numbered("dry.download", batch.error), { n: count(batch.error) })}</button>
      )}
      <button class="tap" type="button" onClick={() => go("correct", batch.id)}>{say("dry.bring_back")}</button>
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

/** The numbers of all lines in error. */
async function linesInError(batch: string, findings: Server["findings"]): Promise<ReadonlySet<number>> {
  const { items } = await pagesOf((after) => findings(batch, "error", after), Infinity);
  return new Set(items.map(({ row }) => row));
}
