/** Corrections that were proposed at the counter, newest first: what should be read instead, and the second person's word. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { FaultNote, useList, Waiting } from "../asking.tsx";
import { Deciding } from "../deciding.tsx";
import { Empty, More } from "../parts.tsx";
import { useHolders } from "../people/whose.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Amendment } from "../wire.ts";
import { AmendmentTable } from "./amended.tsx";
import { Changes } from "./saying.tsx";

export function AmendmentsView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const list = useList(ports.server.amendments);
  const { items, again } = list;
  const holders = useHolders(items?.flatMap((one) => [one, ...newOf(one)]) ?? null);
  const prepares = useMay("officer");
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  return (
    <>
      <h1>{say("amends.title")}</h1>
      {items.length === 0 ? <Empty title={say("amends.none")} say={say("amends.none_say")} /> : <AmendmentTable
          caption={say("amends.caption")} items={items} whose={holders.link}
          decide={(one) => <>
            {one.state === "proposed" && <Decide one={one} whom={holders.words(one)} done={again} />}
            {prepares && newOf(one).map((made) => <div key={made.credential}><p class="small">{say("amends.hand")}</p>{holders.link(made)}</div>)}
          </>}
        />}
      <FaultNote fault={holders.fault} />
      <More list={list} />
    </>
  );
}

/** What took its place, which is handed to the person at the counter. */
function newOf({ replacement }: Amendment): readonly { readonly credential: string }[] {
  return replacement === null ? [] : [{ credential: replacement }];
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
