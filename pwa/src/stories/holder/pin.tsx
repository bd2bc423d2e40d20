/** The PIN: opens what is behind a drawing, or says again that it is she who shows something. The count of tries is the pocket's. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import type { Key, Values } from "../../words/text.ts";
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
    </main>
  );
}

/** The PIN once more, before something is shown. */
export function ConfirmPin({ right, back }: { right: () => void; back: () => void }): VNode {
  const { ports } = useWalk();
  const { symbol } = useOpened();
  const { say } = useWords();
  const asked = usePin((pin) => ports.pocket.confirm(pin), right);
  return (
    <main class="page" id="main">
      <Head symbol={symbol} by="pin" title={say("pin.title")} />
      {asked}
      <button class="tap" type="button" onClick={back}>{say("pin.not_now")}</button>
    </main>
  );
}

/** The keys, and what each try came to; a wait is counted down. */
function usePin(ask: (pin: string) => Promise<PinAnswer>, right: () => void): VNode {
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<PinAnswer | "broken" | null>(null);
  const [wait, setWait] = useState(0);
  useEffect(() => {
    if (wait === 0) return undefined;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);
  const tried = (pin: string): void => {
    setBusy(true);
    void ask(pin).catch(() => "broken" as const).then((found) => {
      setBusy(false);
      setAnswer(found);
      if (found === "broken") return;
      if (found.opened) right();
      else setWait(found.wait);
    });
  };
  return <PinPad busy={busy} status={statusOf(answer, wait, say)} full={tried} />;
}

function statusOf(answer: PinAnswer | "broken" | null, wait: number, say: Say): string {
  if (answer === null) return "";
  if (answer === "broken") return say("pin.broken");
  if (answer.opened) return "";
  if (answer.erased) return say("pin.erased");
  const last = answer.last ? ` ${say("pin.last")}` : "";
  if (wait > 90) return say("pin.wait_minutes", { n: Math.ceil(wait / 60) }) + last;
  if (wait > 0) return say("pin.wait_seconds", { n: Math.ceil(wait / 10) * 10 }) + last; // in tens: it is read aloud
  if (answer.wait > 0) return say("pin.again") + last;
  return say(answer.left === 1 ? "pin.wrong_1" : "pin.wrong", { n: answer.left });
}
