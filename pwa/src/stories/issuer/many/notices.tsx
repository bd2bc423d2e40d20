/** People of an act on many that is announced, or that stands without waiting: how many must still be told, their letters, that all were told, and taking it back. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { printingOf, Tell, Withdraw } from "../changes/announced.tsx";
import { isAnnounced } from "../changes/reasons.ts";
import { PaperParts } from "../papers/parts.tsx";
import { shortName, useFigures } from "../parts.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Bulk } from "../wire.ts";

interface Parts {
  readonly bulk: Bulk;
  readonly of: NonNullable<Bulk["wait"] | Bulk["notice"]>;
  readonly put: (bulk: Bulk) => void;
  readonly again: () => void;
}

export function ManyNotices({ bulk, of, put, again }: Parts): VNode {
  const { say } = useWords();
  const { count, time } = useFigures();
  const { ports, me } = useWalk();
  const [asked, setAsked] = useState<"tell" | "withdraw" | null>(null);
  const prepares = useMay("officer");
  const approves = useMay("approver");
  const print = async (part: number): Promise<Blob | null> => {
    const file = await ports.server.printNotices(bulk.id, part);
    again();
    return file;
  };
  const many = { n: count(of.untold), all: count(bulk.count) };
  const announced = isAnnounced(bulk.act, bulk.reason);
  const isOpen = announced ? bulk.wait?.phase === "untold" : of.untold > 0;
  const left = isOpen ? say(announced ? "announced.left" : "announced.left_standing", many) : "due" in of ? say("announced.due", { date: time(of.due) }) : say("announced.all_told");
  return (
    <section class="note plain stack">
      <h2>{say("announced.many")}</h2>
      <p>{left}</p>
      <PaperParts id="notice-part" of={of.parts} papers={[{ label: say("notice.print_many"), name: say("notice.files", { name: shortName(bulk.id) }), print, asked: isOpen ? { ...printingOf(say, announced), about: <p>{left}</p> } : undefined }]} />
      <div class="acts">
        {prepares && isOpen && <button class="tap" type="button" onClick={() => setAsked("tell")}>{say("notice.tell_many")}</button>}
        {approves && announced && bulk.proposedBy !== me.person && <button class="tap" type="button" onClick={() => setAsked("withdraw")}>{say("notice.withdraw")}</button>}
      </div>
      {asked === "tell" && <Tell announced={announced} close={() => setAsked(null)} tell={(way) => ports.server.tellMany(bulk.id, way).then(put)} />}
      {asked === "withdraw" && <Withdraw close={() => setAsked(null)} withdraw={() => ports.server.withdrawMany(bulk.id).then(put)} />}
    </section>
  );
}
