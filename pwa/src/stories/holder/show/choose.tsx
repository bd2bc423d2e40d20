/** First step of showing: what for, and for hiring whether there is an offer (DOMAIN section 7). Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { Steps } from "../../../kit/steps.tsx";
import { useWords } from "../../../kit/words.tsx";
import { Head } from "../head.tsx";

export interface ChooseActions {
  readonly interview: () => void;
  /** Only once the holder says that she has an offer. */
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
      <Head by="show" title={say("show.for")} />
      <div class="taps">
        <WayTap icon="talk" name={say("profile.interview")} hint={say("show.interview_hint")} go={actions.interview} />
        <WayTap icon="work" name={say("profile.hiring")} hint={say("show.hiring_hint")} go={() => setAsking(true)} />
        {asking && <div class="reason" role="group" aria-label={say("show.offer")}><div><Offer yes={actions.hiring} no={() => setAsking(false)} /></div></div>}
        <WayTap icon="stall" name={say("profile.enterprise")} hint={say("show.enterprise_hint")} go={actions.enterprise} />
        <WayTap icon="camera" name={say("show.question")} hint={say("show.question_hint")} go={actions.question} />
      </div>
      <div class="note plain"><p>{say("show.keeps")}</p></div>
    </main>
  );
}

/** An employer's question asks for hiring: the same is asked of her before anything of it is looked at. `to` is who asks, as they wrote it. */
export function OfferView({ to, yes, no }: { to: string | null; yes: () => void; no: () => void }): VNode {
  const { say } = useWords();
  return (
    <main class="page" id="main">
      <Head by="offer" title={say("show.offer_title")} />
      {to !== null && <p class="small quiet">{say("show.asked_by")} <b>{to}</b> {say("show.their_name")}</p>}
      <Offer yes={yes} no={no} />
      <p>{say("show.hiring_hint")}</p>
    </main>
  );
}

function Offer({ yes, no }: { yes: () => void; no: () => void }): VNode {
  const { say } = useWords();
  return (
    <>
      <p>{say("show.offer")}</p>
      <div class="taps two">
        <button class="tap main" type="button" onClick={yes}>{say("show.offer_yes")}</button>
        <button class="tap" type="button" onClick={no}>{say("show.offer_no")}</button>
      </div>
    </>
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
