/** The PIN: opens what is behind a drawing, or says again that it is she who shows something. The count of tries is the pocket's. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { clockTime, type Key, type Values } from "../../words/text.ts";
import { Head } from "./head.tsx";
import { PinPad } from "./pinpad.tsx";
import type { PinAnswer } from "./ports.ts";
import type { SymbolName } from "./symbols.tsx";
import { useOpened, useWalk } from "./walk.tsx";

type Say = (key: Key, values?: Values) => string;

/** The PIN of a drawing. */
export function PinView({ carried: symbol }: { carried: SymbolName }): VNode {
  const { ports, go, leave } = useWalk();
  const { say } = useWords();
  const asked = usePin((pin) => ports.pocket.tryPin(symbol, pin), () => leave("home", null));
  return (
    <main class="page" id="main">
      <Head symbol={symbol} by="pin" title={say("pin.title")} />
      <p class="only-read">{say("pin.drawing", { name: say(`symbol.${symbol}`) })}</p>
      {asked}
      <p class="middle"><button class="link-tap" type="button" onClick={() => go("forgot", symbol)}>{say("pin.forgot")}</button></p>
      <p class="middle"><button class="link-tap" type="button" onClick={() => leave("first", null)}>{say("pin.first")}</button></p>
    </main>
  );
}

/** The PIN once more, before something is shown or taken away; `why` in a sentence. */
export function ConfirmPin({ why, right, back }: { why?: string; right: () => void; back: () => void }): VNode {
  const { ports } = useWalk();
  const { symbol } = useOpened();
  const { say } = useWords();
  const asked = usePin((pin) => ports.pocket.confirm(pin), right);
  return (
    <main class="page" id="main">
      <Head symbol={symbol} by="pin" title={say("pin.title")} />
      {why !== undefined && <p>{why}</p>}
      {asked}
      <button class="tap" type="button" onClick={back}>{say("pin.not_now")}</button>
    </main>
  );
}

/** The keys, and what each try came to; a wait is counted down. */
function usePin(ask: (pin: string) => Promise<PinAnswer>, right: () => void): VNode {
  const { ports: { now } } = useWalk();
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<PinAnswer | "broken" | null>(null);
  const [until, setUntil] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setTimeout(() => setLeft(secondsTo(until, now())), 1000);
    return () => clearTimeout(timer);
  }, [left, until]);
  const tried = (pin: string): void => {
    setBusy(true);
    void ask(pin).catch(() => "broken" as const).then((found) => {
      setBusy(false);
      setAnswer(found);
      if (found === "broken") return;
      if (found.opened) return right();
      setUntil(now() + found.wait * 1000);
      setLeft(found.wait);
    });
  };
  const wait = answer === null || answer === "broken" || answer.opened ? 0 : answer.wait;
  return <PinPad busy={busy} status={statusOf(answer, left > 0, say)} full={tried}>{left > 0 && <Waiting left={Math.min(left, wait)} whole={wait} until={until} />}</PinPad>;
}

function secondsTo(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** When it is said again how long still, in seconds: not each second. */
const ALOUD = [10, 30, 60, 120, 300, 600, 900, 1800];

/** The rest of a wait, for the eyes each second, for the ears now and then. */
function Waiting({ left, whole, until }: { left: number; whole: number; until: number }): VNode {
  const { language, say } = useWords();
  const mark = ALOUD.find((each) => each >= left && each < whole);
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <div class="countdown">
      <p aria-hidden="true">{say("pin.left", { left: clock, time: clockTime(language, until) })}</p>
      <p class="only-read" aria-live="polite">{mark === undefined ? "" : say(mark > 60 ? "pin.left_minutes" : "pin.left_seconds", { n: mark > 60 ? mark / 60 : mark })}</p>
    </div>
  );
}

/** `waits`: the wait that was told still stands. */
function statusOf(answer: PinAnswer | "broken" | null, waits: boolean, say: Say): string {
  if (answer === null) return "";
  if (answer === "broken") return say("pin.broken");
  if (answer.opened) return "";
  if (answer.erased) return say("pin.erased");
  const last = answer.last ? ` ${say("pin.last")}` : "";
  const told = answer.tried ? "wait" : "untried";
  if (waits && answer.wait > 90) return say(`pin.${told}_minutes`, { n: Math.ceil(answer.wait / 60) }) + last;
  if (waits) return say(`pin.${told}_seconds`, { n: Math.ceil(answer.wait / 10) * 10 }) + last;
  if (answer.wait > 0 || !answer.tried) return say("pin.again") + last;
  return say(answer.left === 1 ? "pin.wrong_1" : "pin.wrong", { n: answer.left });
}
