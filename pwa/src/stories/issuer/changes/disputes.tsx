/** What holders object to: an officer proposes an answer, another person decides, the answer waits for who asked. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useList, Waiting } from "../asking.tsx";
import { Empty, More, Table, useFigures } from "../parts.tsx";
import { useHolders } from "../people/whose.tsx";
import { useWalk } from "../walk.tsx";
import type { Dispute } from "../wire.ts";

export function DisputesView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const list = useList(ports.server.disputes);
  const { items } = list;
  const holders = useHolders(items);
  if (items === null) return <Waiting fault={list.fault} again={list.again} />;
  return (
    <>
      <h1>{say("disputes.title")}</h1>
      {items.length === 0 ? <Empty title={say("disputes.none")} say={say("disputes.none_say")} /> : <Disputes items={items} whose={holders.link} />}
      <FaultNote fault={holders.fault} />
      <More list={list} />
    </>
  );
}

function Disputes({ items, whose }: { items: readonly Dispute[]; whose: (dispute: Dispute) => VNode }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const { go } = useWalk();
  return (
    <Table caption={say("disputes.open")} heads={[say("acts.whose"), say("dispute.kind"), say("dispute.words"), say("dispute.opened"), say("dispute.answer_by"), say("dispute.decision")]}>
      {items.map((dispute) => (
        <tr key={dispute.id}>
          <th scope="row">{whose(dispute)}</th>
          <td><button class="link-tap" type="button" onClick={() => go("dispute", dispute.id)}>{say(`dispute.kind.${dispute.kind}`)}</button></td>
          <td>{dispute.name ?? dispute.text}</td>
          <td>{time(dispute.opened)}</td>
          <td><AnswerBy dispute={dispute} /></td>
          <td>{say(dispute.decisions.some(({ state }) => state === "proposed") ? "dispute.waits" : "dispute.open")}</td>
        </tr>
      ))}
    </Table>
  );
}

/** Until when the holder waits; nothing where she was answered. */
export function AnswerBy({ dispute: { answerBy } }: { dispute: Dispute }): VNode | null {
  const { say } = useWords();
  const { time } = useFigures();
  const { ports } = useWalk();
  if (answerBy === null || answerBy === undefined) return null;
  return <>{time(answerBy)}{Date.parse(answerBy) < ports.now() && <><br /><b>{say("dispute.late")}</b></>}</>;
}
