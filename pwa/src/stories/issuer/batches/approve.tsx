/** The second pair of eyes: who prepared, what would be signed, its digest; then her key, or back. */
import type { VNode } from "preact";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { numbered, properName, spaced } from "../../../words/text.ts";
import { useLoad } from "../asking.tsx";
import { Deciding } from "../deciding.tsx";
import { Sums, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import { type Compared, useCompared } from "./sample.tsx";
import type { Standing } from "./standing.ts";
import { Beside, IssuedBefore } from "./name.tsx";
import { nameOf } from "./naming.ts";
import { Findings } from "./findings.tsx";
import { FourEyes } from "./four.tsx";

export function ApproveView({ batch, put }: Standing): VNode {
  const { say, language } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  const sample = useCompared(useLoad(() => ports.server.sample(batch.id), batch.id), ({ row }) => String(row), "rows");
  return (
    <>
      <h1>{say("approve.title", { name: nameOf(batch, language) })}</h1>
      <p><Beside batch={batch} /></p>
      <FourEyes batch={batch} />
      <IssuedBefore batch={batch.issuedBefore} />
      <Sums items={[
        { n: count(batch.issue), icon: "same", label: say(numbered("approve.issue", batch.issue)) },
        ...(batch.warned > 0 ? [{ n: count(batch.warned), icon: "mind" as const, label: say(numbered("approve.warned", batch.warned)) }] : []),
        { n: count(batch.error), icon: "mind", label: say(numbered("approve.bad", batch.error)) },
        { n: count(batch.skip), icon: "pause", label: say("approve.skip") },
      ]} />
      {sample.table}
      {batch.warned > 0 && <Findings batch={batch} outcome="warned" />}
      {batch.error > 0 && <Findings batch={batch} outcome="error" />}
      <Decide batch={batch} put={put} sample={sample} />
    </>
  );
}

function Decide({ batch, put, sample }: Standing & { sample: Compared }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  const n = count(batch.issue);
  const person = properName(batch.preparedBy);
  const left = batch.error > 0 ? [say(numbered("approve.release_left", batch.error), { n: count(batch.error) })] : [];
  return (
    <Deciding
      main closed={sample.closed} proposedBy={batch.preparedBy} about={<Digest digest={batch.digest} />}
      yes={{
        tap: <><Glyph name="key" />{say("approve.go", { n })}</>, title: say(numbered("approve.release_title", batch.issue), { n }), go: say("approve.release_go"),
        then: [say(numbered("approve.release_1", batch.issue), { n }), say("approve.release_2"), say("approve.release_3"), ...left],
        act: () => ports.server.release(batch.id, batch.digest, sample.compared.map(Number)).then(put),
      }}
      no={{
        tap: say("approve.back", { person }), title: say("approve.refuse_title"), go: say("approve.refuse_go"),
        then: [say("approve.refuse_1", { person }), say("approve.refuse_2")], act: () => ports.server.refuse(batch.id).then(put),
      }}
    />
  );
}

/** What exactly is approved: the file and the choices, as one digest. */
function Digest({ digest }: { digest: string }): VNode {
  const { say } = useWords();
  return <p class="small">{say("approve.digest")} <code class="letters">{spaced(digest, 8)}</code></p>;
}
