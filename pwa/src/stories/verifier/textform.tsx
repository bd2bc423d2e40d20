/** The third way in: the text of a code, pasted; what was typed is the page's to hold. Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useEasy } from "../../kit/easy.tsx";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";

export interface Typing {
  readonly value: string;
  readonly change: (value: string) => void;
}

export function TextForm({ typing: { value, change }, check }: { typing: Typing; check: (text: string) => void }): VNode {
  const { say } = useWords();
  const [begun] = useState(value !== "");
  const [missing, setMissing] = useState(false);
  const easy = useEasy();
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(value === "");
        if (value !== "") check(value);
      }}
    >
      <details class="more" open={begun || !easy}>
        <summary><Glyph name="text" />{say("start.paste")}</summary>
        <div class="stack">
          <div class={missing ? "field bad" : "field"}>
            <label for="text">{say("start.text")}</label>
            {missing && <p class="fault" id="text-fault" role="alert"><Glyph name="notice" />{say("start.text_missing")}</p>}
            <textarea
              class="in" id="text" spellcheck={false} autocomplete="off" autocapitalize="off" value={value} aria-invalid={missing}
              {...(missing ? { "aria-describedby": "text-fault" } : {})} onInput={(event) => change(event.currentTarget.value)}
            />
          </div>
          <button class="tap" type="submit">{say("start.check")}</button>
        </div>
      </details>
    </form>
  );
}
