/** What is printed of a lot that was issued, or of what an act on many put in the places of others: claim slips, made for all who have not received theirs; cards of what is good now. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { Beside } from "../batches/name.tsx";
import { nameOf } from "../batches/naming.ts";
import { Confirm } from "../confirm.tsx";
import { shortName, useFigures } from "../parts.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Batch, BatchName, Bulk } from "../wire.ts";
import { PaperParts } from "./parts.tsx";

export function BatchPapers({ batch }: { batch: Batch }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [asked, setAsked] = useState(false);
  const cards = { label: say("paper.cards"), name: say("paper.cards_file", { name: shortName(batch.id) }), print: (part: number) => ports.server.printCards(batch.id, part) };
  return (
    <section class="stack">
      <h2>{say("paper.title")}</h2>
      <div class="acts"><button class="tap" type="button" onClick={() => setAsked(true)}>{say("paper.make")}</button></div>
      <PaperParts id="card-part" of={batch.cardParts} papers={[cards]} />
      {asked && <MakeSlips of={batch} after={0} close={() => setAsked(false)} />}
    </section>
  );
}

/** Of what an act on many put in the places of others; nothing of another act, or where it replaced none. */
export function NewPapers({ bulk }: { bulk: Bulk }): VNode | null {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  const [asked, setAsked] = useState(false);
  const prepares = useMay("officer");
  if (bulk.act !== "replace") return null;
  const cards = { label: say("paper.cards"), name: say("paper.cards_file", { name: shortName(bulk.id) }), print: (part: number) => ports.server.printNew(bulk.id, part) };
  return (
    <section class="stack">
      <h2>{say("paper.new")}</h2>
      <p>{say("paper.new_say", { n: count(bulk.applied), all: count(bulk.count) })}</p>
      {bulk.cardParts ? (
        <>
          {prepares && <div class="acts"><button class="tap" type="button" onClick={() => setAsked(true)}>{say("paper.make")}</button></div>}
          <PaperParts id="card-part" of={bulk.cardParts} papers={[cards]} />
        </>
      ) : null}
      {asked && <MakeSlips of={bulk.id} after={0} close={() => setAsked(false)} />}
    </section>
  );
}

/** `of`: a lot, or the name of an act on many. */
export function MakeSlips({ of, after, close }: { of: BatchName | string; after: number; close: () => void }): VNode {
  const { say, language } = useWords();
  const { ports, go } = useWalk();
  const about = typeof of === "string" ? <p><b>{say("paper.of_bulk", { name: shortName(of) })}</b></p> : <p><b>{nameOf(of, language)}</b><br /><Beside batch={of} /></p>;
  return (
    <Confirm close={close} asked={{
      title: say(typeof of === "string" ? "paper.make_new_title" : "paper.make_title"), about, go: say("paper.make_go"), then: [say("paper.make_1"), say("paper.make_2"), say("paper.make_3")],
      act: () => ports.server.makeSlips(typeof of === "string" ? { bulk: of, after } : { batch: of.id, after }).then(({ id }) => go("slips", id)),
    }} />
  );
}
