/** Something in a pass is wrong, or was cancelled by mistake: the holder tells who signed it. Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { claimsOf } from "../../../kernel/subject.ts";
import { useWords } from "../../../kit/words.tsx";
import { Head } from "../head.tsx";
import type { DisputeKind, Held, Asking } from "../ports.ts";
import { kindOf } from "../show/sees.ts";

const KINDS: readonly DisputeKind[] = ["name", "data", "cancelled", "other"];
const LONGEST = 200;

export interface AskParts {
  readonly held: Held;
  readonly first: DisputeKind;
  readonly send: Asking["dispute"];
  readonly done: () => void;
}

export function CorrectionView({ held, first, send, done }: AskParts): VNode {
  const { language, say } = useWords();
  const [kind, setKind] = useState(first);
  const [wanted, setWanted] = useState(String(claimsOf(held.document)["name"] ?? ""));
  const [words, setWords] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);
  if (sent) {
    return (
      <main class="page" id="main">
        <Head by="sent" title={say("correct.sent")} />
        <p>{say("correct.sent_say")}</p>
        <p>{say("correct.sent_next")}</p>
        <button class="tap main" type="button" onClick={done}>{say("correct.back")}</button>
      </main>
    );
  }
  const submit = (): void => {
    if (kind !== "name" && words.trim() === "") return setFault(say("correct.empty"));
    setBusy(true);
    void send(held.name, kind, words.trim(), kind === "name" ? wanted.trim() : null).catch(() => "failed" as const).then((came) => {
      setBusy(false);
      if (came === "sent") setSent(true);
      else setFault(say(came === "busy" ? "correct.busy_desk" : `correct.${came}`));
    });
  };
  return (
    <main class="page" id="main" aria-busy={busy}>
      <Head by="correct" title={say("correct.title")} />
      <p>{kindOf(held, language)}</p>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <fieldset class="stack">
          <legend>{say("correct.which")}</legend>
          {KINDS.map((each) => (
            <p class="pick" key={each}>
              <input type="radio" name="kind" id={`kind-${each}`} checked={kind === each} onChange={() => setKind(each)} />
              <label for={`kind-${each}`}>{say(`correct.kind.${each}`)}</label>
            </p>
          ))}
        </fieldset>
        {kind === "name" && (
          <div class="field">
            <label for="wanted">{say("correct.wanted")}</label>
            <span class="hint" id="wanted-hint">{say("correct.wanted_hint")}</span>
            <input class="in" id="wanted" maxLength={80} autocomplete="off" spellcheck={false} value={wanted} aria-describedby="wanted-hint" onInput={(event) => setWanted(event.currentTarget.value)} />
          </div>
        )}
        <div class={fault === null ? "field" : "field bad"}>
          <label for="words">{say("correct.words")}</label>
          <span class="hint" id="words-hint">{say("correct.words_hint", { n: LONGEST })}</span>
          {fault !== null && <p class="fault" id="words-fault" role="alert"><Glyph name="notice" /><span>{fault}</span></p>}
          <textarea
            class="in" id="words" rows={3} maxLength={LONGEST} value={words} aria-invalid={fault !== null}
            aria-describedby={fault === null ? "words-hint" : "words-hint words-fault"} onInput={(event) => setWords(event.currentTarget.value)}
          />
        </div>
        <button class="tap main" type="submit" disabled={busy}>{say(busy ? "correct.busy" : "correct.send")}</button>
        <button class="tap" type="button" onClick={done}>{say("correct.cancel")}</button>
      </form>
      <p class="small quiet">{say("correct.goes")}</p>
    </main>
  );
}
