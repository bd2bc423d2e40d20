/** The recovery sheet: its letters and their QR to write down or print, then three groups asked back. The letters are the pocket's. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { longDate } from "../../words/text.ts";
import { groupsOf, SheetLetters } from "./backup/letters.tsx";
import { CodeField } from "./fields.tsx";
import type { SheetView } from "./ports.ts";
import { useOpened, useWalk } from "./walk.tsx";

const ASKED = 3;
const GROUP = 4;

/** The sheet of who is open, from home or settings. */
export function SheetPage(): VNode {
  const { ports, leave } = useWalk();
  const { say } = useWords();
  const [sheet, setSheet] = useState<SheetView | null>(null);
  const [fault, setFault] = useState(false);
  useEffect(() => {
    void ports.pocket.sheet().then((made) => (typeof made === "string" ? setFault(true) : setSheet(made)));
  }, [ports]);
  return (
    <main class="page" id="main">
      <h1>{say("sheet.title")}</h1>
      {fault && <div class="note" role="alert"><p>{say("sheet.failed")}</p></div>}
      {sheet !== null && <SheetSteps sheet={sheet} done={() => leave("home", null)} later={null} />}
    </main>
  );
}

/** The sheet shown, then asked back. `later`: where it can be put off. */
export function SheetSteps({ sheet, done, later }: { sheet: SheetView; done: () => void; later: (() => void) | null }): VNode {
  const [asking, setAsking] = useState(false);
  if (asking) return <AskBack sheet={sheet} done={done} back={() => setAsking(false)} />;
  return <Letters sheet={sheet} copied={() => setAsking(true)} later={later} />;
}

function Letters({ sheet, copied, later }: { sheet: SheetView; copied: () => void; later: (() => void) | null }): VNode {
  const { language, say } = useWords();
  const { symbol } = useOpened();
  const today = longDate(language, new Date().toISOString());
  return (
    <>
      <p>{say("sheet.what")}</p>
      <SheetLetters sheet={sheet} />
      <div class="note"><p>{say("sheet.nobody")}</p></div>
      <ul class="sees">
        <li><Glyph name="bridge" />{say("sheet.away")}</li>
        <li><Glyph name="history" />{say("sheet.wait")}</li>
      </ul>
      <div class="taps">
        <button class="tap main" type="button" onClick={copied}>{say("sheet.copied", { n: ASKED })}</button>
        <button class="tap" type="button" onClick={() => print()}><Glyph name="print" />{say("print.go")}</button>
        {later !== null && <button class="tap" type="button" onClick={later}>{say("sheet.later")}</button>}
      </div>
      <p class="small quiet">{say("sheet.made", { date: today, drawing: say(`symbol.${symbol}`) })}</p>
    </>
  );
}

/** Three of the groups, drawn by chance, from the paper. */
function AskBack({ sheet, done, back }: { sheet: SheetView; done: () => void; back: () => void }): VNode {
  const { ports } = useWalk();
  const { say } = useWords();
  const count = groupsOf(sheet.letters).length;
  const [places] = useState(() => drawn(count));
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [faults, setFaults] = useState<Readonly<Record<number, string>>>({});
  const [wrong, setWrong] = useState<"sheet.differs" | "sheet.failed" | null>(null);
  const check = (): void => {
    setWrong(null);
    const short = places.map((place) => [place, bare(typed[place] ?? "").length] as const).filter(([, n]) => n !== GROUP);
    setFaults(Object.fromEntries(short.map(([place, n]) => [place, say("sheet.short", { n, of: GROUP })])));
    if (short.length > 0) return;
    void ports.pocket.confirmSheet(typed).then((outcome) => {
      if (outcome === "saved") done();
      else setWrong(outcome === "wrong" ? "sheet.differs" : "sheet.failed");
    });
  };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); check(); }}>
      <h2>{say("sheet.ask")}</h2>
      {wrong !== null && <div class="note" role="alert"><p>{say(wrong)}</p></div>}
      {places.map((place) => (
        <CodeField
          key={place} id={`group-${place}`} label={say("sheet.group", { n: place })} hint={say("sheet.group_hint")} value={typed[place] ?? ""}
          fault={faults[place] ?? null} change={(value) => setTyped({ ...typed, [place]: value })}
        />
      ))}
      <div class="taps">
        <button class="tap main" type="submit">{say("sheet.check")}</button>
        <button class="tap" type="button" onClick={back}>{say("sheet.see")}</button>
      </div>
    </form>
  );
}

function bare(typed: string): string {
  return typed.replace(/[\s-]/g, "");
}

/** Three numbers of 1 to `count`, in order. */
function drawn(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, place) => place + 1);
  while (all.length > ASKED) all.splice(Math.floor(Math.random() * all.length), 1);
  return all;
}
