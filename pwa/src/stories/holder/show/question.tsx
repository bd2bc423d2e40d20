/** The employer's question: scanned with the camera, or its eight letters typed. Reads only; what is asked is checked by the kernel. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Rest } from "../../../kit/easy.tsx";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { Head } from "../head.tsx";
import { type Profile, PROFILES } from "../../../kernel/question.ts";

const LETTERS = 8;
const PROFILE_NAMES = Object.keys(PROFILES) as readonly Profile[];

/** What was typed so far, which outlives the camera: the letters, and what she says they were asked for. */
export interface Typed {
  readonly letters: string;
  readonly profile: Profile;
}
export const UNTYPED: Typed = { letters: "", profile: "interview" };

export interface QuestionActions {
  readonly camera: () => void;
  readonly type: (typed: Typed) => void;
  /** The letters as typed, under the profile that the holder says was asked for; false when they are none. */
  readonly ask: (letters: string, profile: Profile) => boolean;
}

export function QuestionView({ fault, typed, actions }: { fault: string | null; typed: Typed; actions: QuestionActions }): VNode {
  const { say } = useWords();
  const { letters, profile } = typed;
  const [begun] = useState(letters !== "");
  const [wrong, setWrong] = useState<string | null>(null);
  const send = (): void => {
    const bare = letters.replace(/[\s-]/g, "");
    if (bare.length < LETTERS) return setWrong(say("question.short", { n: bare.length, of: LETTERS }));
    setWrong(actions.ask(bare, profile) ? null : say("question.none"));
  };
  return (
    <main class="page" id="main">
      <Head by="question" title={say("question.title")} />
      {fault !== null && <div class="note" role="alert"><p>{fault}</p></div>}
      <button class={fault === null ? "way main" : "way"} type="button" onClick={actions.camera}>
        <Glyph name="camera" />
        <span><b>{say("question.scan")}</b><small>{say("question.scan_hint")}</small></span>
        <Glyph name="go" go />
      </button>
      <Rest glyph="text" word={say("question.or")} open={begun || fault !== null}>
        <form class="stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
          <h2>{say("question.or")}</h2>
          <div class={wrong === null ? "field" : "field bad"}>
            <label for="letters">{say("question.letters")}</label>
            <span class="hint" id="letters-hint">{say("question.letters_hint")}</span>
            {wrong !== null && <p class="fault" id="letters-fault" role="alert"><Glyph name="notice" /><span>{wrong}</span></p>}
            <input
              class="in code" id="letters" autocomplete="off" autocapitalize="characters" spellcheck={false} value={letters} aria-invalid={wrong !== null}
              aria-describedby={wrong === null ? "letters-hint" : "letters-hint letters-fault"} onInput={(event) => actions.type({ letters: event.currentTarget.value, profile })}
            />
          </div>
          <fieldset class="stack">
            <legend>{say("question.for")}</legend>
            {PROFILE_NAMES.map((each) => (
              <p class="pick" key={each}>
                <input type="radio" name="profile" id={`for-${each}`} checked={profile === each} onChange={() => actions.type({ letters, profile: each })} />
                <label for={`for-${each}`}>{say(`profile.${each}`)}</label>
              </p>
            ))}
          </fieldset>
          <button class={fault === null ? "tap" : "tap main"} type="submit">{say("question.go")}</button>
        </form>
      </Rest>
      <p class="small quiet">{say("question.once")}</p>
    </main>
  );
}
