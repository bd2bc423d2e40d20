/** A wallet that comes back on a new phone: by its sheet, by two helpers' papers, from a file; or in person when all is lost. Draws only. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import type { DevicePorts } from "../../../kit/ports.ts";
import { useTold } from "../../../kit/told.ts";
import { useWords } from "../../../kit/words.tsx";
import { dayTime, type Key } from "../../../words/text.ts";
import { Head } from "../head.tsx";
import type { BackingUp, Wait, Way } from "../ports.ts";
import { Scan } from "../scan.tsx";
import { WayOn } from "../wayon.tsx";
import { deviceCode } from "../devicecode.ts";

type Outcome = Exclude<Awaited<ReturnType<BackingUp["recover"] | BackingUp["importFile"]>>, "opened" | "saved">;

export interface RecoverActions {
  readonly recover: BackingUp["recover"];
  /** The wallet is open: a PIN comes next. */
  readonly opened: () => void;
  readonly file: BackingUp["importFile"];
  readonly waits: BackingUp["waits"];
}

export function RecoverView({ ports, actions }: { ports: DevicePorts; actions: RecoverActions }): VNode {
  const { say } = useWords();
  const [letters, setLetters] = useState("");
  const [second, setSecond] = useState("");
  const [halves, setHalves] = useState(false);
  const [camera, setCamera] = useState(false);
  const [busy, setBusy] = useState(false);
  const [unseen, setUnseen] = useState<Key | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [waits, setWaits] = useState<Wait | null>(null);
  useEffect(() => void actions.waits().then(setWaits), []);
  const written = letters !== "";
  const way = (): Way => (halves ? { halves: [letters, second] } : { sheet: letters });
  const run = (act: () => ReturnType<BackingUp["recover"] | BackingUp["importFile"]>): void => {
    setBusy(true);
    setOutcome(null);
    setUnseen(null);
    void act().catch(() => "failed" as const).then((came) => {
      setBusy(false);
      if (came === "opened" || came === "saved") return actions.opened();
      if (came === "half") setHalves(true);
      setOutcome(came);
    });
  };
  const scanned = (text: string): void => {
    setCamera(false);
    setUnseen(null);
    if (!halves || letters === "") setLetters(text);
    else if (text === letters || text === second) setOutcome("twice");
    else setSecond(text);
  };
  if (camera) {
    return (
      <Scan ports={ports} read={scanned} left="sheet" ended={(why) => { setCamera(false); setUnseen(why); }} />
    );
  }
  return (
    <main class="page" id="main" aria-busy={busy}>
      <Head by={halves ? "halves" : "sheet"} title={say("recover.title")} />
      <p>{say("recover.what")}</p>
      {outcome === null && waits !== null && <div class="note"><Waits wait={waits} /></div>}
      {unseen !== null && <div class="note" role="alert"><p>{say(unseen)}</p></div>}
      <button class={written ? "way" : "way main"} type="button" onClick={() => setCamera(true)}>
        <Glyph name="camera" />
        <span><b>{say("recover.scan")}</b><small>{say("recover.scan_hint")}</small></span>
        <Glyph name="go" go />
      </button>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); if (halves && (letters === "" || second === "")) setOutcome("half"); else run(() => actions.recover(way())); }}>
        <Letters id="sheet-one" label={say(halves ? "recover.one" : "recover.letters")} value={letters} set={setLetters} hint={say("recover.hint")} />
        {halves && <Letters id="sheet-two" label={say("recover.two")} value={second} set={setSecond} hint={say("recover.hint")} />}
        <button class={written ? "tap main" : "tap"} type="submit" disabled={busy}>{say(busy ? "recover.busy" : "recover.go")}</button>
        {outcome !== null && <Told outcome={outcome} halves={halves} />}
        <div class="way">
          <Glyph name="file" />
          <span><label for="wallet-file"><b>{say("recover.file")}</b></label><small id="wallet-file-hint">{say("recover.file_hint")}</small></span>
          <Glyph name="go" go />
          <input
            id="wallet-file" type="file" accept=".pvw" disabled={busy} aria-describedby="wallet-file-hint"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = "";
              if (file !== undefined) run(() => actions.file(file, way()));
            }}
          />
        </div>
        <WayOn quiet picture={halves ? "sheet" : "halves"} word={say(halves ? "recover.whole" : "recover.halves")} go={() => setHalves(!halves)} />
      </form>
      <details class="more">
        <summary>{say("recover.lost")}</summary>
        <div class="stack"><p>{say("recover.lost_1")}</p><p>{say("recover.lost_2")}</p><p>{say("recover.lost_3")}</p></div>
      </details>
    </main>
  );
}

function Letters({ id, label, value, set, hint }: { id: string; label: string; value: string; set: (typed: string) => void; hint: string }): VNode {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="hint" id={`${id}-hint`}>{hint}</span>
      <textarea class="in code" id={id} rows={3} autocomplete="off" autocapitalize="characters" spellcheck={false} value={value} aria-describedby={`${id}-hint`} onInput={(event) => set(event.currentTarget.value)} />
    </div>
  );
}

/** How long still, and how not to wait: also after the page was loaded again. */
function Waits({ wait: { opensAt, device, again } }: { wait: Wait }): VNode {
  const { language, say } = useWords();
  return (
    <>
      <p><b>{say("recover.wait", { when: dayTime(language, opensAt) })}</b></p>
      <p>{say("recover.wait_why", { code: deviceCode(device) })}</p>
      <p>{say(again ? "recover.wait_again" : "recover.wait_no")}</p>
    </>
  );
}

/** Beside the button, above the other ways: on a small screen what stands under them is not seen. */
function Told({ outcome, halves }: { outcome: Outcome; halves: boolean }): VNode {
  const { say } = useWords();
  const part = useTold(outcome);
  if (typeof outcome === "object") {
    return <div class="note led" role="alert" tabIndex={-1} ref={part}><Waits wait={outcome} /></div>;
  }
  // "recover.busy" is what the button says meanwhile. Of two papers nobody knows that they belong together.
  const told = outcome === "busy" ? "crowded" : outcome === "none" && halves ? "unpaired" : outcome;
  return (
    <div class="reason led" role="alert" tabIndex={-1} ref={part}>
      <div><h2>{say("v.why")}</h2><p>{say(`recover.${told}`)}</p></div>
      <div><h2>{say("reason.safe")}</h2><p>{say("recover.safe")}</p></div>
      <div class="do"><h2>{say("reason.fix")}</h2><p>{say(`recover.${told}_do`)}</p></div>
    </div>
  );
}
