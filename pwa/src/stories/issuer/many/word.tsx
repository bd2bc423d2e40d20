/** The registry's word for lists of which so much changes that phones would hold them back: the hash, how far the word is, and asking for it (TRUST section 6). */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { properName, spaced } from "../../../words/text.ts";
import { FaultNote, useAct } from "../asking.tsx";
import { useSigned } from "../confirm.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Bulk, ListShare } from "../wire.ts";

/** How often the page looks by itself whether the word was given: keepers take their time. */
export const WORD_MS = 10_000;

export function RegistryWord({ bulk, again }: { bulk: Bulk; again: () => void }): VNode {
  const { say } = useWords();
  const waiting = bulk.lists.filter(({ needsWord }) => needsWord);
  const given = waiting.every(({ word }) => word?.given);
  return (
    <section class="note plain stack">
      <h2>{say(given ? "word.title_given" : "word.title")}</h2>
      {!given && <p>{say("word.what")}</p>}
      {waiting.map((list) => <ListWord key={list.number} list={list} again={again} />)}
    </section>
  );
}

function ListWord({ list, again }: { list: ListShare; again: () => void }): VNode {
  const { say } = useWords();
  const { number, hash, purpose, word } = list;
  const open = typeof hash === "string" && (word === null || word === undefined);
  return (
    <div class="stack">
      <p><b>{say("many.list_name", { n: number, purpose: say(`many.purpose.${purpose}`) })}</b><br />{typeof hash === "string" ? <code class="letters">{spaced(hash, 8)}</code> : say("word.not_yet")}</p>
      <div role="status"><HowFar word={word} /></div>
      {open && <Ask number={number} hash={hash} again={again} />}
    </div>
  );
}

/** Nothing before somebody asked for it. */
function HowFar({ word }: { word: ListShare["word"] }): VNode | null {
  const { say } = useWords();
  if (word === null || word === undefined) return null;
  if (word.given) return <p>{say("word.given")}</p>;
  return <p>{say("word.asked_by", { person: properName(word.askedBy ?? "") })} {say("word.asked", { n: word.approvals, all: word.needed })}</p>;
}

/** By who administers the issuer; to who does not it is said who can. */
function Ask({ number, hash, again }: { number: number; hash: string; again: () => void }): VNode {
  const { say } = useWords();
  const { ports, me } = useWalk();
  const asks = useMay("issuer_admin");
  const act = useAct();
  const { sign, typed } = useSigned();
  if (!asks) return <p>{say("word.who")}</p>;
  const ask = (): Promise<void> => sign(() => ports.server.askWord({ issuer: me.issuer ?? "", number, hash }).then(again));
  return (
    <>
      {typed}
      <div class="acts"><button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(ask)}>{say("word.ask")}</button></div>
      <FaultNote fault={act.fault} />
    </>
  );
}
