/** After a correction: her other passes that still write the name as it was, each with the way to who signed it. Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { cardOf } from "../card.ts";
import { useOpened, useWalk } from "../walk.tsx";
import { nameIn, speltOtherwise } from "./spelling.ts";

export function SpeltOtherwise(): VNode {
  const { go } = useWalk();
  const { disputes, passes } = useOpened();
  const { language, say } = useWords();
  return (
    <>
      {speltOtherwise(passes, disputes).map((held) => (
        <div class="note" key={held.name}>
          <p><b>{cardOf(held, language).title}.</b> {say("answers.spelt", { name: nameIn(held) })}</p>
          <p><button class="link-tap" type="button" onClick={() => go("pass", held.name)}>{say("answers.spelt_do")}</button></p>
        </div>
      ))}
    </>
  );
}
