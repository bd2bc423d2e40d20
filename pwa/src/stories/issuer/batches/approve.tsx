/** The second pair of eyes: who prepared, what would be signed, its digest; then her key, or back. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { numbered, properName, spaced } from "../../../words/text.ts";
import { FaultNote, useLoad } from "../asking.tsx";
import { Confirm } from "../confirm.tsx";
import { Sums, toggled, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Batch } from "../wire.ts";
import { Sample } from "./sample.tsx";
import type { Standing } from "./standing.ts";
import { Beside } from "./name.tsx";
import { nameOf } from "./naming.ts";
import { Findings } from "./findings.tsx";
import { FourEyes } from "./four.tsx";

type Way = "release" | "refuse";

export function ApproveView({ batch, put }: Standing): VNode {
  const { say, language } = useWords();
  const { count } = useFigures();
  const { me, ports } = useWalk();
  const [way, setWay] = useState<Way | null>(null);
  const [compared, setCompared] = useState<readonly number[]>([]);
  const sample = useLoad(() => ports.server.sample(batch.id), batch.id);
  const rows = sample.value ?? [];
  const left = rows.length - compared.length;
  const own = batch.preparedBy === me.person;
  return (
    <>
      <h1>{say("approve.title", { name: nameOf(batch, language) })}</h1>
      <p><Beside batch={batch} /></p>
      <FourEyes batch={batch} />
      <Sums items={[
        { n: count(batch.issue), icon: "same", label: say("approve.issue") },
        { n: count(batch.error), icon: "mind", label: say(numbered("approve.bad", batch.error)) },
        { n: count(batch.skip), icon: "pause", label: say("approve.skip") },
      ]} />
      <FaultNote fault={sample.fault} />
      <Sample rows={rows} compared={compared} compare={(row) => setCompared(toggled(compared, row))} />
      {batch.error > 0 && <Findings batch={batch.id} outcome="error" />}
      {own && <div class="note plain"><p>{say("approve.own")}</p></div>}
      <div class="acts">
        {!own && <button class="tap main" type="button" onClick={() => setWay("release")}><Glyph name="key" />{say("approve.go", { n: count(batch.issue) })}</button>}
        {!own && <button class="tap" type="button" onClick={() => setWay("refuse")}>{say("approve.back", { person: properName(batch.preparedBy) })}</button>}
        {!own && left > 0 && <span class="quiet">{say(numbered("sample.left", left), { n: left })}</span>}
      </div>
      {way !== null && <Decide way={way} batch={batch} put={put} close={() => setWay(null)} />}
    </>
  );
}

function Decide({ way, batch, put, close }: { way: Way; batch: Batch; put: (batch: Batch) => void; close: () => void }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  const about = <Digest digest={batch.digest} />;
  if (way === "refuse") {
    const then = [say("approve.refuse_1", { person: properName(batch.preparedBy) }), say("approve.refuse_2")];
    return <Confirm close={close} asked={{ title: say("approve.refuse_title"), about, then, go: say("approve.refuse_go"), act: () => ports.server.refuse(batch.id).then(put) }} />;
  }
  const then = [say("approve.release_1", { n: count(batch.issue) }), say("approve.release_2"), say("approve.release_3")];
  const left = batch.error > 0 ? [say(numbered("approve.release_left", batch.error), { n: count(batch.error) })] : [];
  return (
    <Confirm close={close} asked={{
      title: say("approve.release_title", { n: count(batch.issue) }), about, then: [...then, ...left], go: say("approve.release_go"),
      act: () => ports.server.release(batch.id, batch.digest).then(put),
    }} />
  );
}

/** What exactly is approved: the file and the choices, as one digest. */
function Digest({ digest }: { digest: string }): VNode {
  const { say } = useWords();
  return <p class="small">{say("approve.digest")} <code class="letters">{spaced(digest, 8)}</code></p>;
}
