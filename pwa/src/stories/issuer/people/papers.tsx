/** What one person is handed: a claim slip, confirmed first, its code and its PIN on papers of their own; a card. And, of a reissue, both as told once. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { Confirm, Dialog } from "../confirm.tsx";
import { RunPapers } from "../papers/run.tsx";
import { shortName, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Credential, Offer, SlipRun } from "../wire.ts";
import { Title } from "./credentials.tsx";
import { codeWords } from "./offers.ts";

/** `done`: a slip was made, and the file names it. */
export function Papers({ one, done }: { one: Credential; done: () => void }): VNode | null {
  const { say } = useWords();
  const { ports } = useWalk();
  const [asked, setAsked] = useState(false);
  const [run, setRun] = useState<SlipRun | null>(null);
  const act = useAct();
  if (one.state !== "valid") return null;
  const card = async (): Promise<void> => {
    const file = await ports.server.printCard(one.id);
    if (file !== null) ports.saveFile(say("paper.card_file", { name: shortName(one.id) }), file);
  };
  const make = async (): Promise<void> => {
    setRun(await ports.server.makeSlips({ credential: one.id, after: 0 }));
    done();
  };
  return (
    <>
      <button class="tap" type="button" onClick={() => setAsked(true)}>{say("papers.offer")}</button>
      <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(card)}><Glyph name="print" />{say("paper.card")}</button>
      <FaultNote fault={act.fault} />
      {asked && (
        <Confirm close={() => setAsked(false)} asked={{
          title: say("papers.ask_title"), about: <p><b>{one.name}</b><br /><Title one={one} /></p>, go: say("papers.go"),
          then: [say("papers.then_made"), say("papers.then_former"), say("paper.make_3")], act: make,
        }} />
      )}
      {!asked && run !== null && <SlipDialog run={run} close={() => setRun(null)} />}
    </>
  );
}

/** The papers of the slip that was just made; they can be printed again as long as it is open. */
export function SlipDialog({ run, close }: { run: SlipRun; close: () => void }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const title = say(run.made === 0 ? "papers.none_title" : "papers.made_title");
  return (
    <Dialog title={title} close={close}>
      {run.made === 0 ? <p>{say("papers.none")}</p> : (
        <>
          <p>{say("papers.until", { date: time(run.expiresAt) })} {say("paper.apart")}</p>
          <RunPapers run={run} />
          <p class="quiet small">{say("papers.again", { name: shortName(run.id) })}</p>
        </>
      )}
      <div class="acts"><button class="tap" type="button" onClick={close}>{say("bar.close")}</button></div>
    </Dialog>
  );
}

/** A reissue's: told once, the PIN covered until it is asked for. */
export function OfferDialog({ offer, close }: { offer: Offer; close: () => void }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const [shown, setShown] = useState(false);
  return (
    <Dialog title={say("papers.offer_title")} close={close}>
      <p>{say("papers.once")}</p>
      <p>{say("papers.code")} <b class="tail">{codeWords(offer.code)}</b></p>
      <p>{say("papers.pin")} {shown ? <b class="tail">{offer.pin}</b> : <button class="tap" type="button" onClick={() => setShown(true)}><Glyph name="seen" />{say("papers.show_pin")}</button>}</p>
      <p class="quiet small">{say("papers.until", { date: time(offer.expiresAt) })}</p>
      <div class="acts"><button class="tap" type="button" onClick={close}>{say("bar.close")}</button></div>
    </Dialog>
  );
}
