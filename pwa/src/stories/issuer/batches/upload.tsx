/** A new cohort: the file, and what the officer says of it, since the export carries none of that. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { dayOf } from "../../../words/text.ts";
import { FaultNote, useAct } from "../asking.tsx";
import { Choice, Field, FileField, Switch } from "../entry/fields.tsx";
import { useWalk } from "../walk.tsx";
import { isNorm, normsIn } from "./norms.ts";

const DOCUMENTS = ["PPT", "CC", "CE", "TI", "RC", "PAS"] as const;

export function UploadView(): VNode {
  const { say } = useWords();
  const { ports, go, files } = useWalk();
  const [file, setFile] = useState<File | null>(null);
  const [norms, setNorms] = useState<Readonly<Record<string, string>>>({});
  const [documentType, setDocumentType] = useState<(typeof DOCUMENTS)[number]>("PPT");
  const [asOf, setAsOf] = useState(() => dayOf(ports.now()));
  const [twin, setTwin] = useState(true);
  const act = useAct();
  const take = async (chosen: File | null): Promise<void> => {
    setFile(chosen);
    if (chosen !== null) setNorms(Object.fromEntries(normsIn(new Uint8Array(await chosen.slice(0, LOOKED_AT).arrayBuffer())).map((code) => [code, "1"])));
  };
  const send = async (): Promise<void> => {
    if (file === null) return;
    const batch = await ports.server.check(file, { asOf, documentType, twin, norms: Object.entries(norms).map(([code, version]) => ({ code, version: Number(version) })) });
    files.set(batch.id, file);
    go("batch", batch.id);
  };
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
      <h1>{say("upload.title")}</h1>
      <p>{say("upload.what")}</p>
      <FileField id="file" label={say("upload.file")} hint={say("upload.file_hint")} accept=".csv,.xlsx,text/csv" take={(chosen) => void take(chosen)} />
      <Choice id="document" label={say("upload.document")} value={documentType} change={setDocumentType} options={DOCUMENTS.map((code) => ({ value: code, label: say(`document.${code}`) }))} />
      <Field id="as-of" type="date" label={say("upload.as_of")} hint={say("upload.as_of_hint")} value={asOf} change={setAsOf} />
      <Norms norms={norms} change={setNorms} />
      <Switch id="twin" label={say("upload.twin")} hint={say("upload.twin_hint")} on={twin} change={setTwin} />
      <FaultNote fault={act.fault} />
      <div class="acts">
        <button class="tap main" type="submit" aria-disabled={act.busy}>{say(act.busy ? "upload.busy" : "upload.go")}</button>
        <button class="tap" type="button" onClick={() => go("cohorts")}>{say("confirm.no")}</button>
      </div>
    </form>
  );
}

/** Of a long file, the part that is looked at for norms. */
const LOOKED_AT = 4 << 20;

function Norms({ norms, change }: { norms: Readonly<Record<string, string>>; change: (norms: Readonly<Record<string, string>>) => void }): VNode {
  const { say } = useWords();
  const [code, setCode] = useState("");
  const add = (): void => {
    if (isNorm(code)) change({ ...norms, [code]: "1" });
    setCode("");
  };
  return (
    <fieldset class="stack">
      <legend class="label">{say("upload.norms")}</legend>
      <p class="small quiet">{say(Object.keys(norms).length === 0 ? "upload.norms_none" : "upload.norms_hint")}</p>
      {Object.entries(norms).map(([each, version]) => (
        <Field key={each} id={`norm-${each}`} type="number" label={say("upload.norm", { code: each })} value={version} change={(next) => change({ ...norms, [each]: next })} />
      ))}
      <div class="beside">
        <label for="norm-more">{say("upload.norm_more")}</label>
        <input class="in" id="norm-more" inputMode="numeric" value={code} onInput={(event) => setCode(event.currentTarget.value)} />
        <button class="tap" type="button" onClick={add}>{say("upload.norm_add")}</button>
      </div>
    </fieldset>
  );
}
