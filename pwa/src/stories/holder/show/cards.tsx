/** Nothing that can be shown live: the cards that she has, each with the way to its code; else the ways to passes. Draws only. */
import type { VNode } from "preact";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { Head } from "../head.tsx";
import { PassRow } from "../home.tsx";
import type { Profile } from "../../../kernel/question.ts";
import type { Held } from "../ports.ts";

export interface CardsActions {
  /** The card itself, on the screen and to print. */
  readonly card: (name: string) => void;
  readonly vault: () => void;
  readonly add: () => void;
}

interface CardsParts {
  readonly profile: Profile;
  readonly cards: readonly Held[];
  /** All that are open, among which a card is known. */
  readonly passes: readonly Held[];
  /** It is open, and what lies in it was looked at. */
  readonly vault: boolean;
  readonly actions: CardsActions;
  /** To what else she may show for. */
  readonly back: () => void;
}

export function CardsView({ profile, cards, passes, vault, actions, back }: CardsParts): VNode {
  const { say } = useWords();
  const some = cards.length > 0;
  const none = passes.length === 0 ? say(vault ? "home.empty" : "home.none_pinned") : say("cards.none_fits", { profile: say(`profile.${profile}`) });
  return (
    <main class="page" id="main">
      <Head by={some ? "cards" : "receive"} title={some ? say("cards.title") : none} />
      {!some && passes.length > 0 && <p>{say("cards.same_worth")}</p>}
      <p>{say(some ? "cards.what" : !vault ? "home.none_pinned_say" : passes.length === 0 ? "home.empty_say" : "cards.none_open")}</p>
      {some && <ul class="stack">{cards.map((held) => <PassRow key={held.name} held={held} passes={passes} open={() => actions.card(held.name)} />)}</ul>}
      {some && <p>{say("cards.live")}</p>}
      <div class="taps">
        {!vault && <button class={some ? "tap" : "tap main"} type="button" onClick={actions.vault}><Glyph name="lock" />{say("home.vault")}</button>}
        <button class={vault && !some ? "tap main" : "tap"} type="button" onClick={actions.add}><Glyph name="plus" />{say("home.add")}</button>
        {passes.length > 0 && <button class="tap" type="button" onClick={back}>{say("cards.back")}</button>}
      </div>
    </main>
  );
}
