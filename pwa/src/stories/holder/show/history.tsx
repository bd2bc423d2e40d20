/** What the holder showed, when, and to whom where she wrote it down: on her phone only. Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph, HalfBridge } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { dayTime } from "../../../words/text.ts";
import { type Profile, PROFILES } from "../../../kernel/question.ts";
import { wordOf } from "../../../kernel/seeing.ts";
import { useKeeping } from "../faults.tsx";
import type { Opened, SaveOutcome, ShowLine } from "../ports.ts";

export interface HistoryActions {
  readonly note: (line: string, to: string) => Promise<SaveOutcome>;
  readonly clear: () => Promise<SaveOutcome>;
  /** The PIN alone shows what came since the vault was closed; the rest lies in it. */
  readonly vault: () => void;
}

export function HistoryView({ opened, kind, actions }: { opened: Opened; kind: (pair: string) => string; actions: HistoryActions }): VNode {
  const { say } = useWords();
  const [sure, setSure] = useState(false);
  const [fault, keep] = useKeeping();
  const clear = (): void => void keep(actions.clear()).then((kept) => kept && setSure(false));
  const lines = [...opened.shows].reverse();
  return (
    <main class="page" id="main">
      <h1>{say("history.title")}</h1>
      <p class="quiet">{say("history.where")}</p>
      {lines.length === 0 && <div class="empty"><HalfBridge /><p>{say(opened.vault ? "history.empty" : "history.empty_pin")}</p></div>}
      <ol class="rows">{lines.map((line) => <Row key={line.id} line={line} kind={kind} note={actions.note} />)}</ol>
      {!opened.vault && lines.length > 0 && <p>{say("history.rest")}</p>}
      {!opened.vault && <button class="tap" type="button" onClick={actions.vault}><Glyph name="lock" />{say("home.vault")}</button>}
      {lines.length > 0 && !sure && <button class="tap" type="button" onClick={() => setSure(true)}>{say("history.clear")}</button>}
      {sure && (
        <div class="reason" role="group" aria-label={say("history.clear")}><div>
          <p>{say(opened.vault ? "history.clear_sure" : "history.clear_sure_pin")}</p>
          {fault}
          <div class="taps two">
            <button class="tap" type="button" onClick={() => setSure(false)}>{say("history.keep")}</button>
            <button class="tap hard" type="button" onClick={clear}>{say("history.clear_yes")}</button>
          </div>
        </div></div>
      )}
    </main>
  );
}

function Row({ line, kind, note }: { line: ShowLine; kind: (pair: string) => string; note: HistoryActions["note"] }): VNode {
  const { language, say } = useWords();
  const profile = isProfile(line.profile) ? say(`profile.${line.profile}`) : line.profile;
  const to = line.note ?? line.to;
  return (
    <li class="stack">
      <h2>{dayTime(language, line.at)}</h2>
      {line.manner === null
        ? <p><b>{say("over.title")} {say("over.unsent_say")}</b></p>
        : <p>{profile} · {say(`history.${line.manner}`)}</p>}
      {(to !== null || line.manner !== null) && (
        <p><span class="quiet">{say(line.manner === null ? "history.asked" : "history.to")}</span> {to === null ? say("history.to_none") : <b>{to}</b>} {to !== null && line.note === null && <span class="small quiet">{say("show.their_name")}</span>}</p>
      )}
      {line.kinds.length > 0 && <p>{say("history.showed", { kinds: line.kinds.map(kind).join(", ") })}</p>}
      {line.claims.length > 0 && <p class="small">{say("history.claims", { claims: line.claims.map((claim) => say(wordOf(claim))).join(", ") })}</p>}
      {line.manner !== null && <NoteTo line={line} note={note} />}
    </li>
  );
}

function NoteTo({ line, note }: { line: ShowLine; note: HistoryActions["note"] }): VNode {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const [fault, keep] = useKeeping();
  const send = (): void => void keep(note(line.id, typed.trim())).then((kept) => kept && setOpen(false));
  const [typed, setTyped] = useState(line.note ?? "");
  const id = `to-${line.id}`;
  if (!open) return <button class="link-tap" type="button" onClick={() => setOpen(true)}>{say("history.write")}</button>;
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {fault}
      <div class="field">
        <label for={id}>{say("history.who")}</label>
        <span class="hint" id={`${id}-hint`}>{say("history.who_hint")}</span>
        <input class="in" id={id} maxLength={80} autocomplete="off" value={typed} aria-describedby={`${id}-hint`} onInput={(event) => setTyped(event.currentTarget.value)} />
      </div>
      <button class="tap" type="submit">{say("history.save")}</button>
    </form>
  );
}

/** A profile that this page has a word for; a newer one is shown as it was kept. */
function isProfile(name: string): name is Profile {
  return Object.hasOwn(PROFILES, name);
}
