/** The rows that were found not to issue, or to issue with a remark: what is wrong, in which column, how to mend it. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { useList } from "../asking.tsx";
import { More, Table, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Batch, Finding, Found } from "../wire.ts";

export interface FindingsParts {
  readonly batch: Batch;
  readonly outcome: Found;
}

export function Findings({ batch, outcome }: FindingsParts): VNode {
  const { language } = useWords();
  const all = { error: batch.error, warned: batch.warned, skip: batch.skip, issue: 0 }[outcome];
  return <List batch={batch.id} outcome={outcome} all={all} key={`${batch.id} ${outcome} ${language}`} />;
}

/** `all`: how many rows there are of them, more than are kept one by one of a long file; 0 where nobody counts them. */
function List({ batch, outcome, all }: { batch: string; outcome: Found; all: number }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  const list = useList((after) => ports.server.findings(batch, outcome, after));
  const items = list.items ?? [];
  if (list.items !== null && items.length === 0) return <p class="quiet">{say(`findings.none.${outcome}`)}</p>;
  const heads = [say("findings.row"), say("findings.column"), say("findings.what"), say("findings.mend")];
  return (
    <>
      <Table caption={say(`findings.caption.${outcome}`)} heads={heads}>{items.map((finding) => <FindingLine key={finding.row} finding={finding} />)}</Table>
      <More list={list} />
      {list.more === null && list.fault === null && items.length > 0 && items.length < all && <p>{say("findings.first", { n: count(items.length), all: count(all) })}</p>}
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
