/** Changes of state that wait for a second person: each with its cause, approved or sent back one by one. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { type Key, properName } from "../../../words/text.ts";
import { useList, Waiting } from "../asking.tsx";
import { Deciding } from "../deciding.tsx";
import { Empty, More, shortName } from "../parts.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { ActLine } from "../wire.ts";
import { Announced } from "./announced.tsx";
import { thenOf } from "./reasons.ts";
import { ActsTable } from "./table.tsx";

const PHASES = ["untold", "told"] as const;

export function ActsView(): VNode {
  const { say } = useWords();
  const { ports, go } = useWalk();
  const approves = useMay("approver");
  const [turn, setTurn] = useState(0);
  const list = useList(ports.server.acts);
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  const moved = (): void => setTurn((before) => before + 1); // what was approved or told stands in another list now
  const decide = (act: ActLine): VNode => <DecideAct act={act} done={() => { again(); moved(); }} />;
  return (
    <>
      <h1>{say("acts.title")}</h1>
      <div class="acts">
        <button class="tap" type="button" onClick={() => go("bulks")}>{say("many.title")}</button>
        <button class="tap" type="button" onClick={() => go("amendments")}>{say("amends.title")}</button>
      </div>
      {items.length === 0
        ? <Empty title={say("acts.none")} say={say("acts.none_say")} />
        : <ActsTable caption={say("acts.waiting")} acts={items} {...(approves ? { decide } : {})} />}
      <More list={list} />
      {PHASES.map((phase) => <Announced key={`${phase} ${turn}`} phase={phase} moved={moved} />)}
    </>
  );
}

function DecideAct({ act, done }: { act: ActLine; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const about = <p>{say(`act.reason.${act.reason}`)}<br />{say("acts.asked_by", { person: properName(act.proposedBy) })}<br /><span class="small quiet">{say("acts.credential", { name: shortName(act.credential) })}</span></p>;
  return (
    <Deciding
      proposedBy={act.proposedBy} about={about}
      yes={{ title: say(`act.${act.act}_decide`), then: consequences(act, true).map((key) => say(key)), act: () => ports.server.approveAct(act.id).then(done) }}
      no={{ then: consequences(act, false).map((key) => say(key)), act: () => ports.server.refuseAct(act.id).then(done) }}
    />
  );
}

/** Of what one person began alone another only says whether it stays. */
function consequences({ act, reason, wait }: ActLine, yes: boolean): readonly Key[] {
  const isAlone = wait?.phase === "unconfirmed";
  if (!yes) return [isAlone ? "acts.then_undone" : "acts.then_refused"];
  return isAlone ? ["acts.then_stays"] : [...thenOf(act, reason), "acts.then_published"];
}
