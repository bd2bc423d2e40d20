/** The rows that were found not to issue, or to issue with a remark: what is wrong, in which column, how to mend it. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useLoad } from "../asking.tsx";
import { More, Table } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Finding, Outcome } from "../wire.ts";

export function Findings({ batch, outcome }: { batch: string; outcome: Outcome }): VNode {
  const { say, language } = useWords();
  const { ports } = useWalk();
  const [after, setAfter] = useState("");
  const [before, setBefore] = useState<readonly Finding[]>([]);
  useEffect(() => {
    setAfter("");
    setBefore([]);
  }, [outcome]);
  const { value, fault } = useLoad(() => ports.server.findings(batch, outcome, after), `${batch} ${outcome} ${after} ${language}`);
  const items = [...before, ...(value?.items ?? [])];
  if (value !== null && items.length === 0) return <p class="quiet">{say(`findings.none.${outcome}`)}</p>;
  const heads = [say("findings.row"), say("findings.column"), say("findings.what"), say("findings.mend")];
  return (
    <>
      <FaultNote fault={fault} />
      <Table caption={say(`findings.caption.${outcome}`)} heads={heads}>{items.map((finding) => <FindingLine key={finding.row} finding={finding} />)}</Table>
      <More next={value?.next} load={(next) => { setBefore(items); setAfter(next); }} />
    </>
  );
}

function FindingLine({ finding }: { finding: Finding }): VNode {
  const { say } = useWords();
  return (
    <tr class={finding.outcome === "error" ? "bad" : ""}>
      <th scope="row" class="n">{finding.row}</th>
      <td>{finding.column ?? say("findings.whole_row")}</td>
      <td>{finding.sentence}{finding.code !== null && <><br /><code class="small quiet">{finding.code}</code></>}</td>
      <td>{finding.mend}</td>
    </tr>
  );
}
