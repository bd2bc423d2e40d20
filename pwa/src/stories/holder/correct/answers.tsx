/** What the holder asked who signed, and what they answered. Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { dayTime } from "../../../words/text.ts";
import type { DisputeLine } from "../ports.ts";

export function AnswersList({ lines }: { lines: readonly DisputeLine[] }): VNode | null {
  const { language, say } = useWords();
  if (lines.length === 0) return null;
  return (
    <section class="stack">
      <h2>{say("answers.title")}</h2>
      <ul class="rows">
        {lines.map((line) => (
          <li class="stack" key={`${line.pass} ${line.sentAt}`}>
            <p><b>{say(`answers.${line.state}`)}</b></p>
            <p>{say(`correct.kind.${line.kind}`)} <span class="quiet">{dayTime(language, line.sentAt)}</span></p>
            {line.answer !== "" && <p>{say("answers.said", { text: line.answer })}</p>}
          </li>
        ))}
      </ul>
      <p class="small quiet">{say("pass.rights")}</p>
    </section>
  );
}
