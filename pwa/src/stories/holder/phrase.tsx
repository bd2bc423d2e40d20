/**
 * The passphrase chosen, or left away: one of the two ways into the vault, at the first time or for who is open with the vault.
 * Judged by the kernel's rule; kept nowhere here.
 */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { requireStrong } from "../../kernel/vault/passphrase.ts";
import { isRefused } from "../../kernel/refused.ts";
import type { Key } from "../../words/text.ts";
import { unkeptFor } from "./faults.tsx";
import { Head } from "./head.tsx";
import { SecretField } from "./fields.tsx";
import { type Carried, useOpened, useWalk } from "./walk.tsx";

const LEAST = 12;

/** A phrase for a wallet that has none, as after a recovery by the sheet, or another in its place. */
export function PhrasePage({ carried: then }: { carried: Carried["phrase"] }): VNode {
  const { ports: { pocket }, leave } = useWalk();
  const { hasPassphrase } = useOpened();
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  const [unkept, setUnkept] = useState<Key | null>(null);
  const on = (): void => leave(then, null);
  const take = (phrase: string | null): void => {
    if (phrase === null) return on();
    setBusy(true);
    setUnkept(null);
    void pocket.setPhrase(phrase).catch(() => "failed" as const).then((outcome) => {
      setBusy(false);
      if (outcome === "saved") on();
      else setUnkept(unkeptFor(outcome, "phrase.unkept"));
    });
  };
  return (
    <main class="page" id="main">
      {unkept !== null && <div class="note" role="alert"><p>{say(unkept)}</p></div>}
      <PhraseForm busy={busy} has={hasPassphrase} chosen={take} />
    </main>
  );
}

/** `has`: there is one already, which stays where she chooses none. */
export function PhraseForm({ busy, has = false, chosen }: { busy: boolean; has?: boolean; chosen: (phrase: string | null) => void }): VNode {
  const { say } = useWords();
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const take = (): void => {
    const length = [...typed].length;
    if (length < LEAST) return setFault(say("phrase.short", { n: length, of: LEAST }));
    if (isRefused(() => requireStrong(typed))) return setFault(say("phrase.weak"));
    chosen(typed);
  };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); take(); }}>
      <Head by="passphrase" title={say("phrase.title")} />
      <p>{say("phrase.what")}</p>
      <SecretField id="phrase" label={say("phrase.label")} hint={say("phrase.hint")} value={typed} fault={fault} change={(value) => { setTyped(value); setFault(null); }} />
      <div class="taps">
        <button class="tap main" type="submit" disabled={busy}>{say("phrase.take")}</button>
        <button class="tap" type="button" disabled={busy} {...(has ? {} : { "aria-describedby": "phrase-none" })} onClick={() => chosen(null)}>{say(has ? "phrase.same" : "phrase.none")}</button>
      </div>
      {!has && <p class="small" id="phrase-none">{say("phrase.none_what")}</p>}
      <p class="small quiet beside"><Glyph name="lock" /><span>{say("phrase.keeps")}</span></p>
      <p aria-live="polite">{busy ? say("first.busy") : ""}</p>
    </form>
  );
}
