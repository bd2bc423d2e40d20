/** First step of showing: what for. Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { Steps } from "../../../kit/steps.tsx";
import { useWords } from "../../../kit/words.tsx";

export interface ChooseActions {
  readonly interview: () => void;
  /** Only once the holder says that she has an offer (DOMAIN section 7). */
  readonly hiring: () => void;
  readonly enterprise: () => void;
  readonly question: () => void;
}

export function ChooseView({ actions }: { actions: ChooseActions }): VNode {
  const { say } = useWords();
  const [asking, setAsking] = useState(false);
  return (
    <main class="page" id="main">
      <Steps at={1} of={3} />
      <h1>{say("show.for")}</h1>
      <div class="taps">
        <WayTap icon="talk" name={say("profile.interview")} hint={say("show.interview_hint")} go={actions.interview} />
        <WayTap icon="work" name={say("profile.hiring")} hint={say("show.hiring_hint")} go={() => setAsking(true)} />
        {asking && (
          <div class="reason" role="group" aria-label={say("show.offer")}>
            <div>
              <p>{say("show.offer")}</p>
              <div class="taps two">
                <button class="tap main" type="button" onClick={actions.hiring}>{say("show.offer_yes")}</button>
                <button class="tap" type="button" onClick={() => setAsking(false)}>{say("show.offer_no")}</button>
              </div>
            </div>
          </div>
        )}
        <WayTap icon="stall" name={say("profile.enterprise")} hint={say("show.enterprise_hint")} go={actions.enterprise} />
        <WayTap icon="camera" name={say("show.question")} hint={say("show.question_hint")} go={actions.question} />
      </div>
      <div class="note plain"><p>{say("show.keeps")}</p></div>
    </main>
  );
}

function WayTap({ icon, name, hint, go }: { icon: "talk" | "work" | "stall" | "camera"; name: string; hint: string; go: () => void }): VNode {
  return (
    <button class="way" type="button" onClick={go}>
      <Glyph name={icon} />
      <span><b>{name}</b><small>{hint}</small></span>
      <Glyph name="go" go />
    </button>
  );
}
