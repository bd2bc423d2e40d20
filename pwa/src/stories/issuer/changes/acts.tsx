/** Changes of state that wait for a second person: each with its cause, approved or sent back one by one. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { type Key, properName, spaced } from "../../../words/text.ts";
import { FaultNote, useList, Waiting } from "../asking.tsx";
import { Deciding } from "../deciding.tsx";
import { Empty, More } from "../parts.tsx";
import { useHolders } from "../people/whose.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { ActLine } from "../wire.ts";
import { Announced } from "./announced.tsx";
import { thenOf } from "./reasons.ts";
import { ActsTable, hasProof } from "./table.tsx";

const PHASES = ["untold", "told"] as const;

export function ActsView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const approves = useMay("approver");
  const [turn, setTurn] = useState(0);
  const list = useList(ports.server.acts);
  const { items, again } = list;
  const holders = useHolders(items);
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  const moved = (): void => setTurn((before) => before + 1); // what was approved or told stands in another list now
  const decide = (act: ActLine): VNode => <DecideAct act={act} whom={holders.words(act)} done={() => { again(); moved(); }} />;
  return (
    <>
      <h1>{say("acts.title")}</h1>
      {items.length === 0
        ? <Empty title={say("acts.none")} say={say("acts.none_say")} />
        : <ActsTable caption={say("acts.waiting")} acts={items} whose={holders.link} {...(approves ? { decide } : {})} />}
      <FaultNote fault={holders.fault} />
      <More list={list} />
      {PHASES.map((phase) => <Announced key={`${phase} ${turn}`} phase={phase} moved={moved} />)}
    </>
  );
}

function DecideAct({ act, whom, done }: { act: ActLine; whom: VNode; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const about = (
    <>
      <p>{whom}</p>
      <p>{say(`act.reason.${act.reason}`)}<br />{say("acts.asked_by", { person: properName(act.proposedBy) })}</p>
      <Proof act={act} />
    </>
  );
  return (
    <Deciding
      proposedBy={act.proposedBy} about={about}
      yes={{ title: say(`act.${act.act}_decide`), then: consequences(act, true).map((key) => say(key)), act: () => ports.server.approveAct(act.id).then(done) }}
      no={{ then: consequences(act, false).map((key) => say(key)), act: () => ports.server.refuseAct(act.id).then(done) }}
    />
  );
}

/** The digest of the file that was named as proof, so that it can be held against the file itself. */
function Proof({ act }: { act: ActLine }): VNode {
  const { say } = useWords();
  return <p class="small">{hasProof(act) ? <>{say("acts.proof_digest")} <code class="letters">{spaced(act.evidence ?? "", 8)}</code></> : say("acts.no_proof")}</p>;
}

/** Of what one person began alone another only says whether it stays. */
function consequences({ act, reason, wait }: ActLine, yes: boolean): readonly Key[] {
  const isAlone = wait?.phase === "unconfirmed";
  if (!yes) return [isAlone ? "acts.then_undone" : "acts.then_refused"];
  return isAlone ? ["acts.then_stays"] : [...thenOf(act, reason), "acts.then_published"];
}
