/** Corrections that were proposed at the counter, newest first: what should be read instead, and the second person's word. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { FaultNote, useList, Waiting } from "../asking.tsx";
import { Deciding } from "../deciding.tsx";
import { Empty, More, shortName, Table, useFigures } from "../parts.tsx";
import { HolderLink, HolderWords, type Holders, useHolders } from "../people/whose.tsx";
import { useWalk } from "../walk.tsx";
import type { Amendment } from "../wire.ts";
import { Changes } from "./saying.tsx";

export function AmendmentsView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const list = useList(ports.server.amendments);
  const { items, again } = list;
  const holders = useHolders((items ?? []).map(({ credential }) => credential));
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  return (
    <>
      <h1>{say("amends.title")}</h1>
      {items.length === 0 ? <Empty title={say("amends.none")} say={say("amends.none_say")} /> : <Amendments items={items} holders={holders} again={again} />}
      <FaultNote fault={holders.fault} />
      <More list={list} />
    </>
  );
}

function Amendments({ items, holders, again }: { items: readonly Amendment[]; holders: Holders; again: () => void }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  return (
    <Table caption={say("amends.caption")} heads={[say("acts.whose"), say("amends.says"), say("acts.asked"), say("acts.became"), say("acts.decide")]}>
      {items.map((one) => (
        <tr key={one.id}>
          <th scope="row"><HolderLink credential={one.credential} holder={holders.of(one.credential)} /></th>
          <td><Changes correction={one.correction} present={one.present} /></td>
          <td>{properName(one.proposedBy)}<br /><span class="small quiet">{time(one.proposed)}</span></td>
          <td>{say(`acts.${one.state}`)}{one.decidedBy !== null && <><br /><span class="small quiet">{properName(one.decidedBy)}, {time(one.decided)}</span></>}{one.replacement !== null && <><br /><span class="small quiet">{say("amends.replacement", { name: shortName(one.replacement) })}</span></>}</td>
          <td>{one.state === "proposed" && <Decide one={one} whom={<HolderWords credential={one.credential} holder={holders.of(one.credential)} />} done={again} />}</td>
        </tr>
      ))}
    </Table>
  );
}

function Decide({ one, whom, done }: { one: Amendment; whom: VNode; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const about = <><p>{whom}</p><p><Changes correction={one.correction} present={one.present} />{say("acts.asked_by", { person: properName(one.proposedBy) })}</p></>;
  return (
    <Deciding
      proposedBy={one.proposedBy} about={about}
      yes={{ title: say("amends.approve_title"), then: [say("decision.correct_then"), say("amend.then_slip")], act: () => ports.server.approveAmendment(one.id).then(done) }}
      no={{ act: () => ports.server.refuseAmendment(one.id).then(done) }}
    />
  );
}
