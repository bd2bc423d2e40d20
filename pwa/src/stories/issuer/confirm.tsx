/**
 * The last look before an act: what will happen as numbered sentences, then the hand. Where the server wants the passkey
 * again (or password and code, of who has none), it is asked for here, over the sentences that it stands for (TRUST section 10).
 */
import type { ComponentChildren, VNode } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { FaultNote, useAct } from "./asking.tsx";
import { Field } from "./entry/fields.tsx";
import { Refusal } from "./ports.ts";
import { useWalk } from "./walk.tsx";

/** A dialog over the page: the browser keeps the focus in it and gives it back. Its heading is met first. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }): VNode {
  const box = useRef<HTMLDialogElement>(null);
  const name = useId();
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("h2")?.focus();
    return () => dialog?.close(); // while it still stands: one that was taken away gives no focus back
  }, []);
  return (
    <dialog ref={box} class="box" aria-labelledby={name} onCancel={(event) => { event.preventDefault(); close(); }}>
      <h2 id={name} tabIndex={-1}>{title}</h2>
      {children}
    </dialog>
  );
}

export interface Asked {
  readonly title: string;
  /** What is signed: names, counts, digests. */
  readonly about?: ComponentChildren;
  /** What will happen, in order. */
  readonly then: readonly string[];
  readonly go: string;
  readonly act: () => Promise<void>;
}

export function Confirm({ asked, close }: { asked: Asked; close: () => void }): VNode {
  const { say } = useWords();
  const { sign, typed } = useSigned();
  const act = useAct();
  return (
    <Dialog title={asked.title} close={close}>
      {asked.about}
      <Happens lines={asked.then} />
      {typed ?? <p class="small quiet">{say("confirm.passkey")}</p>}
      <FaultNote fault={act.fault} />
      <div class="acts">
        <button class="tap" type="button" onClick={close}>{say("confirm.no")}</button>
        <button class="tap hard" type="button" aria-disabled={act.busy} onClick={() => act.run(() => sign(asked.act).then(close))}>{asked.go}</button>
      </div>
    </Dialog>
  );
}

/** What will happen, in order. */
export function Happens({ lines, children }: { lines: readonly string[]; children?: ComponentChildren }): VNode {
  const { say } = useWords();
  return (
    <div class="reason">
      <div><h3>{say("confirm.then")}</h3><ol class="numbered stack">{lines.map((line) => <li key={line}>{line}</li>)}</ol></div>
      {children}
    </div>
  );
}

export interface Signing {
  /** Where no passkey stands behind the session: the fields of password and code, which are asked for instead. */
  readonly typed: VNode | null;
  /** Does something that the server may want a fresh proof for: asked for once, then done. */
  readonly sign: (act: () => Promise<void>) => Promise<void>;
}

export function useSigned(): Signing {
  const { ports, me, setMe, recount } = useWalk();
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const byPassword = me.passkeys === 0;
  const sign = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "step_up_needed") throw error;
      setMe(await (byPassword ? ports.entry.stepUpByPassword(password, totp) : ports.entry.stepUp()));
      await act();
    }
    recount();
  };
  return { sign, typed: byPassword ? <Typed password={password} setPassword={setPassword} totp={totp} setTotp={setTotp} /> : null };
}

interface TypedParts {
  readonly password: string;
  readonly setPassword: (password: string) => void;
  readonly totp: string;
  readonly setTotp: (totp: string) => void;
}

function Typed({ password, setPassword, totp, setTotp }: TypedParts): VNode {
  const { say } = useWords();
  return (
    <div class="cols">
      <Field id="step-password" type="password" label={say("signin.password")} value={password} change={setPassword} fills="current-password" />
      <Field id="step-totp" label={say("signin.totp")} value={totp} change={setTotp} fills="one-time-code" />
    </div>
  );
}
