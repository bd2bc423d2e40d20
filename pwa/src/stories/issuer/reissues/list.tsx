/** Reissues in person (DOMAIN P7): two proofs were seen, another person confirms, after a wait a code is made for the new phone. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { FaultNote, useAct, useList, Waiting } from "../asking.tsx";
import { Deciding } from "../deciding.tsx";
import { Empty, More, useFigures } from "../parts.tsx";
import { OfferDialog } from "../people/papers.tsx";
import { useHolders } from "../people/whose.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Offer, Reissue } from "../wire.ts";
import { ReissueTable, seenOf } from "./table.tsx";

export function ReissuesView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [offer, setOffer] = useState<Offer | null>(null);
  const list = useList(ports.server.reissues);
  const { items, again } = list;
  const holders = useHolders(items);
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  const draw = (one: Reissue): VNode => <Ways one={one} whom={holders.words(one)} done={again} offered={(made) => { setOffer(made); again(); }} />;
  return (
    <>
      <h1>{say("reissues.title")}</h1>
      {items.length === 0 ? <Empty title={say("reissues.none")} say={say("reissues.none_say")} /> : <ReissueTable caption={say("reissues.caption")} items={items} whose={holders.link} ways={draw} />}
      <FaultNote fault={holders.fault} />
      <More list={list} />
      {offer !== null && <OfferDialog offer={offer} close={() => setOffer(null)} />}
    </>
  );
}

interface WaysParts {
  readonly one: Reissue;
  readonly whom: VNode;
  readonly done: () => void;
  readonly offered: (offer: Offer) => void;
}

/** What this person can do of it now; the server decides. */
function Ways({ one, whom, done, offered }: WaysParts): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const act = useAct();
  const prepares = useMay("officer");
  const ready = one.state === "approved" && one.readyAt !== null && Date.parse(one.readyAt) <= ports.now();
  return (
    <>
      {ready && prepares && <div class="acts"><button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(() => ports.server.offerReissue(one.id).then(offered))}>{say("reissues.offer")}</button></div>}
      <FaultNote fault={act.fault} />
      {(one.state === "proposed" || one.state === "approved") && <Decide one={one} whom={whom} done={done} />}
    </>
  );
}

function Decide({ one, whom, done }: Omit<WaysParts, "offered">): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const { time } = useFigures();
  const about = <><p>{whom}</p><p>{seenOf(one, say)}<br /><span class="small quiet">{say("acts.asked_by", { person: properName(one.proposedBy) })}, {time(one.proposed)}</span></p></>;
  const yes = { title: say("reissues.approve_title"), then: [say("reissues.then_wait"), say("reissues.then_offer"), say("reissues.then_former")], act: () => ports.server.approveReissue(one.id).then(done) };
  const stop = { title: say("reissues.refuse_title"), act: () => ports.server.refuseReissue(one.id).then(done) };
  if (one.state === "proposed") return <Deciding proposedBy={one.proposedBy} about={about} yes={yes} no={stop} />;
  return <Deciding proposedBy={one.proposedBy} about={about} no={{ ...stop, tap: say("reissues.stop") }} />;
}
