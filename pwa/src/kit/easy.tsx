/**
 * For who reads little: the phone says what stands on the view, and what is not needed first is folded away. A picture and a short
 * line are each page's own. Where the phone has no voice that is said once, and then nothing offers it.
 */
import { type ComponentChildren, type ComponentProps, createContext, type VNode } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { Glyph } from "./icons.tsx";
import type { Voice } from "./ports.ts";
import { useWords } from "./words.tsx";

interface Easy {
  readonly on: boolean;
  readonly voice: Voice | null;
  /** The language that there is no voice for, once that was found. */
  readonly mute: string | null;
  readonly setMute: (language: string) => void;
}
const EasyContext = createContext<Easy>({ on: false, voice: null, mute: null, setMute: () => undefined });

export function EasyRoom({ on, voice, children }: { on: boolean; voice: Voice | null; children: ComponentChildren }): VNode {
  const [mute, setMute] = useState<string | null>(null);
  useEffect(() => {
    const hush = (): void => voice?.hush();
    document.addEventListener("click", hush, { capture: true }); // whoever goes on has heard enough
    return () => document.removeEventListener("click", hush, { capture: true });
  }, [voice]);
  return <EasyContext.Provider value={useMemo(() => ({ on, voice, mute, setMute }), [on, voice, mute])}><div class={on ? "room easy" : "room"}>{children}</div></EasyContext.Provider>;
}

export function useEasy(): boolean {
  return useContext(EasyContext).on;
}

/** "Oír": in a bar, or as `large` as the way on. `said`: what is said; else all that stands on the view. */
export function Hear({ said = spoken, large }: { said?: () => string; large?: boolean }): VNode | null {
  const { voice, mute, setMute } = useContext(EasyContext);
  const { language, say } = useWords();
  const [told, setTold] = useState(false);
  if (told) return <p class="mute" role="status">{say("easy.mute")}</p>;
  if (mute === language) return null;
  const hear = async (): Promise<void> => {
    if (await voice?.say(said(), language)) return;
    setTold(true);
    setMute(language);
  };
  return (
    <button class={large ? "way picture" : "bar-tap hear"} type="button" onClick={() => void hear()}>
      <Glyph name="hear" />
      <span>{large ? <b>{say("easy.hear")}</b> : say("v.hear")}</span>
    </button>
  );
}

/** What is not needed first: one tap away where little is read, else as it is. */
export function Rest({ glyph, word, open, children }: { glyph?: ComponentProps<typeof Glyph>["name"]; word?: string; open?: boolean; children: ComponentChildren }): VNode {
  const { say } = useWords();
  if (!useEasy()) return <>{children}</>;
  return (
    <details class="more rest" open={open}>
      <summary>{glyph !== undefined && <Glyph name={glyph} />}<span>{word ?? say("easy.more")}</span></summary>
      <div class="stack">{children}</div>
    </details>
  );
}

const PART = "p, li, h1, h2, h3, button, label, legend, summary, dt, dd, small, span.hint";

/** What a reader would see, part by part in its order; secrets and keys (`data-unsaid`) are never said. */
function spoken(): string {
  const main = document.querySelector("main");
  if (main === null) return "";
  const parts: { of: Element | null; words: string }[] = [];
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const around = text.parentElement;
    if (around === null || !around.checkVisibility() || around.closest("[data-unsaid], [aria-hidden=true]") !== null) continue;
    const of = around.closest(PART);
    const last = parts.at(-1);
    if (last?.of === of) last.words += text.nodeValue;
    else parts.push({ of, words: text.nodeValue ?? "" });
  }
  const said = parts.map(({ words }) => words.replace(/\s+/g, " ").trim()).filter((words) => words !== "");
  return said.map((words) => (/[.,:;?…]$/.test(words) ? words : `${words}.`)).join(" ");
}
