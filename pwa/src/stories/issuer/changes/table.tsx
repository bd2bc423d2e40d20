/** Acts of status in a table: whose, what, why and on what proof, who asked for it, what became of it. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { AskedBy, DecidedBy } from "../hands.tsx";
import { Table } from "../parts.tsx";
import type { ActLine } from "../wire.ts";
import { NoticeWords, WaitWords } from "./waiting.tsx";

interface TableParts {
  readonly caption: string;
  readonly acts: readonly ActLine[];
  /** Left out where all are one person's. */
  readonly whose?: (act: ActLine) => ComponentChildren;
  readonly decide?: (act: ActLine) => ComponentChildren;
}

export function ActsTable({ caption, acts, whose, decide }: TableParts): VNode {
  const { say } = useWords();
  const heads = [...(whose === undefined ? [] : [say("acts.whose")]), say("acts.what"), say("acts.why"), say("acts.asked"), say("acts.became"), ...(decide === undefined ? [] : [say("acts.decide")])];
  return (
    <Table caption={caption} heads={heads}>
      {acts.map((act) => (
        <tr key={act.id}>
          {whose === undefined ? <th scope="row">{say(`act.${act.act}`)}</th> : <><th scope="row">{whose(act)}</th><td>{say(`act.${act.act}`)}</td></>}
          <td>{say(`act.reason.${act.reason}`)}<br /><span class="small quiet">{say(hasProof(act) ? "acts.proof" : "acts.no_proof")}</span></td>
          <td><AskedBy person={act.proposedBy} at={act.proposed} /></td>
          <td>{say(`acts.${act.state}`)}<WaitWords wait={act.wait} /><NoticeWords notice={act.notice} /><DecidedBy of={act} /></td>
          {decide !== undefined && <td>{decide(act)}</td>}
        </tr>
      ))}
    </Table>
  );
}

/** Whether a file was named as its proof; only its digest was kept. */
export function hasProof({ evidence }: ActLine): boolean {
  return evidence !== null && evidence !== undefined;
}
