/** For who comes first: a drawing, a PIN, a passphrase if she likes, the recovery sheet. Nothing is kept before the last of them was chosen. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Steps } from "../../kit/steps.tsx";
import { toHeading } from "../../kit/told.ts";
import { useWords } from "../../kit/words.tsx";
import { Head } from "./head.tsx";
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
  const [fault, setFault] = useState<"taken" | "weak" | "full" | "failed" | null>(null);
  /** What she chose for a phrase, kept where only her PIN is asked again; undefined: not asked yet. */
  const [phrase, setPhrase] = useState<string | null | undefined>(undefined);
  const [round, setRound] = useState(0);
  const home = (): void => leave("home", null);
  const create = (chosen: string | null, passphrase: string | null): void => {
    if (symbol === null || chosen === null) return;
    setBusy(true);
    setFault(null);
    void ports.pocket.create({ symbol, pin: chosen, passphrase }).then((made) => {
      setBusy(false);
      if (typeof made !== "string") return setSheet(made);
      setFault(made);
      if (made !== "taken") return;
      setPhrase(passphrase);
      setPin(null);
      setRound(round + 1);
    });
  };
  const choose = (chosen: string): void => (phrase === undefined ? setPin(chosen) : create(chosen, phrase));
  const part = sheet !== null ? "sheet" : pin !== null ? "phrase" : "pin";
  useEffect(() => {
    if (part !== "pin") toHeading();
  }, [part]);
  /** The phrase is a stronger PIN and no step of its own: bars are three at most (LOOK section 4). */
  const at = symbol === null ? 1 : sheet === null ? 2 : 3;
  return (
    <main class="page" id="main">
      <Steps at={at} of={3} />
      {fault !== null && <div class="note" role="alert"><p>{say(`first.${fault}`)}</p></div>}
      {symbol === null && (
        <>
          <Head by="drawing" title={say("first.drawing")} />
          <p>{say("first.drawing_what")}</p>
          <Symbols choose={setSymbol} />
        </>
      )}
      {symbol !== null && pin === null && sheet === null && <ChoosePin key={round} symbol={symbol} busy={busy} chosen={choose} />}
      {pin !== null && sheet === null && <PhraseForm busy={busy} chosen={(chosen) => create(pin, chosen)} />}
      {sheet !== null && (
        <>
          <Head by="sheet" title={say("sheet.title")} />
          <SheetSteps sheet={sheet} done={home} later={home} />
        </>
      )}
    </main>
  );
}
