/** Coming in: a passkey first; a password and a changing code for those who may; an invitation for who comes the first time. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { type Act, FaultNote, useAct } from "../asking.tsx";
import type { Entry } from "../ports.ts";
import type { Me } from "../wire.ts";
import { Field } from "./fields.tsx";

export function SignIn({ entry, ended, enter, invited }: { entry: Entry; ended: boolean; enter: (me: Me) => void; invited: () => void }): VNode {
  const { say } = useWords();
  const act = useAct();
  const come = (way: Promise<Me>): Promise<void> => way.then(enter);
  return (
    <>
      <h1>{say("signin.title")}</h1>
      {ended && <div class="note" role="status"><p>{say("signin.ended")}</p></div>}
      <p>{say("signin.what")}</p>
      <FaultNote fault={act.fault} />
      <button class="tap main" type="button" aria-disabled={act.busy} onClick={() => act.run(() => come(entry.byPasskey()))}>
        <Glyph name="key" />{say("signin.passkey")}
      </button>
      <details class="more">
        <summary>{say("signin.password_way")}</summary>
        <PasswordForm act={act} go={(...typed) => act.run(() => come(entry.byPassword(...typed)))} />
      </details>
      <button class="tap" type="button" onClick={invited}>{say("signin.invited")}</button>
    </>
  );
}

function PasswordForm({ act, go }: { act: Act; go: (name: string, password: string, totp: string) => void }): VNode {
  const { say } = useWords();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); go(name, password, totp); }}>
      <Field id="name" label={say("signin.name")} value={name} change={setName} fills="username" />
      <Field id="password" type="password" label={say("signin.password")} value={password} change={setPassword} fills="current-password" />
      <Field id="totp" label={say("signin.totp")} hint={say("signin.totp_hint")} value={totp} change={setTotp} fills="one-time-code" code />
      <button class="tap" type="submit" aria-disabled={act.busy}>{say("signin.go")}</button>
    </form>
  );
}
