/** The bar at the top of every view, the language in it, and the notes that any page may have to give. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { Glyph, Mark } from "./icons.tsx";
import type { PageUpdate } from "./ports.ts";
import { ownName } from "../words/text.ts";
import { useWords } from "./words.tsx";

/** The way past the bar for a keyboard. No address is gone to: views live in the browser's history, and none of them is left. */
export function Skip(): VNode {
  const { say } = useWords();
  const skip = (event: Event): void => {
    event.preventDefault();
    const main = document.getElementById("main");
    main?.setAttribute("tabindex", "-1");
    main?.focus();
  };
  return <a class="skip" href="#main" onClick={skip}>{say("app.skip")}</a>;
}

/** The bar with the mark, and the way past it for a keyboard. */
export function TopBar({ children, home }: { children?: ComponentChildren; /** Where the mark leads within the page; else it loads the page anew. */ home?: () => void }): VNode {
  const { say, page } = useWords();
  return (
    <>
      <Skip />
      <header class="bar">
        <a class="mark" href="./" aria-label={say(`app.home.${page}`)} onClick={(event) => { if (home !== undefined) { event.preventDefault(); home(); } }}>
          <Mark />
          <span>{say("app.brand")} <span>{say(`app.role.${page}`)}</span></span>
        </a>
        <span class="grow" />
        {children}
      </header>
    </>
  );
}

/** The bar of a view that one came to: the way back by its word, and taps beside it. */
export function BackBar({ label, back, children }: { label: string; back: () => void; children?: ComponentChildren }): VNode {
  return (
    <header class="bar">
      <button class="bar-tap" type="button" onClick={back}><Glyph name="back" /><span>{label}</span></button>
      <span class="grow" />
      {children}
    </header>
  );
}

/** The next language by its own name; null where the page has one alone. */
export function LanguageTap({ languages, change }: { languages: readonly string[]; change: (language: string) => void }): VNode | null {
  const { language } = useWords();
  const next = languages[(languages.indexOf(language) + 1) % languages.length];
  if (next === undefined || next === language) return null;
  return (
    <button class="bar-tap" type="button" lang={next} onClick={() => change(next)}>
      <span>{ownName(next)}</span>
    </button>
  );
}

/** A newer page waits, or one that came changed was refused. */
export function UpdateNote({ update, load }: { update: PageUpdate; load: () => void }): VNode | null {
  const { say } = useWords();
  if (update === "none") return null;
  if (update === "refused") return <div class="note" role="alert"><p>{say("update.refused")}</p></div>;
  return (
    <div class="note plain">
      <p>{say("update.ready")}</p>
      <button class="tap" type="button" onClick={load}><Glyph name="refresh" />{say("update.load")}</button>
    </div>
  );
}

/** What went wrong, said at once. */
export function Fault({ text }: { text: string }): VNode {
  return <div class="note" role="alert"><p>{text}</p></div>;
}
