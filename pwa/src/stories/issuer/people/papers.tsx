/** What a person is handed: a claim code and its PIN, told once and apart. The PIN stays covered until it is asked for. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { Dialog } from "../confirm.tsx";
import { shortName, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Credential, Offer } from "../wire.ts";

export function Papers({ one }: { one: Credential }): VNode | null {
  const { say } = useWords();
  const { ports } = useWalk();
  const [offer, setOffer] = useState<Offer | null>(null);
  const act = useAct();
  if (one.state !== "valid") return null;
  const card = async (): Promise<void> => {
    const file = await ports.server.printCard(one.id);
    if (file !== null) ports.saveFile(say("paper.card_file", { name: shortName(one.id) }), file);
  };
  return (
    <>
      <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(() => ports.server.offer(one.id).then(setOffer))}><Glyph name="print" />{say("papers.offer")}</button>
      <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(card)}><Glyph name="print" />{say("paper.card")}</button>
      <FaultNote fault={act.fault} />
      {offer !== null && <OfferDialog offer={offer} close={() => setOffer(null)} />}
    </>
  );
}

export function OfferDialog({ offer, close }: { offer: Offer; close: () => void }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const [shown, setShown] = useState(false);
  return (
    <Dialog title={say("papers.offer_title")} close={close}>
      <p>{say("papers.once")}</p>
      <p>{say("papers.code")} <b class="tail">{offer.code}</b></p>
      <p>{say("papers.pin")} {shown ? <b class="tail">{offer.pin}</b> : <button class="tap" type="button" onClick={() => setShown(true)}><Glyph name="seen" />{say("papers.show_pin")}</button>}</p>
      <p class="quiet small">{say("papers.until", { date: time(offer.expiresAt) })}</p>
      <div class="acts"><button class="tap" type="button" onClick={close}>{say("bar.close")}</button></div>
    </Dialog>
  );
}
