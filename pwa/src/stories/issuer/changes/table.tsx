/** Acts of status in a table: what, why, who asked for it, what became of it. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { Table, useFigures } from "../parts.tsx";
import type { ActLine } from "../wire.ts";
import { WaitWords } from "./waiting.tsx";

export function ActsTable({ caption, acts, decide }: { caption: string; acts: readonly ActLine[]; decide?: (act: ActLine) => ComponentChildren }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const heads = [say("acts.what"), say("acts.why"), say("acts.asked"), say("acts.became"), ...(decide === undefined ? [] : [say("acts.decide")])];
  return (
    <Table caption={caption} heads={heads}>
      {acts.map((act) => (
        <tr key={act.id}>
          <th scope="row">{say(`act.${act.act}`)}</th>
          <td>{say(`act.reason.${act.reason}`)}</td>
          <td>{properName(act.proposedBy)}<br /><span class="small quiet">{time(act.proposed)}</span></td>
          <td>{say(`acts.${act.state}`)}<WaitWords wait={act.wait} />{act.decidedBy !== null && <><br /><span class="small quiet">{properName(act.decidedBy)}, {time(act.decided)}</span></>}</td>
          {decide !== undefined && <td>{decide(act)}</td>}
        </tr>
      ))}
    </Table>
  );
}
