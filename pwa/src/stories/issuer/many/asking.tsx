/** An act on many: what is chosen is counted first, with nothing changed; what was counted, and only that, is proposed. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { numbered } from "../../../words/text.ts";
import { FaultNote, useAct } from "../asking.tsx";
import { digestOf, EvidenceField } from "../changes/evidence.tsx";
import { needsEvidence, REASONS, reasonOf, thenOf, wordOf } from "../changes/reasons.ts";
import { Confirm } from "../confirm.tsx";
import { Choice } from "../entry/fields.tsx";
import { useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { BulkAsked, BulkCheck, ManyName, Reason } from "../wire.ts";
import { Choosing, chosenOf, NOTHING_TYPED, type Typed } from "./choosing.tsx";
import { Tried } from "./shares.tsx";
import { readWay } from "./way.ts";

const ACTS: readonly ManyName[] = ["suspend", "revoke", "lift", "replace"];

interface Counted {
  readonly asked: BulkAsked;
  readonly check: BulkCheck;
}

export function ManyAskView({ id: given }: { id: string }): VNode {
  const { say } = useWords();
  const { ports, go } = useWalk();
  const [act, setAct] = useState<ManyName>(readWay(given)?.what === "bulk" ? "lift" : "suspend");
  const [picked, setPicked] = useState<Reason | null>(null);
  const [typed, setTyped] = useState<Typed>(NOTHING_TYPED);
  const [evidence, setEvidence] = useState<File | null>(null);
  const [counted, setCounted] = useState<Counted | null>(null);
  const counting = useAct();
  const reason = reasonOf(act, picked);
  const changed = <T,>(set: (value: T) => void) => (value: T): void => {
    set(value);
    setCounted(null); // what was counted is not what stands here now
  };
  const count = async (): Promise<void> => {
    if (reason === null) return; // the form wants one
    const asked = { act, reason, evidence: await digestOf(evidence), chosen: chosenOf(given, typed) };
    setCounted({ asked, check: await ports.server.checkMany(asked) });
  };
  return (
    <>
      <h1>{say("many.ask_title")}</h1>
      <p>{say("many.ask_what")}</p>
      <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); counting.run(count); }}>
        <Choosing given={given} typed={typed} change={changed(setTyped)} />
        <Choice id="act" label={say("acts.what")} value={act} change={changed(setAct)} options={ACTS.map((each) => ({ value: each, label: say(`act.${each}`) }))} />
        <Choice id="reason" label={say("act.reason")} value={reason} none={say("act.reason_none")} change={changed(setPicked)} options={REASONS[act].map((each) => ({ value: each, label: say(`act.reason.${each}`) }))} />
        <EvidenceField needed={needsEvidence(act, reason)} take={changed(setEvidence)} />
        <FaultNote fault={counting.fault} />
        <div class="acts">
          <button class={counted === null ? "tap main" : "tap"} type="submit" aria-disabled={counting.busy}>{say("many.check")}</button>
          <button class="tap" type="button" onClick={() => go("bulks")}>{say("confirm.no")}</button>
        </div>
      </form>
      {counted !== null && <Propose {...counted} />}
    </>
  );
}

export function Propose({ asked, check }: Counted): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports, go } = useWalk();
  const [sure, setSure] = useState(false);
  const told = useRef<HTMLHeadingElement>(null);
  useEffect(() => told.current?.focus(), []); // it came below what was pressed
  const word = check.lists.some(({ needsWord }) => needsWord) ? [say(wordOf(asked.act, asked.reason))] : [];
  return (
    <section class="stack">
      <h2 ref={told} tabIndex={-1}>{say("many.counted")}</h2>
      <Tried check={check} />
      {check.count > 0 && <div class="acts"><button class="tap main" type="button" onClick={() => setSure(true)}>{say("act.send")}</button></div>}
      {sure && (
        <Confirm close={() => setSure(false)} asked={{
          title: say(numbered("many.propose_title", check.count), { n: count(check.count) }), about: <p><b>{say(`act.${asked.act}`)}</b>: {say(`act.reason.${asked.reason}`)}</p>,
          then: [say("act.then_other"), ...thenOf(asked.act, asked.reason).map((key) => say(key)), ...word], go: say("act.send"),
          act: () => ports.server.proposeMany({ ...asked, digest: check.digest }).then(({ id }) => go("bulk", id)),
        }} />
      )}
    </section>
  );
}
