/** "Oír esta pantalla": the phone's own voice says what stands on the view. Nothing where the phone has none. */
import type { VNode } from "preact";
import { Glyph } from "../../kit/icons.tsx";
import { PictureWay } from "../../kit/pictures.tsx";
import { useWords } from "../../kit/words.tsx";
import { useWalk } from "./walk.tsx";

/** `way`: as one of the four pictures; else small, in the bar. */
export function Hear({ way }: { way?: boolean }): VNode | null {
  const { ports } = useWalk();
  const { language, say } = useWords();
  const { speak } = ports;
  if (speak === null) return null;
  const hear = (): void => speak(spoken(), language);
  if (way) return <li><PictureWay name="hear" word={say("easy.hear")} go={hear} /></li>;
  return <button class="bar-tap" type="button" onClick={hear}><Glyph name="hear" /><span>{say("v.hear")}</span></button>;
}

/** What a reader would see, in its order. */
function spoken(): string {
  return (document.getElementById("main")?.innerText ?? "").replace(/\s*\n+\s*/g, ". ");
}
