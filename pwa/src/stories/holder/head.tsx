/**
 * The heading of a view: whose drawing, and the title. In the mode with pictures also what is done here, as a picture and a short
 * line; a view names its step (`by`), and the rest is this table. Draws only.
 */
import type { ComponentProps, RefObject, VNode } from "preact";
import { useEasy } from "../../kit/easy.tsx";
import { Glyph } from "../../kit/icons.tsx";
import { Picture } from "../../kit/pictures.tsx";
import { useWords } from "../../kit/words.tsx";
import { Drawing, type SymbolName } from "./symbols.tsx";

/** Steps whose picture is a glyph; the others have a drawing of their own. */
const GLYPHS = {
  arrived: "file", backup: "save", cards: "print", correct: "flag", devices: "lock", look: "seen", offer: "work", over: "hand", question: "camera", settings: "help", sent: "same",
} as const satisfies Readonly<Record<string, ComponentProps<typeof Glyph>["name"]>>;
const PICTURES = ["drawing", "halves", "know", "passphrase", "pin", "receive", "sheet", "show"] as const;
export type StepName = keyof typeof GLYPHS | (typeof PICTURES)[number];

function isDrawn(name: StepName): name is (typeof PICTURES)[number] {
  return !(name in GLYPHS);
}

export interface HeadParts {
  readonly by: StepName;
  readonly title: string;
  readonly symbol?: SymbolName;
  readonly led?: RefObject<HTMLHeadingElement | null>;
}

export function Head({ by, title, symbol, led }: HeadParts): VNode {
  const easy = useEasy();
  const heading = led === undefined ? <h1>{title}</h1> : <h1 tabIndex={-1} ref={led}>{title}</h1>;
  if (!easy && symbol === undefined) return heading;
  return (
    <>
      <div class={symbol === undefined ? "pin-head left" : "pin-head"}>
        {symbol !== undefined && <Drawing name={symbol} />}
        {easy && (isDrawn(by) ? <Picture name={by} /> : <Glyph name={GLYPHS[by]} />)}
        {heading}
      </div>
      <StepLine by={by} />
    </>
  );
}

/** The short line alone, where a code is the picture. */
export function StepLine({ by }: { by: StepName | "live" }): VNode | null {
  const { say } = useWords();
  return useEasy() ? <p class="step-line"><b>{say(`easy.say.${by}`)}</b></p> : null;
}
