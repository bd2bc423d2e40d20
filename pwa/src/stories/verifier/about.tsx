/** What this page is, which version, how it tells a result, what this phone keeps, and how that is erased. Draws only. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { AboutFacts } from "../../kit/about.tsx";
import { BackBar, Fault, LanguageTap } from "../../kit/bar.tsx";
import { Glyph } from "../../kit/icons.tsx";
import type { DevicePorts, ListFacts } from "../../kit/ports.ts";
import { useWords } from "../../kit/words.tsx";
import type { Choices } from "./choices.ts";
import type { Erased } from "./page.ts";

export interface AboutState {
  readonly list: ListFacts | null;
  readonly page: DevicePorts["pageVersion"];
  readonly choices: Choices;
  /** Whether this device has a voice. */
  readonly voice: boolean;
  readonly languages: readonly string[];
}
export interface AboutActions {
  readonly back: () => void;
  readonly language: (language: string) => void;
  readonly choose: (changed: Partial<Choices>) => void;
  readonly erase: () => Promise<readonly Erased[]>;
  readonly receipts: () => void;
}

export function AboutView({ state, actions }: { state: AboutState; actions: AboutActions }): VNode {
  const { say } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <BackBar label={say("about.back")} back={actions.back}><LanguageTap languages={state.languages} change={actions.language} /></BackBar>
      <main class="page" id="main">
        <h1 tabIndex={-1} ref={heading}>{say("about.title")}</h1>
        <Telling state={state} choose={actions.choose} />
        <AboutFacts list={state.list} page={state.page} keeps={say("about.keeps_say")} />
        <button class="tap" type="button" onClick={actions.receipts}><Glyph name="file" />{say("receipts.title")}</button>
        <Erase erase={actions.erase} />
        <p class="small quiet">{say("about.rules")}</p>
      </main>
    </>
  );
}

/** How a result is told beside the screen: nothing sounds until it is asked for. */
function Telling({ state: { choices, voice }, choose }: { state: AboutState; choose: (changed: Partial<Choices>) => void }): VNode {
  const { say } = useWords();
  const parts = voice ? (["sound", "vibration", "voice", "easy"] as const) : (["sound", "vibration", "easy"] as const);
  return (
    <fieldset class="stack">
      <legend class="label">{say("tell.title")}</legend>
      {parts.map((part) => (
        <div class="pick" key={part}>
          <input type="checkbox" id={`tell-${part}`} checked={choices[part]} aria-describedby={`tell-${part}-hint`} onChange={(event) => choose({ [part]: event.currentTarget.checked })} />
          <label for={`tell-${part}`}><b>{say(`tell.${part}`)}</b><span class="small quiet" id={`tell-${part}-hint`}>{say(`tell.${part}_hint`)}</span></label>
        </div>
      ))}
    </fieldset>
  );
}

/** Asked once more, since nothing brings it back; what would not go is named, and can be tried again. */
function Erase({ erase }: Pick<AboutActions, "erase">): VNode {
  const { say } = useWords();
  const [step, setStep] = useState<"calm" | "asked" | "done">("calm");
  const [left, setLeft] = useState<readonly Erased[]>([]);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (step === "asked") keep.current?.focus();
  }, [step]);
  if (step === "done") return <p role="status"><b>{say("forget.done")}</b></p>;
  if (step === "calm") {
    return (
      <>
        {left.length > 0 && <Fault text={say("forget.left", { what: left.map((part) => say(`forget.left.${part}`)).join(", ") })} />}
        <button class="tap" type="button" onClick={() => setStep("asked")}><Glyph name="erase" />{say("forget.ask")}</button>
      </>
    );
  }
  const go = async (): Promise<void> => {
    const stayed = await erase();
    setLeft(stayed);
    setStep(stayed.length === 0 ? "done" : "calm");
  };
  return (
    <div class="note stack" role="group" aria-labelledby="erase-what">
      <p id="erase-what">{say("forget.what")}</p>
      <div class="taps two">
        <button class="tap" type="button" ref={keep} onClick={() => setStep("calm")}>{say("forget.no")}</button>
        <button class="tap hard" type="button" onClick={() => void go()}>{say("forget.yes")}</button>
      </div>
    </div>
  );
}
