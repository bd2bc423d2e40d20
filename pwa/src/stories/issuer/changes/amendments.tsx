/** Corrections that were proposed at the counter, newest first: what should be read instead, and the second person's word. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { useList, Waiting } from "../asking.tsx";
import { Deciding } from "../deciding.tsx";
import { Empty, More, shortName, Table, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Amendment } from "../wire.ts";
import { Changes } from "./saying.tsx";

export function AmendmentsView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const list = useList(ports.server.amendments);
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  return (
    <>
      <h1>{say("amends.title")}</h1>
      {items.length === 0 ? <Empty title={say("amends.none")} say={say("amends.none_say")} /> : <Amendments items={items} again={again} />}
      <More list={list} />
    </>
  );
}

function Amendments({ items, again }: { items: readonly Amendment[]; again: () => void }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  return (
    <Table caption={say("amends.caption")} heads={[say("amends.says"), say("acts.asked"), say("acts.became"), say("acts.decide")]}>
      {items.map((one) => (
        <tr key={one.id}>
          <th scope="row"><Says one={one} /></th>
          <td>{properName(one.proposedBy)}<br /><span class="small quiet">{time(one.proposed)}</span></td>
          <td>{say(`acts.${one.state}`)}{one.decidedBy !== null && <><br /><span class="small quiet">{properName(one.decidedBy)}, {time(one.decided)}</span></>}{one.replacement !== null && <><br /><span class="small quiet">{say("amends.replacement", { name: shortName(one.replacement) })}</span></>}</td>
          <td>{one.state === "proposed" && <Decide one={one} done={again} />}</td>
        </tr>
      ))}
    </Table>
  );
}

/** What should be read instead and what the certificate says now, while it waits; afterwards the certificate alone. */
function Says({ one }: { one: Amendment }): VNode {
  const { say } = useWords();
  return <><Changes correction={one.correction} present={one.present} /><span class="small quiet">{say("acts.credential", { name: shortName(one.credential) })}</span></>;
}

function Decide({ one, done }: { one: Amendment; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const about = <p><Says one={one} /><br />{say("acts.asked_by", { person: properName(one.proposedBy) })}</p>;
  return (
    <Deciding
      proposedBy={one.proposedBy} about={about}
      yes={{ title: say("amends.approve_title"), then: [say("decision.correct_then"), say("amend.then_slip")], act: () => ports.server.approveAmendment(one.id).then(done) }}
      no={{ act: () => ports.server.refuseAmendment(one.id).then(done) }}
    />
  );
}
