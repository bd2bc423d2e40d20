/** Changes of state that wait for a second person: each with its cause, approved or sent back one by one. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { useList, Waiting } from "../asking.tsx";
import { Confirm } from "../confirm.tsx";
import { Empty, More, shortName } from "../parts.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { ActLine } from "../wire.ts";
import { ActsTable } from "./table.tsx";

interface Decided {
  readonly act: ActLine;
  readonly yes: boolean;
}

export function ActsView(): VNode {
  const { say } = useWords();
  const { ports, me, go } = useWalk();
  const [decided, setDecided] = useState<Decided | null>(null);
  const approves = useMay("approver");
  const list = useList(ports.server.acts);
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  const decide = (act: ActLine): VNode => (
    act.proposedBy === me.person ? <>{say("acts.own")}</> : (
      <div class="acts">
        <button class="tap" type="button" onClick={() => setDecided({ act, yes: true })}>{say("acts.approve")}</button>
        <button class="tap" type="button" onClick={() => setDecided({ act, yes: false })}>{say("acts.refuse")}</button>
      </div>
    )
  );
  return (
    <>
      <h1>{say("acts.title")}</h1>
      <div class="acts"><button class="tap" type="button" onClick={() => go("bulks")}>{say("many.title")}</button></div>
      {items.length === 0
        ? <Empty title={say("acts.none")} say={say("acts.none_say")} />
        : <ActsTable caption={say("acts.waiting")} acts={items} {...(approves ? { decide } : {})} />}
      <More list={list} />
      {decided !== null && <DecideAct {...decided} close={() => setDecided(null)} done={again} />}
    </>
  );
}

function DecideAct({ act, yes, close, done }: Decided & { close: () => void; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const about = <p>{say(`act.reason.${act.reason}`)}<br />{say("acts.asked_by", { person: properName(act.proposedBy) })}<br /><span class="small quiet">{say("acts.credential", { name: shortName(act.credential) })}</span></p>;
  return (
    <Confirm close={close} asked={{
      title: say(yes ? `act.${act.act}_decide` : "acts.refuse_title"), about, go: say(yes ? "acts.approve" : "acts.refuse"),
      then: yes ? [say(`act.then_${act.act}`), say("acts.then_published")] : [say("acts.then_refused")],
      act: () => (yes ? ports.server.approveAct(act.id) : ports.server.refuseAct(act.id)).then(done),
    }} />
  );
}
