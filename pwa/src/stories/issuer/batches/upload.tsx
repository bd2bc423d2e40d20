/** A new lot: of which type, the file, and what the officer says of it, since a cohort's export carries none of that. */
import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { dayOf } from "../../../words/text.ts";
import { FaultNote, refusalOf, useAct, useLoad } from "../asking.tsx";
import { Choice, Field, FileField, Switch } from "../entry/fields.tsx";
import type { Refusal } from "../ports.ts";
import { useWalk } from "../walk.tsx";
import type { BatchType } from "../wire.ts";
import { inLanguage } from "./naming.ts";
import { isNorm, normsWord, type Reading } from "./norms.ts";
import { Columns, RowsForm } from "./rows.tsx";
import { SendTaps, useSending } from "./sending.tsx";

const DOCUMENTS = ["PPT", "CC", "CE", "TI", "RC", "PAS"] as const;

export function UploadView(): VNode {
  const { say, language } = useWords();
  const { ports } = useWalk();
  const { value: types, fault } = useLoad(ports.server.types, "");
  const [picked, setPicked] = useState(COHORT);
  const ready = types?.filter((each) => each.ready || each.type === COHORT) ?? [];
  const one = ready.find(({ type }) => type === picked);
  return (
    <div class="stack narrow">
      <h1>{say("upload.title")}</h1>
      <p>{say("upload.what")}</p>
      <FaultNote fault={fault} />
      {types !== null && <Choice id="type" label={say("upload.type")} value={picked} change={setPicked} options={ready.map((each) => ({ value: each.type, label: inLanguage({ es: each.title, en: each.titleEn }, language) ?? each.type }))} />}
      {types !== null && ready.length < types.length && <p class="small quiet">{say("upload.type_others")}</p>}
      {one === undefined || one.source === "cohort" ? <CohortForm kind={one} /> : <RowsForm key={one.type} kind={one} />}
    </div>
  );
}

/** SECCL's export. */
const COHORT = "C06";

function CohortForm({ kind }: { kind: BatchType | undefined }): VNode {
  const { say } = useWords();
  const { ports, go } = useWalk();
  const sending = useSending();
  const [lacking, setLacking] = useState(false);
  const { reading, norms, fault, change, look } = useNorms(ports.server.norms);
  const [documentType, setDocumentType] = useState<(typeof DOCUMENTS)[number]>("PPT");
  const [asOf, setAsOf] = useState(() => dayOf(ports.now()));
  const [twin, setTwin] = useState(true);
  const act = useAct();
  const take = (chosen: File | null): void => {
    sending.take(chosen);
    setLacking(false);
    look(chosen);
  };
  const versions = Object.entries(norms).map(([code, version]) => ({ code, version: Number(version) }));
  const send = (): Promise<void> => sending.send((file) => ports.server.check(file, { asOf, documentType, twin, norms: versions }));
  const submit = (event: Event): void => {
    event.preventDefault();
    setLacking(isEmpty(norms));
    if (isEmpty(norms)) document.getElementById(reading === "failed" ? FILE : NORM_MORE)?.focus();
    else act.run(send);
  };
  return (
    <form class="stack" onSubmit={submit}>
      <FileField id={FILE} label={say("upload.file")} hint={say("upload.file_hint")} accept=".csv,.xlsx,text/csv" take={take} />
      <Choice id="document" label={say("upload.document")} value={documentType} change={setDocumentType} options={DOCUMENTS.map((code) => ({ value: code, label: say(`document.${code}`) }))} />
      <Field id="as-of" type="date" label={say("upload.as_of")} hint={say("upload.as_of_hint")} value={asOf} change={setAsOf} />
      <Norms reading={reading} norms={norms} change={change} />
      <Switch id="twin" label={say("upload.twin")} hint={say("upload.twin_hint")} on={twin} change={setTwin} />
      {kind !== undefined && (act.fault ?? fault)?.column != null && <Columns kind={kind} />}
      {lacking && isEmpty(norms) && reading !== "failed" && <p class="note" role="alert">{say(normsWord(reading, 0))}</p>}
      <SendTaps sending={sending} act={act} fault={fault} cancel={() => go("cohorts")} />
    </form>
  );
}

type NormVersions = Readonly<Record<string, string>>;

function isEmpty(norms: NormVersions): boolean {
  return Object.keys(norms).length === 0;
}

interface Looking {
  readonly reading: Reading;
  readonly norms: NormVersions;
  /** Why the file could not be read: so it will not be judged either. */
  readonly fault: Refusal | null;
  readonly change: (norms: NormVersions) => void;
  readonly look: (file: File | null) => void;
}

/** The norms of the file that was chosen, as the server reads them, and as the officer writes them. */
function useNorms(read: (file: Blob) => Promise<readonly string[]>): Looking {
  const [reading, setReading] = useState<Reading>("none");
  const [norms, change] = useState<NormVersions>({});
  const [fault, setFault] = useState<Refusal | null>(null);
  const latest = useRef<File | null>(null);
  const look = (file: File | null): void => {
    const stands = (): boolean => latest.current === file;
    latest.current = file;
    setReading(file === null ? "none" : "under_way");
    setFault(null);
    change({}); // no file goes with the norms of another
    if (file === null) return;
    read(file).then((codes) => {
      if (!stands()) return;
      change((typed) => ({ ...Object.fromEntries(codes.map((code) => [code, ""])), ...typed }));
      setReading("over");
    }).catch((error: unknown) => {
      const known = refusalOf(error);
      if (!stands()) return;
      setFault(known);
      setReading("failed");
    });
  };
  return { reading, norms, fault, change, look };
}

const FILE = "file";
/** Where a norm is typed. */
const NORM_MORE = "norm-more";

function Norms({ reading, norms, change }: Omit<Looking, "look" | "fault">): VNode {
  const { say } = useWords();
  const [code, setCode] = useState("");
  const add = (): void => {
    if (isNorm(code)) change({ [code]: "", ...norms });
    setCode("");
  };
  return (
    <fieldset class="stack">
      <legend class="label">{say("upload.norms")}</legend>
      <p class="small quiet">{say(normsWord(reading, Object.keys(norms).length))}</p>
      {Object.entries(norms).map(([each, version]) => (
        <Field key={each} id={`norm-${each}`} type="number" label={say("upload.norm", { code: each })} hint={say("upload.norm_hint")} value={version} change={(next) => change({ ...norms, [each]: next })} />
      ))}
      <div class="beside">
        <label for={NORM_MORE}>{say("upload.norm_more")}</label>
        <input class="in" id={NORM_MORE} inputMode="numeric" value={code} onInput={(event) => setCode(event.currentTarget.value)} />
        <button class="tap" type="button" onClick={add}>{say("upload.norm_add")}</button>
      </div>
    </fieldset>
  );
}
