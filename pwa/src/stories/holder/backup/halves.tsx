/** The papers for two helpers: two different sheets, printed one at a time, each worth nothing alone. Draws only. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { type Key, longDate } from "../../../words/text.ts";
import { unkeptFor } from "../faults.tsx";
import { Head } from "../head.tsx";
import type { Sheets, SheetView } from "../ports.ts";
import { SheetLetters } from "./letters.tsx";

export function HalvesView({ make, print, sheet }: { make: Sheets["halves"]; print: () => void; sheet: () => void }): VNode {
  const { language, say } = useWords();
  const [halves, setHalves] = useState<readonly [SheetView, SheetView] | null>(null);
  const [at, setAt] = useState<0 | 1>(0);
  const [fault, setFault] = useState<Key | null>(null);
  useEffect(() => {
    void make().then((made) => (typeof made === "string" ? setFault(made === "unknown" ? "halves.unknown" : unkeptFor(made, "halves.failed")) : setHalves(made)));
  }, []);
  const half = halves?.[at];
  return (
    <main class="page" id="main" aria-busy={half === undefined && fault === null}>
      <Head by="halves" title={say("halves.title")} />
      <p class="no-print">{say("halves.what")}</p>
      {fault !== null && (
        <div class="note" role="alert">
          <p>{say(fault)}</p>
          {fault === "halves.unknown" && <p><button class="link-tap" type="button" onClick={sheet}>{say("halves.sheet")}</button></p>}
        </div>
      )}
      {half !== undefined && (
        <article class="stack">
          <h2>{say("halves.paper", { n: at + 1 })}</h2>
          <SheetLetters sheet={half} />
          <p>{say("halves.for_helper")}</p>
          <div class="note"><p><b>{say("sheet.nobody")}</b></p></div>
          <p class="small">{say("halves.made", { date: longDate(language, new Date().toISOString()) })}</p>
        </article>
      )}
      <div class="taps">
        <button class="tap main" type="button" disabled={half === undefined} onClick={print}><Glyph name="print" />{say("halves.print", { n: at + 1 })}</button>
        <button class="tap" type="button" disabled={half === undefined} onClick={() => setAt(at === 0 ? 1 : 0)}>{say("halves.other", { n: at === 0 ? 2 : 1 })}</button>
      </div>
      <p class="small quiet no-print">{say("halves.apart")} {say("halves.same")}</p>
    </main>
  );
}
