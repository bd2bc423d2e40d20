/** Bringing rows back: the file alone, since all else was said of the lot that it corrects. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { useAct, useLoad } from "../asking.tsx";
import { FileField } from "../entry/fields.tsx";
import { useWalk } from "../walk.tsx";
import { Beside } from "./name.tsx";
import { nameOf } from "./naming.ts";
import { SendTaps, useSending } from "./sending.tsx";

export function CorrectView({ id }: { id: string }): VNode {
  const { say, language } = useWords();
  const { ports, go } = useWalk();
  const { value: lot, fault } = useLoad(() => ports.server.batch(id), id);
  const sending = useSending();
  const act = useAct();
  const send = (): Promise<void> => sending.send((file) => ports.server.correct(id, file));
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
      <h1>{say("mend.title")}</h1>
      {lot !== null && <p>{say("mend.of", { name: nameOf(lot, language) })}<br /><Beside batch={lot} /></p>}
      <p>{say("mend.what")}</p>
      <p>{say("mend.same")}</p>
      <FileField id="file" label={say("mend.file")} hint={say("mend.file_hint")} accept=".csv,.xlsx,text/csv" take={sending.take} />
      <SendTaps sending={sending} act={act} fault={fault} cancel={() => go("batch", id)} />
    </form>
  );
}
