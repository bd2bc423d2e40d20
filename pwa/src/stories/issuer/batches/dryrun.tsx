/** What the dry run found: counts that are filters, the rows that need a hand, and the way on. Nothing is signed here. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { numbered } from "../../../words/text.ts";
import { Confirm } from "../confirm.tsx";
import { Sums, useFigures } from "../parts.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Batch, Found } from "../wire.ts";
import type { Standing } from "./standing.ts";
import { Findings } from "./findings.tsx";
import { Beside, IssuedBefore } from "./name.tsx";
import { nameOf } from "./naming.ts";
import { Mended, MendTaps } from "./mending.tsx";

const SEPARATORS: Readonly<Record<string, "comma" | "semicolon" | "tab">> = { ",": "comma", ";": "semicolon", "\t": "tab" };
/** What is told of a file as a whole. */
const OF_FILE = ["LOST_ZEROS", "OTHER_SHEETS", "HIDDEN_SHEETS", "MERGED_CELLS"] as const;

export function DryRunView({ batch, put }: Standing): VNode {
  const { say, language } = useWords();
  const { count } = useFigures();
  const rows = batch.issue + batch.skip + batch.error;
  const [shown, setShown] = useState<Found>(batch.error > 0 ? "error" : batch.warned > 0 ? "warned" : "skip");
  const filter = (outcome: Found): { now: boolean; choose: () => void } => ({ now: shown === outcome, choose: () => setShown(outcome) });
  return (
    <>
      <h1>{say("dry.title", { name: nameOf(batch, language) })}</h1>
      <p><Beside batch={batch} /></p>
      <p>{say("dry.nothing_signed")} {say(numbered("dry.rows", rows), { n: count(rows) })} <FileFacts batch={batch} /></p>
      <Sums items={[
        { n: count(batch.issue), icon: "same", label: say("dry.issue"), ...filter("issue") },
        ...(batch.warned > 0 ? [{ n: count(batch.warned), icon: "mind" as const, label: say(numbered("dry.warned", batch.warned)), ...filter("warned") }] : []),
        { n: count(batch.skip), icon: "pause", label: say("dry.skip"), ...filter("skip") },
        { n: count(batch.error), icon: "mind", label: say(numbered("dry.bad", batch.error)), ...filter("error") },
      ]} />
      <IssuedBefore batch={batch.issuedBefore} />
      {batch.warned > 0 && batch.state === "checked" && <div class="note"><p>{say(numbered("dry.look", batch.warned), { n: count(batch.warned) })}</p></div>}
      {OF_FILE.filter((word) => batch.warnings.includes(word)).map((word) => <div class="note" key={word}><p>{say(`dry.file.${word}`)}</p></div>)}
      {batch.state === "refused" && <div class="note plain"><p>{say("dry.refused")}</p></div>}
      {batch.state === "proposed" && <div class="note plain"><p>{say("dry.proposed")}</p></div>}
      <Ways batch={batch} put={put} />
      <Mended batch={batch} />
      <Findings batch={batch} outcome={shown} />
      <p class="quiet">{say("dry.stays")}</p>
    </>
  );
}

function FileFacts({ batch }: { batch: Batch }): VNode | null {
  const { say } = useWords();
  if (batch.file === null) return null;
  const { encoding, separator } = batch.file;
  if (encoding === null || separator === null) return <>{say("dry.read_sheet")}</>;
  return <>{say("dry.read_as", { encoding: encoding.toUpperCase(), separator: say(`separator.${SEPARATORS[separator] ?? "comma"}`) })}</>;
}

/** Send what is ready; take the rows that are not, mend them, bring them back; or undo the upload. */
function Ways({ batch, put }: { batch: Batch; put: (batch: Batch) => void }): VNode | null {
  const { say, language } = useWords();
  const { count } = useFigures();
  const { ports, go } = useWalk();
  const [asked, setAsked] = useState<"propose" | "discard" | null>(null);
  const prepares = useMay("officer");
  if (!prepares) return null;
  return (
    <>
      <div class="acts">
        {batch.state === "checked" && batch.issue > 0 && <button class="tap main" type="button" onClick={() => setAsked("propose")}>{say("dry.propose", { n: count(batch.issue) })}</button>}
        <MendTaps batch={batch} />
        {batch.state === "checked" && <button class="tap" type="button" onClick={() => setAsked("discard")}>{say("dry.discard")}</button>}
      </div>
      {asked === "discard" && (
        <Confirm close={() => setAsked(null)} asked={{
          title: say("dry.discard_title"), about: <p><b>{nameOf(batch, language)}</b><br /><Beside batch={batch} /></p>, go: say("dry.discard_go"),
          then: [say("dry.discard_1"), say("dry.discard_2")], act: () => ports.server.discard(batch.id).then(() => go("cohorts")),
        }} />
      )}
      {asked === "propose" && (
        <Confirm close={() => setAsked(null)} asked={{
          title: say(numbered("dry.propose_title", batch.issue), { n: count(batch.issue) }), go: say("dry.propose_go"),
          then: [say("dry.propose_1"), say("dry.propose_2"), ...(batch.warned > 0 ? [say(numbered("dry.propose_warned", batch.warned), { n: count(batch.warned) })] : []), ...(batch.error > 0 ? [say(numbered("dry.propose_3", batch.error), { n: count(batch.error) })] : [])],
          act: () => ports.server.propose(batch.id).then(put),
        }} />
      )}
    </>
  );
}
