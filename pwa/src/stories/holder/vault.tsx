/**
 * Into the vault: passphrase, recovery sheet (typed or by its code), or two helpers' papers. Also the way in for who forgot
 * her PIN, who then sets a new one. What opens is the pocket's to say; a wrong one is told alike, whatever was wrong.
 */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import type { Key } from "../../words/text.ts";
import { unkeptFor } from "./faults.tsx";
import { CodeField, SecretField } from "./fields.tsx";
import { firstOf, repin } from "./card.ts";
import { Head } from "./head.tsx";
import { ChoosePin } from "./newpin.tsx";
import type { Way } from "./ports.ts";
import { Scan } from "./scan.tsx";
import type { SymbolName } from "./symbols.tsx";
import { type Carried, useOpened, useWalk } from "./walk.tsx";
import { WayOn } from "./wayon.tsx";

type Kind = "passphrase" | "sheet" | "halves";
const WITHOUT_PHRASE = ["sheet", "halves"] as const;
const KINDS = ["passphrase", ...WITHOUT_PHRASE] as const;
const LETTERS = 28;

/** Something needs the vault open: adding, the sheet, what is not pinned. */
export function VaultView({ carried }: { carried: Carried["vault"] }): VNode {
  const { ports: { pocket }, go, leave } = useWalk();
  const { symbol, hasPassphrase } = useOpened();
  const { say } = useWords();
  const { then, pass } = carried;
  const on = async (): Promise<Key | null> => {
    const passes = pocket.opened()?.passes ?? [];
    const held = passes.find(({ name }) => name === pass);
    const kept = then === "repin" && held !== undefined ? await repin(pocket, held, passes) : "saved";
    if (kept !== "saved") return unkeptFor(kept, "save.failed");
    if (then === "repin" || then === "correct") leave("pass", pass);
    else if (then === "show") leave("show", pass === "" ? null : pass);
    else if (then === "phrase") leave(then, "settings");
    else leave(then, null);
    if (then === "correct" && held !== undefined) go("correct", { pass, kind: firstOf(held) });
    return null;
  };
  return <WaysIn title={say("vault.title")} what={say("vault.what")} symbol={symbol} kinds={hasPassphrase ? KINDS : WITHOUT_PHRASE} opened={on} />;
}

/** She forgot her PIN: what she keeps opens the vault behind that drawing, and then a new PIN is set. */
export function ForgotView({ carried: symbol }: { carried: SymbolName }): VNode {
  const { leave } = useWalk();
  const { say } = useWords();
  return <WaysIn title={say("forgot.title")} what={say("forgot.what")} symbol={symbol} kinds={KINDS} opened={() => Promise.resolve(leave("newpin", null)).then(() => null)} />;
}

/** The new PIN of who is open with the vault. */
export function NewPinView(): VNode {
  const { ports, leave } = useWalk();
  const { symbol } = useOpened();
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Key | null>(null);
  const [round, setRound] = useState(0);
  const chosen = (pin: string): void => {
    setBusy(true);
    setFault(null);
    void ports.pocket.setPin(symbol, pin).then((outcome) => {
      setBusy(false);
      if (outcome === "saved") return leave("home", null);
      setFault(outcome === "taken" ? "first.taken" : unkeptFor(outcome, "newpin.failed"));
      setRound(round + 1);
    });
  };
  return (
    <main class="page" id="main">
      {fault !== null && <div class="note" role="alert"><p>{say(fault)}</p></div>}
      <ChoosePin key={round} symbol={symbol} busy={busy} chosen={chosen} />
    </main>
  );
}

interface WaysParts {
  readonly title: string;
  readonly what: string;
  readonly symbol: SymbolName;
  /** The ways that there may be; the first stands open. */
  readonly kinds: readonly [Kind, ...Kind[]];
  /** Goes on; why it could not, where it could not. */
  readonly opened: () => Promise<Key | null>;
}

