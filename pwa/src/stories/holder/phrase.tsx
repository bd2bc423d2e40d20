/** The passphrase chosen, or left away: one of the two ways into the vault. Judged by the kernel's rule; kept nowhere here. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { requireStrong } from "../../kernel/vault/passphrase.ts";
import { isRefused } from "../../kernel/refused.ts";
import { SecretField } from "./fields.tsx";

const LEAST = 12;

export function PhraseForm({ busy, chosen }: { busy: boolean; chosen: (phrase: string | null) => void }): VNode {
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
      <h1>{say("phrase.title")}</h1>
      <p>{say("phrase.what")}</p>
      <SecretField id="phrase" label={say("phrase.label")} hint={say("phrase.hint")} value={typed} fault={fault} change={setTyped} />
      <div class="taps">
        <button class="tap main" type="submit" disabled={busy}>{say("phrase.take")}</button>
        <button class="tap" type="button" disabled={busy} onClick={() => chosen(null)}>{say("phrase.none")}</button>
      </div>
      <p class="small quiet"><Glyph name="lock" />{say("phrase.keeps")}</p>
      <p aria-live="polite">{busy ? say("first.busy") : ""}</p>
    </form>
  );
}
