/** A new cohort: the file, and what the officer says of it, since the export carries none of that. */
import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { dayOf } from "../../../words/text.ts";
import { FaultNote, useAct } from "../asking.tsx";
import { Choice, Field, FileField, Switch } from "../entry/fields.tsx";
import { useWalk } from "../walk.tsx";
import { isNorm, normsIn, normsWord, type Seen, seenOf } from "./norms.ts";

const DOCUMENTS = ["PPT", "CC", "CE", "TI", "RC", "PAS"] as const;

export function UploadView(): VNode {
  const { say } = useWords();
  const { ports, go, files } = useWalk();
  const [file, setFile] = useState<File | null>(null);
  const [lacking, setLacking] = useState(false);
  const { seen, norms, change, look } = useNorms();
  const [documentType, setDocumentType] = useState<(typeof DOCUMENTS)[number]>("PPT");
  const [asOf, setAsOf] = useState(() => dayOf(ports.now()));
  const [twin, setTwin] = useState(true);
  const act = useAct();
  const take = (chosen: File | null): void => {
    setFile(chosen);
    setLacking(false);
    void look(chosen);
  };
  const send = async (): Promise<void> => {
    if (file === null) return;
    const batch = await ports.server.check(file, { asOf, documentType, twin, norms: Object.entries(norms).map(([code, version]) => ({ code, version: Number(version) })) });
    files.set(batch.id, file);
    go("batch", batch.id);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setLacking(isEmpty(norms));
    if (isEmpty(norms)) document.getElementById(NORM_MORE)?.focus();
    else act.run(send);
  };
  return (
    <form class="stack narrow" onSubmit={submit}>
      <h1>{say("upload.title")}</h1>
      <p>{say("upload.what")}</p>
      <FileField id="file" label={say("upload.file")} hint={say("upload.file_hint")} accept=".csv,.xlsx,text/csv" take={take} />
      <Choice id="document" label={say("upload.document")} value={documentType} change={setDocumentType} options={DOCUMENTS.map((code) => ({ value: code, label: say(`document.${code}`) }))} />
      <Field id="as-of" type="date" label={say("upload.as_of")} hint={say("upload.as_of_hint")} value={asOf} change={setAsOf} />
      <Norms seen={seen} norms={norms} change={change} />
      <Switch id="twin" label={say("upload.twin")} hint={say("upload.twin_hint")} on={twin} change={setTwin} />
      {lacking && isEmpty(norms) && <p class="note" role="alert">{say(normsWord(seen, 0))}</p>}
      <FaultNote fault={act.fault} />
      <div class="acts">
        <button class="tap main" type="submit" aria-disabled={act.busy}>{say(act.busy ? "upload.busy" : "upload.go")}</button>
        <button class="tap" type="button" onClick={() => go("cohorts")}>{say("confirm.no")}</button>
      </div>
    </form>
  );
}

type NormVersions = Readonly<Record<string, string>>;

function isEmpty(norms: NormVersions): boolean {
  return Object.keys(norms).length === 0;
}

interface Looking {
  readonly seen: Seen;
  readonly norms: NormVersions;
  readonly change: (norms: NormVersions) => void;
  readonly look: (file: File | null) => Promise<void>;
}

/** The norms of the file that was chosen, as far as the page sees them, and as the officer writes them. */
function useNorms(): Looking {
  const [seen, setSeen] = useState<Seen>("none");
  const [norms, change] = useState<NormVersions>({});
  const latest = useRef<File | null>(null);
  const look = async (file: File | null): Promise<void> => {
    latest.current = file;
    setSeen("none");
    change({}); // no file goes with the norms of another
    if (file === null) return;
    const bytes = new Uint8Array(await file.slice(0, LOOKED_AT).arrayBuffer());
    if (latest.current !== file) return;
    setSeen(seenOf(bytes));
    change(Object.fromEntries(normsIn(bytes).map((code) => [code, "1"])));
  };
  return { seen, norms, change, look };
}

/** Of a long file, the part that is looked at for norms. */
const LOOKED_AT = 4 << 20;
/** Where a norm is typed. */
const NORM_MORE = "norm-more";

function Norms({ seen, norms, change }: Omit<Looking, "look">): VNode {
  const { say } = useWords();
  const [code, setCode] = useState("");
  const add = (): void => {
    if (isNorm(code)) change({ ...norms, [code]: "1" });
    setCode("");
  };
  return (
    <fieldset class="stack">
      <legend class="label">{say("upload.norms")}</legend>
      <p class="small quiet">{say(normsWord(seen, Object.keys(norms).length))}</p>
      {Object.entries(norms).map(([each, version]) => (
        <Field key={each} id={`norm-${each}`} type="number" label={say("upload.norm", { code: each })} value={version} change={(next) => change({ ...norms, [each]: next })} />
      ))}
      <div class="beside">
        <label for={NORM_MORE}>{say("upload.norm_more")}</label>
        <input class="in" id={NORM_MORE} inputMode="numeric" value={code} onInput={(event) => setCode(event.currentTarget.value)} />
        <button class="tap" type="button" onClick={add}>{say("upload.norm_add")}</button>
      </div>
    </fieldset>
  );
}
