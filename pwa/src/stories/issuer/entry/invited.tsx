/** The first time: an invitation's code, then a passkey or two of this person's devices, or a password and a changing code. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Steps } from "../../../kit/steps.tsx";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { FaultNote, useAct } from "../asking.tsx";
import type { Entry } from "../ports.ts";
import type { Enrolment } from "../wire.ts";
import { Field } from "./fields.tsx";
import { Secret } from "./secret.tsx";

export function Invited({ entry, done }: { entry: Entry; done: () => void }): VNode {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [finished, setFinished] = useState(false);
  if (finished) return <Ready confirming={enrolment?.needs.confirming ?? false} done={done} />;
  if (enrolment === null) return <CodeForm entry={entry} opened={setEnrolment} back={done} />;
  return <Left entry={entry} enrolment={enrolment} done={() => setFinished(true)} />;
}

/** Nobody is somebody by one other person's word alone. */
export function Ready({ confirming, done }: { confirming: boolean; done: () => void }): VNode {
  const { say } = useWords();
  return (
    <>
      <h1>{say(confirming ? "invited.waits" : "invited.ready")}</h1>
      <p>{say(confirming ? "invited.waits_say" : "invited.ready_say")}</p>
      <button class="tap main" type="button" onClick={done}>{say("invited.enter")}</button>
    </>
  );
}

function CodeForm({ entry, opened, back }: { entry: Entry; opened: (enrolment: Enrolment) => void; back: () => void }): VNode {
  const { say } = useWords();
  const [code, setCode] = useState("");
  const act = useAct();
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(() => entry.openInvitation(code).then(opened)); }}>
      <h1>{say("invited.title")}</h1>
      <Field id="code" label={say("invited.code")} hint={say("invited.code_hint")} value={code} change={setCode} code />
      <FaultNote fault={act.fault} />
      <button class="tap main" type="submit" aria-disabled={act.busy}>{say("invited.go")}</button>
      <button class="tap" type="button" onClick={back}>{say("bar.back")}</button>
    </form>
  );
}

/** What she leaves here: as many passkeys as her work asks for. */
export function Left({ entry, enrolment, done }: { entry: Entry; enrolment: Enrolment; done: () => void }): VNode {
  const { say } = useWords();
  const [kept, setKept] = useState(0);
  const [label, setLabel] = useState("");
  const act = useAct();
  const { passkeys } = enrolment.needs;
  const add = async (): Promise<void> => {
    const { passkeys: now, complete } = await entry.addPasskey(enrolment, label);
    setKept(now);
    setLabel("");
    if (complete) done();
  };
  return (
    <>
      <h1>{say("invited.hello", { person: properName(enrolment.person) })}</h1>
      {passkeys > 1 && <Steps at={kept + 1} of={passkeys} />}
      <p>{say(passkeys > 1 ? "invited.two" : "invited.one")}</p>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(add); }}>
        <Field id="label" label={say("invited.label")} hint={say("invited.label_hint")} value={label} change={setLabel} />
        <FaultNote fault={act.fault} />
        <button class="tap main" type="submit" aria-disabled={act.busy}>{say(kept === 0 ? "invited.make" : "invited.make_next")}</button>
      </form>
      {enrolment.needs.password && kept === 0 && (
        <details class="more"><summary>{say("invited.password_way")}</summary><Secret entry={entry} enrolment={enrolment} done={done} /></details>
      )}
    </>
  );
}
