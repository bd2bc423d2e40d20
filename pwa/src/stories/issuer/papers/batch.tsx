/** What is printed of a lot that was issued: claim slips, made for all who have not received theirs; cards of what is good now. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { Beside } from "../batches/name.tsx";
import { nameOf } from "../batches/naming.ts";
import { Confirm } from "../confirm.tsx";
import { shortName } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Batch, BatchName } from "../wire.ts";
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
      {asked && <MakeSlips batch={batch} after={0} close={() => setAsked(false)} />}
    </section>
  );
}

export function MakeSlips({ batch, after, close }: { batch: BatchName; after: number; close: () => void }): VNode {
  const { say, language } = useWords();
  const { ports, go } = useWalk();
  return (
    <Confirm close={close} asked={{
      title: say("paper.make_title"), about: <p><b>{nameOf(batch, language)}</b><br /><Beside batch={batch} /></p>, go: say("paper.make_go"), then: [say("paper.make_1"), say("paper.make_2"), say("paper.make_3")],
      act: () => ports.server.makeSlips({ batch: batch.id, after }).then(({ id }) => go("slips", id)),
    }} />
  );
}
