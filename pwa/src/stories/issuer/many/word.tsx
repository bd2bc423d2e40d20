/** The registry's word for lists of which so much changes that phones would hold them back: the hash, and asking for it (TRUST section 6). */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { spaced } from "../../../words/text.ts";
import { FaultNote, useAct } from "../asking.tsx";
import { useSigned } from "../confirm.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Bulk, ListShare } from "../wire.ts";

export function RegistryWord({ bulk, again }: { bulk: Bulk; again: () => void }): VNode {
  const { say } = useWords();
  const waiting = bulk.lists.filter(({ needsWord }) => needsWord);
  return (
    <section class="note plain stack">
      <h2>{say("word.title")}</h2>
      <p>{say("word.what")}</p>
      {waiting.map((list) => <ListWord key={list.number} list={list} />)}
      <div class="acts"><button class="tap" type="button" onClick={again}>{say("word.look")}</button></div>
    </section>
  );
}

function ListWord({ list: { number, hash, purpose } }: { list: ListShare }): VNode {
  const { say } = useWords();
  const { ports, me } = useWalk();
  const [told, setTold] = useState<string | null>(null);
  const asks = useMay("issuer_admin");
  const act = useAct();
  const { sign, typed } = useSigned();
  const ask = (word: string): Promise<void> => sign(async () => {
    const { approvals, needed } = await ports.server.askWord({ issuer: me.issuer ?? "", number, hash: word });
    setTold(say("word.asked", { n: approvals, all: needed }));
  });
  return (
    <div class="stack">
      <p><b>{say("many.list_name", { n: number, purpose: say(`many.purpose.${purpose}`) })}</b><br />{typeof hash === "string" ? <code class="letters">{spaced(hash, 8)}</code> : say("word.not_yet")}</p>
      {told !== null && <p role="status">{told}</p>}
      {!asks && typeof hash === "string" && <p>{say("word.who")}</p>}
      {told === null && asks && typeof hash === "string" && (
        <>
          {typed}
          <div class="acts"><button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(() => ask(hash))}>{say("word.ask")}</button></div>
        </>
      )}
      <FaultNote fault={act.fault} />
    </div>
  );
}
