/** Reissues in person (DOMAIN P7): two proofs were seen, another person confirms, after a wait a code is made for the new phone. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { FaultNote, useAct, useList, Waiting } from "../asking.tsx";
import { Confirm } from "../confirm.tsx";
import { Empty, More, shortName, useFigures } from "../parts.tsx";
import { OfferDialog } from "../people/papers.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Offer, Reissue } from "../wire.ts";
import { ReissueTable, seenOf } from "./table.tsx";

interface Decided {
  readonly one: Reissue;
  readonly yes: boolean;
}

export function ReissuesView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [decided, setDecided] = useState<Decided | null>(null);
  const [offer, setOffer] = useState<Offer | null>(null);
  const list = useList(ports.server.reissues);
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  const newest = [...items].sort((one, other) => other.proposed.localeCompare(one.proposed));
  const draw = (one: Reissue): VNode => <Ways one={one} decide={(yes) => setDecided({ one, yes })} offered={(made) => { setOffer(made); again(); }} />;
  return (
    <>
      <h1>{say("reissues.title")}</h1>
      {items.length === 0 ? <Empty title={say("reissues.none")} say={say("reissues.none_say")} /> : <ReissueTable caption={say("reissues.caption")} items={newest} ways={draw} />}
      <More list={list} />
      {decided !== null && <Decide {...decided} close={() => setDecided(null)} done={again} />}
      {offer !== null && <OfferDialog offer={offer} close={() => setOffer(null)} />}
    </>
  );
}

interface WaysParts {
  readonly one: Reissue;
  readonly decide: (yes: boolean) => void;
  readonly offered: (offer: Offer) => void;
}

/** What this person can do of it now; the server decides. */
function Ways({ one, decide, offered }: WaysParts): VNode | null {
  const { say } = useWords();
  const { ports, me } = useWalk();
  const act = useAct();
  const [approves, prepares] = [useMay("approver"), useMay("officer")];
  const ready = one.state === "approved" && one.readyAt !== null && Date.parse(one.readyAt) <= ports.now();
  const own = one.proposedBy === me.person;
  if (one.state === "proposed" && own && approves) return <>{say("acts.own")}</>;
  return (
    <>
      <div class="acts">
        {one.state === "proposed" && approves && <button class="tap" type="button" onClick={() => decide(true)}>{say("acts.approve")}</button>}
        {ready && prepares && <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(() => ports.server.offerReissue(one.id).then(offered))}>{say("reissues.offer")}</button>}
        {(one.state === "proposed" || one.state === "approved") && approves && !own && <button class="tap" type="button" onClick={() => decide(false)}>{say(one.state === "approved" ? "reissues.stop" : "acts.refuse")}</button>}
      </div>
      <FaultNote fault={act.fault} />
    </>
  );
}

function Decide({ one, yes, close, done }: Decided & { close: () => void; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const { time } = useFigures();
  const about = <p>{seenOf(one, say)}<br />{say("acts.credential", { name: shortName(one.credential) })}<br /><span class="small quiet">{say("acts.asked_by", { person: properName(one.proposedBy) })}, {time(one.proposed)}</span></p>;
  return (
    <Confirm close={close} asked={{
      title: say(yes ? "reissues.approve_title" : "reissues.refuse_title"), about, go: say(yes ? "acts.approve" : "acts.refuse"),
      then: yes ? [say("reissues.then_wait"), say("reissues.then_offer"), say("reissues.then_former")] : [say("acts.then_refused")],
      act: () => (yes ? ports.server.approveReissue(one.id) : ports.server.refuseReissue(one.id)).then(done),
    }} />
  );
}