function WaysIn({ title, what, symbol, kinds, opened }: WaysParts): VNode {
  const { ports } = useWalk();
  const { say } = useWords();
  const [kind, setKind] = useState<Kind>(kinds[0]);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Key | null>(null);
  const [scanning, setScanning] = useState(false);
  const [letters, setLetters] = useState(""); // they outlive the camera
  const open = (way: Way): void => {
    setScanning(false);
    setBusy(true);
    setFault(null);
    void ports.pocket.openVault(way, symbol).catch(() => "broken" as const).then(async (answer) => {
      const why = answer === "opened" ? await opened() : (`vault.${answer}` as const);
      setBusy(false);
      setFault(why);
    });
  };
  if (scanning) return <Scan ports={ports} read={(text) => open({ sheet: text })} left="sheet" ended={(why) => { setScanning(false); setFault(why); }} />;
  return (
    <main class="page" id="main">
      <Head symbol={symbol} by={kind} title={title} />
      <p>{what}</p>
      {fault !== null && <div class="note" role="alert"><p>{say(fault)}</p></div>}
      {kind === "passphrase" && <PhraseWay busy={busy} open={open} />}
      {kind === "sheet" && <SheetWay typed={letters} type={setLetters} busy={busy} open={open} scan={() => setScanning(true)} />}
      {kind === "halves" && <HalvesWay busy={busy} open={open} />}
      <p aria-live="polite">{busy ? say("vault.busy") : ""}</p>
      <div class="taps">
        {kinds.filter((other) => other !== kind).map((other) => <WayOn key={other} picture={other} word={say(`vault.by_${other}`)} go={() => { setKind(other); setFault(null); }} />)}
      </div>
    </main>
  );
}

function PhraseWay({ busy, open }: { busy: boolean; open: (way: Way) => void }): VNode {
  const { say } = useWords();
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const send = (): void => {
    setFault(typed === "" ? say("vault.empty") : null);
    if (typed !== "") open({ passphrase: typed });
  };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <SecretField id="passphrase" label={say("vault.phrase")} hint={say("vault.phrase_hint")} value={typed} fault={fault} change={(value) => { setTyped(value); setFault(null); }} />
      <button class="tap main" type="submit" disabled={busy}>{say("vault.open")}</button>
    </form>
  );
}

interface SheetParts {
  readonly typed: string;
  readonly type: (typed: string) => void;
  readonly busy: boolean;
  readonly open: (way: Way) => void;
  readonly scan: () => void;
}

function SheetWay({ typed, type, busy, open, scan }: SheetParts): VNode {
  const { say } = useWords();
  const [fault, setFault] = useState<string | null>(null);
  const send = (): void => {
    const short = missing(typed);
    setFault(short === null ? null : say("vault.short", short));
    if (short === null) open({ sheet: typed });
  };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <CodeField id="sheet" label={say("vault.sheet")} hint={say("vault.sheet_hint")} value={typed} fault={fault} change={(value) => { type(value); setFault(null); }} />
      <div class="taps">
        <button class="tap main" type="submit" disabled={busy}>{say("vault.open")}</button>
        <button class="tap" type="button" disabled={busy} onClick={scan}><Glyph name="camera" />{say("vault.scan")}</button>
      </div>
      <p class="small quiet">{say("sheet.nobody")}</p>
    </form>
  );
}

function HalvesWay({ busy, open }: { busy: boolean; open: (way: Way) => void }): VNode {
  const { say } = useWords();
  const [typed, setTyped] = useState<readonly [string, string]>(["", ""]);
  const [fault, setFault] = useState<readonly [string | null, string | null]>([null, null]);
  const [one, other] = typed;
  const send = (): void => {
    const short = [missing(one), missing(other)].map((found) => (found === null ? null : say("vault.short", found)));
    setFault([short[0] ?? null, short[1] ?? null]);
    if (short.every((found) => found === null)) open({ halves: typed });
  };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <CodeField id="half-1" label={say("vault.half_1")} hint={say("vault.sheet_hint")} value={one} fault={fault[0]} change={(value) => { setTyped([value, other]); setFault([null, fault[1]]); }} />
      <CodeField id="half-2" label={say("vault.half_2")} hint={say("vault.half_hint")} value={other} fault={fault[1]} change={(value) => { setTyped([one, value]); setFault([fault[0], null]); }} />
      <button class="tap main" type="submit" disabled={busy}>{say("vault.open")}</button>
    </form>
  );
}

/** How many letters there are, of how many; null when there are enough. */
function missing(typed: string): { n: number; of: number } | null {
  const n = typed.replace(/[\s-]/g, "").length;
  return n === LETTERS ? null : { n, of: LETTERS };
}
