/** Home in pictures: four, each with one word, and the phone's voice (LOOK section 7). Draws only. */
import type { VNode } from "preact";
import { Hear } from "../../kit/easy.tsx";
import { PictureWay } from "../../kit/pictures.tsx";
import { useWords } from "../../kit/words.tsx";
import { ClockNotice } from "./clock.tsx";
import { Answered } from "./correct/answers.tsx";
import { Knocking } from "./knocking.tsx";
import { useBehind, useWalk } from "./walk.tsx";

export function EasyHome(): VNode {
  const { go } = useWalk();
  const behind = useBehind();
  const { say } = useWords();
  return (
    <main class="page" id="main">
      <h1 class="only-read">{say("easy.title")}</h1>
      <ClockNotice />
      <Knocking />
      <Answered />
      <ul class="stack">
        <li><PictureWay name="show" word={say("easy.show")} go={() => go("show", null)} /></li>
        <li><PictureWay name="know" word={say("easy.know")} go={() => go("list", null)} /></li>
        <li><PictureWay name="receive" word={say("easy.receive")} go={() => behind("add")} /></li>
      </ul>
      <Hear large />
    </main>
  );
}
