/** A password and a changing code: chosen, shown to the app that makes the codes, and proved once. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { PlainQr } from "../../../kit/qr.tsx";
import { useWords } from "../../../kit/words.tsx";
import { spaced } from "../../../words/text.ts";
import { FaultNote, useAct } from "../asking.tsx";
import type { Entry } from "../ports.ts";
import type { Enrolment, SecondFactor } from "../wire.ts";
import { Field } from "./fields.tsx";

const LEAST = 12;

export function Secret({ entry, enrolment, done }: { entry: Entry; enrolment: Enrolment; done: () => void }): VNode {
  const { say } = useWords();
  const [password, setPassword] = useState("");
  const [factor, setFactor] = useState<SecondFactor | null>(null);
  const act = useAct();
  if (factor !== null) return <Proved factor={factor} prove={(code) => entry.confirmTotp(enrolment, code).then(done)} />;
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(() => entry.choosePassword(enrolment, password).then(setFactor)); }}>
      <Field id="new-password" type="password" label={say("secret.password")} hint={say("secret.password_hint")} value={password} change={setPassword} fills="new-password" least={LEAST} />
      <FaultNote fault={act.fault} />
      <button class="tap" type="submit" aria-disabled={act.busy}>{say("secret.go")}</button>
    </form>
  );
}

export function Proved({ factor, prove }: { factor: SecondFactor; prove: (code: string) => Promise<void> }): VNode {
  const { say } = useWords();
  const [code, setCode] = useState("");
  const act = useAct();
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(() => prove(code)); }}>
      <p>{say("secret.scan")}</p>
      <PlainQr text={factor.totpUri} label={say("secret.qr")} />
      <p class="small">{say("secret.by_hand")} <code class="letters">{spaced(factor.totpSecret, 4)}</code></p>
      <h2>{say("secret.spare")}</h2>
      <p>{say("secret.spare_say")}</p>
      <ol class="groups">{factor.recoveryCodes.map((one) => <li key={one}><b>{one}</b></li>)}</ol>
      <Field id="totp-code" label={say("signin.totp")} hint={say("signin.totp_hint")} value={code} change={setCode} fills="one-time-code" code />
      <FaultNote fault={act.fault} />
      <button class="tap" type="submit" aria-disabled={act.busy}>{say("secret.prove")}</button>
    </form>
  );
}
