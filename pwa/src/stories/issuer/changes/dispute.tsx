/** One objection: the holder's words, the answer that is proposed with its sentence for her, and the second person's decision. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { FaultNote, useAct, useLoad, Waiting } from "../asking.tsx";
import { Deciding } from "../deciding.tsx";
import { Choice, Field } from "../entry/fields.tsx";
import { useFigures } from "../parts.tsx";
import { useHolders } from "../people/whose.tsx";
import { useMay, useWalk } from "../walk.tsx";
import { AnswerBy } from "./disputes.tsx";
import { Changes } from "./saying.tsx";
import type { Decision, Dispute, DisputeDecision } from "../wire.ts";

const DECISIONS: readonly Decision[] = ["correct", "lift", "uphold", "reject"];

export function DisputeView({ id }: { id: string }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const { value, fault, again } = useLoad(() => ports.server.dispute(id), id);
  const prepares = useMay("officer");
  const holders = useHolders(value && [value]);
  if (value === null) return <Waiting fault={fault} again={again} />;
  const waiting = value.decisions.find(({ state }) => state === "proposed");
  return (
    <>
      <h1>{say(`dispute.kind.${value.kind}`)}</h1>
      <Words dispute={value} whose={holders.link(value)} />
      <FaultNote fault={holders.fault} />
      {waiting !== undefined && <Waits decision={waiting} again={again} />}
      {waiting === undefined && value.state === "open" && prepares && <Propose dispute={value} again={again} />}
    </>
  );
}

function Words({ dispute, whose }: { dispute: Dispute; whose: VNode }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  return (
    <dl class="facts">
      <div><dt>{say("acts.whose")}</dt><dd>{whose}</dd></div>
      <div><dt>{say("dispute.opened")}</dt><dd>{time(dispute.opened)}</dd></div>
      {dispute.state === "open" && <div><dt>{say("dispute.answer_by")}</dt><dd><AnswerBy dispute={dispute} /></dd></div>}
      {dispute.text !== "" && <div><dt>{say("dispute.words")}</dt><dd>{dispute.text}</dd></div>}
      {dispute.name !== null && <div><dt>{say("dispute.name")}</dt><dd>{dispute.name}</dd></div>}
      <div><dt>{say("dispute.state")}</dt><dd>{say(`dispute.state.${dispute.state}`)}</dd></div>
    </dl>
  );
}

function Propose({ dispute, again }: { dispute: Dispute; again: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [decision, setDecision] = useState<Decision>(dispute.kind === "name" ? "correct" : "uphold");
  const [sentence, setSentence] = useState("");
  const [names, setNames] = useState("");
  const [surnames, setSurnames] = useState("");
  const act = useAct();
  const send = (): Promise<void> => ports.server.proposeDecision(dispute.id, {
    decision, sentence, ...(decision === "correct" ? { correction: { ...(names === "" ? {} : { names }), ...(surnames === "" ? {} : { surnames }) } } : {}),
  }).then(again);
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
      <h2>{say("dispute.propose")}</h2>
      <Choice id="decision" label={say("dispute.decision")} value={decision} change={setDecision} options={DECISIONS.map((each) => ({ value: each, label: say(`decision.${each}`) }))} />
      {decision === "correct" && (
        <>
          <Field id="names" label={say("dispute.names")} hint={say("dispute.names_hint")} value={names} change={setNames} optional />
          <Field id="surnames" label={say("dispute.surnames")} value={surnames} change={setSurnames} optional />
        </>
      )}
      <Field id="sentence" label={say("dispute.sentence")} hint={say("dispute.sentence_hint")} value={sentence} change={setSentence} />
      <FaultNote fault={act.fault} />
      <div class="acts"><button class="tap main" type="submit" aria-disabled={act.busy}>{say("dispute.send")}</button></div>
    </form>
  );
}

function Waits({ decision, again }: { decision: DisputeDecision; again: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const about = <p><b>{say(`decision.${decision.decision}`)}</b><br /><Changes correction={decision.correction} present={decision.present} />{decision.sentence}</p>;
  return (
    <section class="stack">
      <h2>{say("dispute.proposed")}</h2>
      {about}
      <p class="quiet">{say("acts.asked_by", { person: properName(decision.proposedBy) })}</p>
      <Deciding
        main proposedBy={decision.proposedBy} about={about}
        yes={{ title: say("dispute.approve_title"), then: [say(`decision.${decision.decision}_then`), say("dispute.then_told")], act: () => ports.server.approveDecision(decision.id).then(again) }}
        no={{ act: () => ports.server.refuseDecision(decision.id).then(again) }}
      />
    </section>
  );
}
