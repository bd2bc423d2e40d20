/** The recovery sheet: its letters and their QR to write down or print, then three groups asked back; another one after a yes. The letters are the pocket's. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { type Key, longDate } from "../../words/text.ts";
import { groupsOf, SheetLetters } from "./backup/letters.tsx";
import { unkeptFor } from "./faults.tsx";
import { Head } from "./head.tsx";
import { CodeField } from "./fields.tsx";
import type { SheetsView, SheetView, Unsaved } from "./ports.ts";
import { useOpened, useWalk } from "./walk.tsx";

const ASKED = 3;
const GROUP = 4;
/** Who copies by hand does not touch the phone: so long the letters stay, in steps shorter than the lock's patience. */
const COPYING = 5 * 60_000;
const STILL_HERE = 20_000;

/** The sheet of who is open, from home or settings: the one on her paper, and another one only where she asks for it. */
export function SheetPage(): VNode {
  const { ports: { pocket }, leave } = useWalk();
  const { say } = useWords();
  const [sheets, setSheets] = useState<SheetsView | null>(null);
  const [fault, setFault] = useState<Key | null>(null);
  const take = (made: Promise<SheetsView | Unsaved>): void => void made.then((came) => {
    setFault(typeof came === "string" ? unkeptFor(came, "sheet.failed") : null);
    if (typeof came !== "string") setSheets(came);
  });
  useEffect(() => take(pocket.sheet()), [pocket]);
  const done = (): void => leave("home", null);
  return (
    <main class="page" id="main">
      <Head by="sheet" title={say("sheet.title")} />
      {fault !== null && <div class="note" role="alert"><p>{say(fault)}</p></div>}
      {sheets !== null && <OneSheet sheets={sheets} done={done} another={() => take(pocket.newSheet())} keep={() => take(pocket.keepSheet())} />}
    </main>
  );
}

interface OneParts {
  readonly sheets: SheetsView;
  readonly done: () => void;
  readonly another: () => void;
  readonly keep: () => void;
}

function OneSheet({ sheets: { current, next }, done, another, keep }: OneParts): VNode {
  const { say } = useWords();
  if (next !== null) {
    return (
      <>
        <NotYet />
        <SheetSteps key={next.letters} sheet={next} done={done} later={null} />
        <button class="tap no-print" type="button" onClick={keep}>{say("sheet.keep")}</button>
      </>
    );
  }
  return (
    <>
      {current === null ? <div class="note"><p>{say("sheet.unknown")}</p></div> : <SheetSteps key={current.letters} sheet={current} done={done} later={null} />}
      <Another another={another} />
    </>
  );
}

/** What holds of a new sheet until its groups came back; it is on its print too. */
function NotYet(): VNode {
  const { say } = useWords();
  const { backup } = useOpened();
  return (
    <div class="note">
      <p><b>{say("sheet.next", { n: ASKED })}</b></p>
      {backup.on && <p>{say("sheet.next_copy")}</p>}
    </div>
  );
}

/** Another sheet, only after her yes to what ends with it. */
function Another({ another }: { another: () => void }): VNode {
  const { say } = useWords();
  const [asked, setAsked] = useState(false);
  if (!asked) return <button class="tap no-print" type="button" onClick={() => setAsked(true)}>{say("sheet.another")}</button>;
  return (
    <div class="reason no-print" role="alert"><div>
      <p>{say("sheet.another_what", { n: ASKED })}</p>
      <div class="taps">
        <button class="tap" type="button" onClick={() => setAsked(false)}>{say("sheet.keep")}</button>
        <button class="tap hard" type="button" onClick={another}>{say("sheet.another_yes")}</button>
      </div>
    </div></div>
  );
}

/** The sheet shown, then asked back. `later`: where it can be put off, by who has a phrase: without one the vault would be lost. */
export function SheetSteps({ sheet, done, later }: { sheet: SheetView; done: () => void; later: (() => void) | null }): VNode {
  const [asking, setAsking] = useState(false);
  if (asking) return <AskBack sheet={sheet} done={done} back={() => setAsking(false)} />;
  return <Letters sheet={sheet} copied={() => setAsking(true)} later={later} />;
}

function Letters({ sheet, copied, later }: { sheet: SheetView; copied: () => void; later: (() => void) | null }): VNode {
  const { language, say } = useWords();
  const { symbol, hasPassphrase, saved } = useOpened();
  const only = !hasPassphrase && !saved;
  useCopying();
  const today = longDate(language, new Date().toISOString());
  return (
    <>
      <p>{say("sheet.what")}</p>
      <SheetLetters sheet={sheet} />
      <div class="note"><p>{say(only ? "sheet.only" : "sheet.nobody")}</p></div>
      <ul class="sees">
        <li><Glyph name="bridge" />{say("sheet.away")}</li>
        <li><Glyph name="history" />{say("sheet.wait")}</li>
      </ul>
      <div class="taps">
        <button class="tap main" type="button" onClick={copied}>{say("sheet.copied", { n: ASKED })}</button>
        <button class="tap" type="button" onClick={() => print()}><Glyph name="print" />{say("print.go")}</button>
        {later !== null && !only && <button class="tap" type="button" onClick={later}>{say("sheet.later")}</button>}
      </div>
      <p class="small quiet">{say("sheet.made", { date: today, drawing: say(`symbol.${symbol}`) })}</p>
    </>
  );
}

/** While the letters are before her she is here, though she only looks and writes; out of sight the page locks as ever. */
function useCopying(): void {
  const { ports: { pocket } } = useWalk();
  useEffect(() => {
    let left = COPYING / STILL_HERE;
    const beat = setInterval(() => {
      if (document.visibilityState === "visible") pocket.touch();
      left -= 1;
      if (left <= 0) clearInterval(beat);
    }, STILL_HERE);
    return () => clearInterval(beat);
  }, [pocket]);
}

/** Three of the groups, drawn by chance, from the paper. */
function AskBack({ sheet, done, back }: { sheet: SheetView; done: () => void; back: () => void }): VNode {
  const { ports } = useWalk();
  const { say } = useWords();
  const count = groupsOf(sheet.letters).length;
  const [places] = useState(() => drawn(count));
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [faults, setFaults] = useState<Readonly<Record<number, string>>>({});
  const [failed, setFailed] = useState<Key | null>(null);
  const check = (): void => {
    setFailed(null);
    const short = places.map((place) => [place, bare(typed[place] ?? "").length] as const).filter(([, n]) => n !== GROUP);
    setFaults(Object.fromEntries(short.map(([place, n]) => [place, say("sheet.short", { n, of: GROUP })])));
    if (short.length > 0) return;
    void ports.pocket.confirmSheet(typed).then((outcome) => {
      if (outcome === "saved") return done();
      if (typeof outcome === "string") return setFailed(unkeptFor(outcome, "sheet.failed"));
      setFaults(Object.fromEntries(outcome.wrong.map((place) => [place, say("sheet.differs", { n: place })])));
    });
  };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); check(); }}>
      <h2>{say("sheet.ask")}</h2>
      {failed !== null && <div class="note" role="alert"><p>{say(failed)}</p></div>}
      {places.map((place) => (
        <CodeField
          key={place} id={`group-${place}`} label={say("sheet.group", { n: place })} hint={say("sheet.group_hint")} value={typed[place] ?? ""}
          fault={faults[place] ?? null} change={(value) => { setTyped({ ...typed, [place]: value }); setFaults(({ [place]: _, ...rest }) => rest); }}
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
