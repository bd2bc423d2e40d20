/** Bringing rows back: the file alone, since all else was said of the lot that it corrects. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct, useLoad } from "../asking.tsx";
import { FileField } from "../entry/fields.tsx";
import { useWalk } from "../walk.tsx";
import { Beside } from "./name.tsx";
import { nameOf } from "./naming.ts";

export function CorrectView({ id }: { id: string }): VNode {
  const { say, language } = useWords();
  const { ports, go, files } = useWalk();
  const { value: lot, fault } = useLoad(() => ports.server.batch(id), id);
  const [file, setFile] = useState<File | null>(null);
  const act = useAct();
  const send = async (): Promise<void> => {
    if (file === null) return;
    const batch = await ports.server.correct(id, file);
    files.set(batch.id, file);
    go("batch", batch.id);
  };
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
      <h1>{say("mend.title")}</h1>
      {lot !== null && <p>{say("mend.of", { name: nameOf(lot, language) })}<br /><Beside batch={lot} /></p>}
      <p>{say("mend.what")}</p>
      <p>{say("mend.same")}</p>
      <FileField id="file" label={say("mend.file")} hint={say("mend.file_hint")} accept=".csv,.xlsx,text/csv" take={setFile} />
      <FaultNote fault={act.fault ?? fault} />
      <div class="acts">
        <button class="tap main" type="submit" aria-disabled={act.busy}>{say(act.busy ? "upload.busy" : "upload.go")}</button>
        <button class="tap" type="button" onClick={() => go("batch", id)}>{say("confirm.no")}</button>
      </div>
    </form>
  );
}
