/** The rows that were found not to issue, or to issue with a remark: what is wrong, in which column, how to mend it. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { useList } from "../asking.tsx";
import { More, Table } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Finding, Found } from "../wire.ts";

export interface FindingsParts {
  readonly batch: string;
  readonly outcome: Found;
}

export function Findings({ batch, outcome }: FindingsParts): VNode {
  const { language } = useWords();
  return <List batch={batch} outcome={outcome} key={`${batch} ${outcome} ${language}`} />;
}

function List({ batch, outcome }: FindingsParts): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const list = useList((after) => ports.server.findings(batch, outcome, after));
  const items = list.items ?? [];
  if (list.items !== null && items.length === 0) return <p class="quiet">{say(`findings.none.${outcome}`)}</p>;
  const heads = [say("findings.row"), say("findings.column"), say("findings.what"), say("findings.mend")];
  return (
    <>
      <Table caption={say(`findings.caption.${outcome}`)} heads={heads}>{items.map((finding) => <FindingLine key={finding.row} finding={finding} />)}</Table>
      <More list={list} />
    </>
  );
}

function FindingLine({ finding }: { finding: Finding }): VNode {
  const { say } = useWords();
  return (
    <tr class={finding.outcome === "error" ? "bad" : ""}>
      <th scope="row" class="n">{finding.row}</th>
      <td>{finding.column ?? say("findings.whole_row")}</td>
      <td>{finding.sentence}</td>
      <td>{finding.mend}</td>
    </tr>
  );
}
