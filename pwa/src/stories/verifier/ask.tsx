/** Asking in person: for which of the three profiles, then the question as a code and eight letters, while it waits. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { BackBar, Fault } from "../../kit/bar.tsx";
import { Glyph } from "../../kit/icons.tsx";
import type { CameraFault } from "../../kit/ports.ts";
import { QrPicture } from "../../kit/qr.tsx";
import { PhotoWay } from "../../kit/ways.tsx";
import { useWords } from "../../kit/words.tsx";
import type { Profile } from "../../kernel/question.ts";
import { inHalves, QUESTION_MS, secondsLeft, type OpenQuestion } from "./asking.ts";
import { NAME_LENGTH, shortName } from "./choices.ts";
import { TextForm, type Typing } from "./textform.tsx";

export interface AskingActions {
  readonly ask: (profile: Profile, name: string) => void;
  readonly back: () => void;
}

/** Which profile, and the short name that the holder will see. */
export function AskingView({ name: kept, actions }: { name: string; actions: AskingActions }): VNode {
  const { say } = useWords();
  const [name, setName] = useState(kept);
  const [missing, setMissing] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => setName((now) => (now === "" ? kept : now)), [kept]);
  const choose = (profile: Profile): void => {
    const wanted = name.trim();
    setMissing(shortName(wanted) === "");
    if (shortName(wanted) === "") field.current?.focus();
    else actions.ask(profile, wanted);
  };
  return (
    <>
      <BackBar label={say("app.start")} back={actions.back} />
      <main class="page" id="main">
        <h1 tabIndex={-1} ref={heading}>{say("ask.title")}</h1>
        <p>{say("ask.lead")}</p>
        <div class={missing ? "field bad" : "field"}>
          <label for="name">{say("ask.name")}</label>
          <span class="hint" id="name-hint">{say("ask.name_hint", { n: NAME_LENGTH })}</span>
          {missing && <p class="fault" id="name-fault" role="alert"><Glyph name="notice" /><span>{say("ask.name_missing")}</span></p>}
          <input
            class="in" id="name" ref={field} autocomplete="organization" autocapitalize="words" spellcheck={false} value={name}
            aria-invalid={missing} aria-describedby={missing ? "name-hint name-fault" : "name-hint"}
            maxLength={NAME_LENGTH} onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div class="taps">
          <ProfileWay profile="interview" main choose={choose} />
          <ProfileWay profile="hiring" choose={choose} />
          <ProfileWay profile="enterprise" choose={choose} />
        </div>
        <div class="note plain"><p>{say("ask.never_more")}</p></div>
        <p class="small quiet">{say("start.keeps")}</p>
      </main>
    </>
  );
}

const GLYPHS = { interview: "talk", hiring: "work", enterprise: "stall" } as const;

function ProfileWay({ profile, main, choose }: { profile: Profile; main?: boolean; choose: (profile: Profile) => void }): VNode {
  const { say } = useWords();
  return (
    <button class={main ? "way main" : "way"} type="button" aria-labelledby={`ask-${profile}`} aria-describedby={`ask-${profile}-hint`} onClick={() => choose(profile)}>
      <Glyph name={GLYPHS[profile]} />
      <span><b id={`ask-${profile}`}>{say(`profile.${profile}`)}</b><small id={`ask-${profile}-hint`}>{say(`ask.${profile}_hint`)}</small></span>
      <Glyph name="go" go />
    </button>
  );
}

export interface QuestionActions {
  readonly back: () => void;
  readonly camera: () => void;
  readonly again: () => void;
  readonly photos: (files: readonly File[]) => void;
  readonly text: (text: string) => void;
}
export interface QuestionState {
  readonly open: OpenQuestion;
  readonly fault: CameraFault | null;
  readonly typing: Typing;
  /** What photos had to say, drawn above the ways. */
  readonly photos?: ComponentChildren;
}

/** The question as it stands before the holder. */
export function QuestionView({ state, now, actions }: { state: QuestionState; now: () => number; actions: QuestionActions }): VNode {
  const { say } = useWords();
  const { open, fault } = state;
  const left = useSeconds(open, now);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [open]);
  const read = <button class="tap main" type="button" onClick={actions.camera}><Glyph name="camera" />{say("ask.read")}</button>;
  const again = <button class={left === 0 ? "tap main" : "tap"} type="button" onClick={actions.again}>{say("ask.again")}</button>;
  return (
    <>
      <BackBar label={say("app.start")} back={actions.back} />
      <main class="page" id="main">
        <h1 tabIndex={-1} ref={heading}>{say("ask.show")}</h1>
        {left === 0 ? <div class="note" role="alert"><p>{say("ask.over")}</p></div> : <Letters open={open} left={left} />}
        <div class="note plain"><p>{say("ask.asks")} <b>{say(`profile.${open.question.profile}`)}</b>. {say(`ask.${open.question.profile}_sees`)}</p></div>
        {state.photos}
        {fault !== null && <Fault text={say(`camera.${fault}`)} />}
        <div class="taps">
          {left > 0 && (fault === null ? read : <PhotoWay take={actions.photos} />)}
          {again}
        </div>
        {left > 0 && fault !== null && <TextForm typing={state.typing} check={actions.text} />}
      </main>
    </>
  );
}

function Letters({ open, left }: { open: OpenQuestion; left: number }): VNode {
  const { say } = useWords();
  const letters = inHalves(open.question.challenge);
  const words = say("ask.left", { n: left });
  return (
    <>
      <p>{say("ask.how")}</p>
      <QrPicture texts={[open.text]} level="M" label={say("ask.qr", { letters })} />
      <p class="challenge">
        <span class="small quiet">{say("ask.letters")}</span>
        <b class="name nobr" aria-hidden="true">{letters}</b>
        <span class="only-read">{[...open.question.challenge].join(" ")}</span>
      </p>
      <div class="countdown">
        <div class="track" aria-hidden="true"><i style={{ width: `${(left * 100_000) / QUESTION_MS}%` }} /></div>
        <p class="small" role="timer">{say("ask.once")} {words}</p>
        <p class="only-read" aria-live="polite">{left === 10 ? words : ""}</p>
      </div>
    </>
  );
}

/** Counted down once a second, by the clock that the answer is judged by. */
function useSeconds(open: OpenQuestion, now: () => number): number {
  const [left, setLeft] = useState(secondsLeft(open, now()));
  useEffect(() => {
    const look = (): void => setLeft(secondsLeft(open, now()));
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [open, now]);
  return left;
}
