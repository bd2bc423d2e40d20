/** Something in a pass is wrong, or was cancelled by mistake: the holder tells who signed it. Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { claimsOf } from "../../../kernel/subject.ts";
import { shown } from "../../../kernel/typed.ts";
import { useWords } from "../../../kit/words.tsx";
import { Head } from "../head.tsx";
import type { DisputeKind, Held, Asking } from "../ports.ts";
import { kindOf } from "../show/sees.ts";
import { type Lacking, lackingIn } from "./lacking.ts";

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
  const written = String(claimsOf(held.document)["name"] ?? "");
  const [wanted, setWanted] = useState(written);
  const [words, setWords] = useState("");
  const [lacks, setLacks] = useState<Lacking | null>(null);
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
    const lacking = lackingIn(kind, written, wanted, words);
    setLacks(lacking);
    setFault(null);
    if (lacking !== null) return document.getElementById(lacking === "empty" ? "words" : "wanted")?.focus();
    setBusy(true);
    void send(held.name, kind, words.trim(), kind === "name" ? shown(wanted) : null).catch(() => "failed" as const).then((came) => {
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
              <input type="radio" name="kind" id={`kind-${each}`} checked={kind === each} onChange={() => { setKind(each); setLacks(null); }} />
              <label for={`kind-${each}`}>{say(`correct.kind.${each}`)}</label>
            </p>
          ))}
        </fieldset>
        {kind === "name" && (
          <Box id="wanted" label={say("correct.wanted")} hint={say("correct.wanted_hint")} rows={2} most={80} value={wanted} change={setWanted} fault={lacks === null || lacks === "empty" ? null : say(`correct.${lacks}`)} />
        )}
        <Box
          id="words" label={say("correct.words")} rows={3} most={LONGEST} value={words} change={setWords} fault={lacks === "empty" ? say("correct.empty") : null}
          hint={`${say("correct.words_hint", { n: LONGEST })}${kind === "data" || kind === "other" ? ` ${say("correct.words_name")}` : ""}`}
        />
        {fault !== null && <div class="note" role="alert"><p>{fault}</p></div>}
        <button class="tap main" type="submit" disabled={busy}>{say(busy ? "correct.busy" : "correct.send")}</button>
        <button class="tap" type="button" onClick={done}>{say("correct.cancel")}</button>
      </form>
      <p class="small quiet">{say("correct.goes")}</p>
    </main>
  );
}

interface BoxParts {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly rows: number;
  readonly most: number;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly fault: string | null;
}

/** What is typed, in lines: a long name is seen whole. */
function Box({ id, label, hint, rows, most, value, change, fault }: BoxParts): VNode {
  return (
    <div class={fault === null ? "field" : "field bad"}>
      <label for={id}>{label}</label>
      <span class="hint" id={`${id}-hint`}>{hint}</span>
      {fault !== null && <p class="fault" id={`${id}-fault`} role="alert"><Glyph name="notice" /><span>{fault}</span></p>}
      <textarea
        class="in words" id={id} rows={rows} maxLength={most} autocomplete="off" spellcheck={id !== "wanted"} value={value} aria-invalid={fault !== null}
        aria-describedby={fault === null ? `${id}-hint` : `${id}-hint ${id}-fault`} onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}
