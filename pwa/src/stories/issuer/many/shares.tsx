/** What an act on many does: how many, who is left out, and of each list how much of it changes. Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { decimal } from "../../../words/text.ts";
import { Sums, Table, useFigures } from "../parts.tsx";
import type { BulkCheck, ListShare } from "../wire.ts";

/** Why a replacement leaves somebody out, beside what every act does: told where it is anybody. */
const KEPT = ["suspended", "superseded", "waits"] as const;

export function Tried({ check }: { check: BulkCheck }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  return (
    <>
      <Sums items={[
        { n: count(check.count), icon: "hand", label: say(`many.count.${check.act}`) },
        { n: count(check.leftOut.already), icon: "pause", label: say("many.left.already") },
        { n: count(check.leftOut.disputed), icon: "talk", label: say("many.left.disputed") },
        { n: count(check.leftOut.unsealed), icon: "file", label: say("many.left.unsealed") },
        ...KEPT.filter((why) => check.leftOut[why] > 0).map((why) => ({ n: count(check.leftOut[why]), icon: "pause" as const, label: say(`many.left.${why}`) })),
        ...(check.unknown ? [{ n: count(check.unknown), icon: "help", label: say("many.left.unknown") } as const] : []),
      ]} />
      {check.lists.length > 0 && <Shares lists={check.lists} />}
    </>
  );
}

function Shares({ lists }: { lists: readonly ListShare[] }): VNode {
  const { say, language } = useWords();
  const { count } = useFigures();
  return (
    <Table caption={say("many.lists")} heads={[say("many.list"), say("many.changes"), say("many.share"), say("many.word")]}>
      {lists.map((list) => (
        <tr key={list.number}>
          <th scope="row">{say("many.list_name", { n: list.number, purpose: say(`many.purpose.${list.purpose}`) })}</th>
          <td class="n">{count(list.changes)}</td>
          <td class="n">{say("many.percent", { n: decimal(language, list.share) })}</td>
          <td>{say(list.needsWord ? "many.word_needed" : list.purpose === "suspension" ? "many.word_suspension" : "many.word_none")}</td>
        </tr>
      ))}
    </Table>
  );
}
