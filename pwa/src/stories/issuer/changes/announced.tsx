/** Announced revocations, and what stands without waiting: whose people must be told, by letter or otherwise; until when they may answer; and taking a revocation back. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords, type Words } from "../../../kit/words.tsx";
import { FaultNote, useAct, useList } from "../asking.tsx";
import { type Asked, Confirm } from "../confirm.tsx";
import { Choice } from "../entry/fields.tsx";
import { More, shortName } from "../parts.tsx";
import { useHolders } from "../people/whose.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { ActLine, Way } from "../wire.ts";
import { isAnnounced } from "./reasons.ts";
import { ActsTable } from "./table.tsx";

const WAYS: readonly Way[] = ["message", "post", "counter"];

export function Announced({ phase, moved }: { phase: "untold" | "told"; moved: () => void }): VNode | null {
  const { say } = useWords();
  const { ports } = useWalk();
  const list = useList((after) => ports.server.announced(phase, after));
  const holders = useHolders(list.items);
  if (list.items === null || list.items.length === 0) return <FaultNote fault={list.fault} />;
  return (
    <>
      <ActsTable
        caption={say(`announced.${phase}`)} acts={list.items} whose={holders.link}
        decide={(act) => <NoticeActs act={act} whom={holders.words(act)} again={moved} />}
      />
      <FaultNote fault={holders.fault} />
      <More list={list} />
    </>
  );
}

/** What may be done about one: its letter, that its person was told, that it is taken back. */
export function NoticeActs({ act, whom, again }: { act: ActLine; whom: VNode; again: () => void }): VNode {
  const { say } = useWords();
  const { ports, me } = useWalk();
  const [asked, setAsked] = useState<"print" | "tell" | "withdraw" | null>(null);
  const [nothing, setNothing] = useState(false);
  const printing = useAct();
  const prepares = useMay("officer");
  const approves = useMay("approver");
  const announced = isAnnounced(act.act, act.reason);
  const print = async (): Promise<void> => {
    const file = await ports.server.printNotice(act.id);
    setNothing(file === null);
    if (file === null) return;
    ports.saveFile(say("notice.file", { name: shortName(act.credential) }), file);
    again();
  };
  return (
    <>
      <div class="acts">
        <button class="tap" type="button" aria-disabled={printing.busy} onClick={() => (isUntold(act) ? setAsked("print") : printing.run(print))}><Glyph name="print" />{say("notice.print")}</button>
        {prepares && isUntold(act) && <button class="tap" type="button" onClick={() => setAsked("tell")}>{say("notice.tell")}</button>}
        {approves && announced && act.proposedBy !== me.person && <button class="tap" type="button" onClick={() => setAsked("withdraw")}>{say("notice.withdraw")}</button>}
      </div>
      {nothing && <p role="status">{say("notice.unprintable")}</p>}
      <FaultNote fault={printing.fault} />
      {asked === "print" && <Confirm close={() => setAsked(null)} asked={{ ...printingOf(say, announced), about: <p>{whom}</p>, act: print }} />}
      {asked === "tell" && <Tell announced={announced} whom={whom} close={() => setAsked(null)} tell={(way) => ports.server.tellAct(act.id, way).then(again)} />}
      {asked === "withdraw" && <Withdraw whom={whom} close={() => setAsked(null)} withdraw={() => ports.server.withdrawAct(act.id).then(again)} />}
    </>
  );
}

/** Who prints a notice has told its person: said first, of one and of many. */
export function printingOf(say: Words["say"], announced: boolean): Omit<Asked, "act"> {
  return { title: say("notice.print_title"), go: say("notice.print_go"), then: [say("notice.then_told"), ...(announced ? [say("notice.then_days")] : []), say("notice.then_hand")] };
}

function isUntold({ wait, notice }: ActLine): boolean {
  return wait?.phase === "untold" || notice?.told === null;
}

/** That the person, or all of many, were told by the centre's own means: of an announced revocation her days begin now. */
export function Tell({ announced, whom = null, close, tell }: { announced: boolean; whom?: VNode | null; close: () => void; tell: (way: Way) => Promise<void> }): VNode {
  const { say } = useWords();
  const [way, setWay] = useState<Way>("message");
  const choice = <Choice id="way-told" label={say("notice.way")} value={way} change={(next) => setWay(WAYS.find((each) => each === next) ?? "message")} options={WAYS.map((each) => ({ value: each, label: say(`way.${each}`) }))} />;
  return (
    <Confirm close={close} asked={{
      title: say("notice.tell_title"), about: <>{whom !== null && <p>{whom}</p>}{choice}</>, go: say("notice.tell"), then: [...(announced ? [say("act.then_notice")] : []), say("notice.then_written")], act: () => tell(way),
    }} />
  );
}

export function Withdraw({ whom = null, close, withdraw }: { whom?: VNode | null; close: () => void; withdraw: () => Promise<void> }): VNode {
  const { say } = useWords();
  return (
    <Confirm close={close} asked={{
      title: say("notice.withdraw_title"), about: whom !== null && <p>{whom}</p>, go: say("notice.withdraw"), then: [say("notice.then_withdrawn"), say("acts.then_published")], act: withdraw,
    }} />
  );
}
