/** Second step of showing: exactly what the employer will see; a pass can be left out, never cut. Draws only. */
import type { VNode } from "preact";
import { Rest } from "../../../kit/easy.tsx";
import { Glyph } from "../../../kit/icons.tsx";
import { Steps } from "../../../kit/steps.tsx";
import { useWords } from "../../../kit/words.tsx";
import type { Profile } from "../../../kernel/question.ts";
import { Head } from "../head.tsx";
import type { Held, Manner } from "../ports.ts";
import { type Seen, seenOf, titleWhy } from "./sees.ts";

export interface PreviewState {
  readonly profile: Profile;
  readonly manner: Manner;
  readonly offered: readonly Held[];
  readonly chosen: readonly string[];
  /** The verifier's short name, as it wrote it. */
  readonly to: string | null;
}
export interface PreviewActions {
  readonly choose: (name: string, chosen: boolean) => void;
  readonly confirm: () => void;
  readonly nothing: () => void;
}

export function PreviewView({ state, actions }: { state: PreviewState; actions: PreviewActions }): VNode {
  const { language, say } = useWords();
  const { profile, manner, offered, chosen, to } = state;
  const none = chosen.length === 0;
  const kinds = [...new Set(offered.map((held) => seenOf(held, language).kind))];
  return (
    <main class="page" id="main">
      <Steps at={2} of={3} />
      <Head by="look" title={say("show.preview")} />
      {to !== null && <p class="small quiet">{say("show.asked_by")} <b>{to}</b> {say("show.their_name")}</p>}
      <p>{say("show.leave_out", { profile: say(`profile.${profile}`) })}</p>
      <ul class="stack">{offered.map((held) => <Pick key={held.name} held={held} chosen={chosen.includes(held.name)} choose={actions.choose} why={profile === "hiring"} />)}</ul>
      <Rest glyph="unseen" word={say("show.unseen")}>
        <div class="reason"><div>
          <h2>{say("show.unseen")}</h2>
          <ul class="sees">
            {offered.filter(({ name }) => !chosen.includes(name)).map((held) => <li key={held.name}><Glyph name="unseen" /><span>{leftOut(seenOf(held, language))}</span></li>)}
            {UNSEEN[profile].map((key) => <li key={key}><Glyph name="unseen" />{say(key)}</li>)}
          </ul>
        </div></div>
      </Rest>
      {manner === "static" && <p>{say("level.copy")}</p>}
      <p id="none-chosen" aria-live="polite">{none && say(offered.length === 1 ? "show.none_chosen_1" : "show.none_chosen", { kinds: kinds.join(", ") })}</p>
      <button class="tap main" type="button" disabled={none} {...(none ? { "aria-describedby": "none-chosen" } : {})} onClick={actions.confirm}><Glyph name="lock" />{say("show.confirm")}</button>
      <button class="tap" type="button" onClick={actions.nothing}>{say("show.nothing")}</button>
      <p class="small quiet">{say("show.less")}</p>
    </main>
  );
}

const UNSEEN = {
  interview: ["unseen.number", "unseen.origin", "unseen.life"],
  hiring: ["unseen.number", "unseen.life", "unseen.health"],
  enterprise: ["unseen.document", "unseen.origin", "unseen.life"],
} as const;

/** A pass that she leaves out, in one line. */
function leftOut({ kind, title }: Seen): string {
  return title === "" ? kind : `${kind}: ${title}`;
}

function Pick({ held, chosen, choose, why }: { held: Held; chosen: boolean; choose: PreviewActions["choose"]; why: boolean }): VNode {
  const { language, say } = useWords();
  const seen = seenOf(held, language);
  const id = `pick-${held.name}`;
  return (
    <li class="pick">
      <input type="checkbox" id={id} checked={chosen} aria-describedby={`${id}-sees`} onChange={(event) => choose(held.name, event.currentTarget.checked)} />
      <label for={id}><b>{seen.kind}</b>{seen.title}{why && seen.title !== "" && <small class="asked">{say(titleWhy(held))}</small>}</label>
      <ul class={chosen ? "sees" : "sees out"} id={`${id}-sees`}>
        {seen.lines.map((line) => <li key={line.text}><Glyph name={chosen ? "seen" : "unseen"} /><span>{line.text}{why && <small class="asked">{say(line.why)}</small>}</span></li>)}
      </ul>
    </li>
  );
}
