/** Nothing that can be shown live: the cards that she has, each with the way to its code; else the ways to passes. Draws only. */
import type { VNode } from "preact";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { PassRow } from "../home.tsx";
import type { Held } from "../ports.ts";

export interface CardsActions {
  /** The card itself, on the screen and to print. */
  readonly card: (name: string) => void;
  readonly vault: () => void;
  readonly add: () => void;
}

/** `passes`: all that are open, among which a card is known. `vault`: it is open, and what lies in it was looked at. */
export function CardsView({ cards, passes, vault, actions }: { cards: readonly Held[]; passes: readonly Held[]; vault: boolean; actions: CardsActions }): VNode {
  const { say } = useWords();
  const some = cards.length > 0;
  return (
    <main class="page" id="main">
      <h1>{say(some ? "cards.title" : "cards.none")}</h1>
      <p>{say(some ? "cards.what" : vault ? "cards.none_open" : "cards.none_pinned")}</p>
      {some && <ul class="stack">{cards.map((held) => <PassRow key={held.name} held={held} passes={passes} open={() => actions.card(held.name)} />)}</ul>}
      {some && <p>{say("cards.live")}</p>}
      <div class="taps">
        {!vault && <button class={some ? "tap" : "tap main"} type="button" onClick={actions.vault}><Glyph name="lock" />{say("home.vault")}</button>}
        <button class={vault && !some ? "tap main" : "tap"} type="button" onClick={actions.add}><Glyph name="plus" />{say("home.add")}</button>
      </div>
    </main>
  );
}
