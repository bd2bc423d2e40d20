/** What the holder asked who signed, and what they answered. Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { shown } from "../../../kernel/typed.ts";
import { dayTime } from "../../../words/text.ts";
import { cardOf } from "../card.ts";
import type { DisputeLine } from "../ports.ts";
import { useOpened, useWalk } from "../walk.tsx";
import { isFresh, isLeft } from "./told.ts";

/** What was answered: told on home, with the way to the pass that it is about, until she goes there; and as long as nothing took its place. */
export function Answered(): VNode {
  const { go } = useWalk();
  const { disputes, passes } = useOpened();
  const { language, say } = useWords();
  return (
    <>
      {disputes.filter((line) => isFresh(line) || isLeft(line, disputes)).map((line) => {
        const held = passes.find(({ name }) => name === line.pass);
        return held !== undefined && (
          <div class="note" role="status" key={line.id}>
            <p><b>{say("answers.came")}</b> {cardOf(held, language).title}. {say(`answers.${line.state}`)}.</p>
            <p><button class="link-tap" type="button" onClick={() => go("pass", held.name)}>{say("answers.look")}</button></p>
          </div>
        );
      })}
    </>
  );
}

export function AnswersList({ lines }: { lines: readonly DisputeLine[] }): VNode | null {
  const { language, say } = useWords();
  if (lines.length === 0) return null;
  return (
    <section class="stack">
      <h2>{say("answers.title")}</h2>
      <ul class="rows">
        {lines.map((line) => (
          <li class="stack" key={line.id}>
            <p><b>{say(`answers.${line.state}`)}</b></p>
            <p>{say(`correct.kind.${line.kind}`)} <span class="quiet">{dayTime(language, line.sentAt)}</span></p>
            {line.state === "open" && line.wanted !== "" && <p>{say("answers.wanted")} <b>{shown(line.wanted)}</b></p>}
            {line.state === "open" && <Withdraw line={line} />}
            {line.answer !== "" && <p>{say("answers.said", { text: line.answer })}</p>}
          </li>
        ))}
      </ul>
      <p class="small quiet">{say("pass.rights")}</p>
    </section>
  );
}

/** Taken back after a second yes, which says what goes on then. */
function Withdraw({ line: { id, kind } }: { line: DisputeLine }): VNode {
  const { ports: { pocket } } = useWalk();
  const { say } = useWords();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const withdraw = (): void => {
    setBusy(true);
    setFault(null);
    void pocket.withdraw(id).catch(() => "refused" as const).then((came) => {
      setBusy(false);
      if (came !== "withdrawn") setFault(say(`withdraw.${came}`));
    });
  };
  if (!asking) return <p><button class="link-tap" type="button" onClick={() => setAsking(true)}>{say("withdraw.ask")}</button></p>;
  return (
    <div class="reason" role="group" aria-label={say("withdraw.ask")}>
      <div>
        <p>{say(kind === "cancelled" ? "withdraw.what_cancelled" : "withdraw.what")}</p>
        {fault !== null && <p role="alert">{fault}</p>}
        <div class="taps two">
          <button class="tap" type="button" onClick={() => { setAsking(false); setFault(null); }}>{say("withdraw.no")}</button>
          <button class="tap hard" type="button" disabled={busy} onClick={withdraw}>{say("withdraw.yes")}</button>
        </div>
      </div>
    </div>
  );
}
