/** What a certificate says wrong, proposed at the counter: another person confirms, and a new certificate takes its place. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { Dialog, Happens, useSigned } from "../confirm.tsx";
import { Field, type FieldParts } from "../entry/fields.tsx";
import { Title } from "../people/credentials.tsx";
import { useWalk } from "../walk.tsx";
import type { Correction, Credential } from "../wire.ts";

/** Of what a type's correction may change, what is typed here; the rest is for systems. */
const TYPED = { names: "text", surnames: "text", name: "text", documentNumber: "text", norm: "text", cardValidUntil: "date" } as const satisfies Partial<Record<keyof Correction, FieldParts["type"]>>;
type Member = keyof typeof TYPED;

export function isTyped(member: string): member is Member {
  return Object.hasOwn(TYPED, member);
}

/** What can be typed of this certificate. */
export function membersOf({ correctable }: Credential): readonly Member[] {
  return (Object.keys(TYPED) as Member[]).filter((member) => correctable.includes(member));
}

export function AmendDialog({ one, close, done }: { one: Credential; close: () => void; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [typed, setTyped] = useState<Readonly<Partial<Record<Member, string>>>>({});
  const act = useAct();
  const { sign, typed: proof } = useSigned();
  const said = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== "")) as Correction;
  const send = async (): Promise<void> => {
    await sign(() => ports.server.proposeAmendment(one.id, said));
    done();
    close();
  };
  return (
    <Dialog title={say("amend.title")} close={close}>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
        <p><b>{one.name}</b><br /><Title one={one} /></p>
        <p class="small quiet">{say("amend.hint")}</p>
        {membersOf(one).map((member) => (
          <Field key={member} id={member} type={TYPED[member]} label={say(`amend.${member}`)} value={typed[member] ?? ""} change={(value) => setTyped({ ...typed, [member]: value })} optional />
        ))}
        <Happens lines={[say("act.then_other"), say("decision.correct_then"), say("amend.then_slip")]} />
        {proof}
        <FaultNote fault={act.fault} />
        <div class="acts">
          <button class="tap" type="button" onClick={close}>{say("confirm.no")}</button>
          <button class="tap hard" type="submit" disabled={Object.keys(said).length === 0} aria-disabled={act.busy}>{say("act.send")}</button>
        </div>
      </form>
    </Dialog>
  );
}
