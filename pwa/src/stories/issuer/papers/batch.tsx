/** What is printed of a lot that was issued: claim slips, made for all who have not received theirs; cards of what is good now. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { Confirm } from "../confirm.tsx";
import { shortName } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Batch } from "../wire.ts";
import { PaperParts } from "./parts.tsx";

/** The server puts so many in a file. */
const A_FILE = 50;

export function BatchPapers({ batch }: { batch: Batch }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [asked, setAsked] = useState(false);
  const cards = { label: say("paper.cards"), name: say("paper.cards_file", { name: shortName(batch.id) }), print: (part: number) => ports.server.printCards(batch.id, part) };
  return (
    <section class="stack">
      <h2>{say("paper.title")}</h2>
      <div class="acts"><button class="tap" type="button" onClick={() => setAsked(true)}>{say("paper.make")}</button></div>
      <PaperParts id="card-part" of={Math.max(1, Math.ceil(batch.sealed / A_FILE))} papers={[cards]} />
      {asked && <MakeSlips batch={batch.id} after={0} close={() => setAsked(false)} />}
    </section>
  );
}

export function MakeSlips({ batch, after, close }: { batch: string; after: number; close: () => void }): VNode {
  const { say } = useWords();
  const { ports, go } = useWalk();
  return (
    <Confirm close={close} asked={{
      title: say("paper.make_title", { name: shortName(batch) }), go: say("paper.make_go"), then: [say("paper.make_1"), say("paper.make_2"), say("paper.make_3")],
      act: () => ports.server.makeSlips({ batch, after }).then(({ id }) => go("slips", id)),
    }} />
  );
}
