/** For who comes first: a drawing, a PIN, a passphrase if she likes, the recovery sheet. Nothing is kept before the last of them was chosen. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Steps } from "../../kit/steps.tsx";
import { useWords } from "../../kit/words.tsx";
import { ChoosePin } from "./newpin.tsx";
import { PhraseForm } from "./phrase.tsx";
import type { SheetView } from "./ports.ts";
import { SheetSteps } from "./sheet.tsx";
import { Symbols, type SymbolName } from "./symbols.tsx";
import { useWalk } from "./walk.tsx";

export function FirstView(): VNode {
  const { ports, leave } = useWalk();
  const { say } = useWords();
  const [symbol, setSymbol] = useState<SymbolName | null>(null);
  const [pin, setPin] = useState<string | null>(null);
  const [sheet, setSheet] = useState<SheetView | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<"weak" | "full" | "failed" | null>(null);
  const home = (): void => leave("home", null);
  const create = (passphrase: string | null): void => {
    if (symbol === null || pin === null) return;
    setBusy(true);
    void ports.pocket.create({ symbol, pin, passphrase }).then((made) => {
      setBusy(false);
      if (typeof made === "string") setFault(made);
      else setSheet(made);
    });
  };
  const at = symbol === null ? 1 : pin === null ? 2 : 3;
  return (
    <main class="page" id="main">
      <Steps at={at} of={3} />
      {fault !== null && <div class="note" role="alert"><p>{say(`first.${fault}`)}</p></div>}
      {symbol === null && (
        <>
          <h1>{say("first.drawing")}</h1>
          <p>{say("first.drawing_what")}</p>
          <Symbols choose={setSymbol} />
        </>
      )}
      {symbol !== null && pin === null && <ChoosePin symbol={symbol} busy={false} chosen={setPin} />}
      {pin !== null && sheet === null && <PhraseForm busy={busy} chosen={create} />}
      {sheet !== null && (
        <>
          <h1>{say("sheet.title")}</h1>
          <SheetSteps sheet={sheet} done={home} later={home} />
        </>
      )}
    </main>
  );
}
