/** The verdict: one panel with the answer, then what to do, whom, how it was shown, and the rest one tap away. Draws only. */
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Hear, Rest, useEasy } from "../../kit/easy.tsx";
import { Edge, Glyph, LevelIcon, TierIcon, VerdictIcon } from "../../kit/icons.tsx";
import { FactList, PassList } from "../../kit/passes.tsx";
import { aloud, read, type Judged, type View } from "../../kit/reading.ts";
import type { Group } from "../../kit/reasons.ts";
import { useWords } from "../../kit/words.tsx";

export interface VerdictActions {
  readonly back: () => void;
  readonly another: () => void;
  readonly camera: () => void;
  readonly refresh: () => void;
  /** Asks the holder in person, or asks anew. */
  readonly ask: () => void;
  /** A receipt that this was checked; null where there is nothing to tell of. */
  readonly receipt: (() => void) | null;
  /** What is due when the person is hired; null where nobody asked about that. */
  readonly hiring: (() => void) | null;
  /** Reads another answer to the question that still waits; null when none does. */
  readonly again: (() => void) | null;
}

export function VerdictView({ judged, foreign, many, actions }: { judged: Judged; foreign?: boolean; many?: number | null; actions: VerdictActions }): VNode {
  const { language } = useWords();
  const view = useMemo(() => read(judged, language), [judged, language]);
  const drawn = useDrawn();
  return (
    <main>
      <Panel view={view} actions={actions} />
      {drawn && <Below view={view} foreign={foreign === true} many={many ?? null} actions={actions} />}
    </main>
  );
}

/** True from the moment after the first drawing: on a slow phone the answer does not wait for what stands below it. */
function useDrawn(): boolean {
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDrawn(true));
    return () => clearTimeout(timer);
  }, []);
  return drawn;
}

function Below({ view, foreign, many, actions }: { view: View; foreign: boolean; many: number | null; actions: VerdictActions }): VNode {
  const { say } = useWords();
  const easy = useEasy();
  const grey = view.verdict === "cannot_verify";
  const told = ( // what protects the person is never folded away (DOMAIN section 8: to the holder, always)
    <>
      {foreign && <div class="note plain"><p>{say("scan.foreign")}</p></div>}
      <Notes view={view} />
      {many !== null && <div class="note plain"><p>{say("v.many", { n: many })}</p></div>}
      <PhoneCode phone={view.phone} />
    </>
  );
  return (
    <div class="page">
      {easy && <Hear large said={() => [aloud(view), ...view.notes].join(" ")} />}
      {grey ? <Actions view={view} actions={actions} /> : <Open view={view} />}
      {view.declared.map((declared, place) => <Declared key={place} declared={declared} />)}
      {easy && told}
      {easy && !grey && <Actions view={view} actions={actions} />}
      <Rest>
        <Passes view={view} />
        {!easy && told}
        <Meaning view={view} />
        {!easy && !grey && <Actions view={view} actions={actions} />}
        <KeepsNothing />
      </Rest>
    </div>
  );
}

function Panel({ view, actions }: { view: View; actions: VerdictActions }): VNode {
  const { say } = useWords();
  const status = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    status.current?.focus({ preventScroll: true });
  }, [view]);
  const easy = useEasy();
  return (
    <div class={`v is-${view.verdict}`}>
      <div class="bar">
        <button class="bar-tap" type="button" aria-label={say("app.back")} onClick={actions.back}>
          <Glyph name="back" />
        </button>
        <span class="grow" />
        {!easy && <Hear said={() => aloud(view)} />}
      </div>
      <div class="v-in" role="status" data-verdict={view.verdict} tabIndex={-1} ref={status}>
        <Headline view={view} />
      </div>
      <Edge verdict={view.verdict} />
    </div>
  );
}

/** What to do, where little is read also as a picture. */
function Doing({ view: { clock, fix, verdict, group } }: { view: View }): VNode {
  const glyph = verdict === "cannot_verify" ? (FIXES[group as Group] ?? "id") : verdict === "valid_as_of" && clock !== null ? "clock" : DOES[verdict];
  return useEasy() ? <div class="doing"><Glyph name={glyph} /><p><b>{fix}</b></p></div> : <p><b>{fix}</b></p>;
}

const DOES = { valid: "id", valid_as_of: "refresh", expired: "history", revoked: "talk", under_review: "pause" } as const;
/** Other reasons lead to a newer certificate or to another proof. */
const FIXES: Readonly<Partial<Record<Group, "camera" | "refresh" | "talk" | "clock" | "code" | "calendar">>> = {
  picture: "camera", large: "code", other: "code", clock: "clock", early: "calendar", newer: "refresh", status: "refresh", old: "refresh", list: "refresh", signer: "refresh",
  late: "talk", self: "talk", scope: "talk", holder: "talk",
};

/** The place of the parts differs by verdict, so that a grey photocopy still tells them apart. */
function Headline({ view }: { view: View }): VNode {
  const { say } = useWords();
  const icon = <VerdictIcon verdict={view.verdict} />;
  const word = <h1>{view.word}</h1>;
  if (view.verdict === "cannot_verify") {
    return (
      <>
        {icon}
        {word}
        <div class="reason">
          <div class="why">
            <h2>{say("v.why")}</h2>
            <p>{view.why}</p>
            {view.signer !== null && <p>{view.signer}</p>}
          </div>
          <div class="do">
            <h2>{say("v.fix")}</h2>
            <Doing view={view} />
          </div>
        </div>
      </>
    );
  }
  const row = view.verdict === "expired" ? <div class="v-row">{word}{icon}</div> : view.verdict === "revoked" ? <div class="v-row">{icon}{word}</div> : <>{icon}{word}</>;
  return (
    <>
      {row}
      <p>
        {view.say}
        {view.when !== null && <> <span class="v-date">{view.when.before}<b>{view.when.date}</b>{view.when.after}</span></>}
      </p>
    </>
  );
}

function Open({ view }: { view: View }): VNode {
  const { say } = useWords();
  return (
    <>
      <div class="do"><Doing view={view} /></div>
      {view.name !== null && (
        <div class="who-card">
          <h2 class="name">{view.name}</h2>
          {view.tail !== null && <p class="compare"><span>{say("fact.tail")}</span> <span class="tail">{view.tail}</span></p>}
          {view.sameHolder && <p class="strip"><Glyph name="same" /><span>{say("v.same_holder")}</span></p>}
        </div>
      )}
      <LevelLine view={view} />
    </>
  );
}

function LevelLine({ view }: { view: View }): VNode | null {
  const { say } = useWords();
  if (view.level === null) return null;
  return (
    <div class={`level ${view.level.replace("_", "-")}`} data-level={view.level}>
      <LevelIcon level={view.level} />
      <div>
        <b>{say(`level.${view.level}`)}</b>
        <small>{say(`level.${view.level}_say`)}</small>
      </div>
    </div>
  );
}

/** Several passes give the list, also under a grey headline: each pass answers for itself. */
function Passes({ view }: { view: View }): VNode | null {
  if (view.passes.length > 0) return <PassList passes={view.passes} showNames={view.name === null || view.verdict === "cannot_verify"} />;
  return view.facts.length > 0 ? <FactList facts={view.facts} /> : null;
}

function Declared({ declared }: { declared: View["declared"][number] }): VNode {
  const { say } = useWords();
  return (
    <div class="stack">
      <p class="small quiet">{say("tier.T3_title")}</p>
      <h2 class="name">{declared.name}</h2>
      <p><span class="tier t3"><TierIcon tier="T3" />{say("tier.T3")}</span></p>
      {declared.say !== null && <p>«{declared.say}»</p>}
    </div>
  );
}

function Notes({ view }: { view: View }): VNode {
  return <>{view.notes.map((note) => <div class="note plain" key={note}><p>{note}</p></div>)}</>;
}

function PhoneCode({ phone }: { phone: string | null }): VNode | null {
  const { say } = useWords();
  return phone === null ? null : <p class="phone-code"><span>{say("v.phone")}</span> <b>{phone}</b></p>;
}

/** What it means is one tap away; the technical detail stands inside it, so it is two. */
function Meaning({ view }: { view: View }): VNode {
  const { say } = useWords();
  return (
    <details class="more">
      <summary>{say("v.means")}</summary>
      <div class="stack">
        {view.means.map((line) => <p key={line}>{line}</p>)}
        <details class="more">
          <summary>{say("v.detail")}</summary>
          <div class="stack small">
            <p>
              {view.phone !== null && `${say("detail.step", { step: view.phone })} `}
              {view.detail.join(" ")}
            </p>
            {view.codes.length > 0 && <p>{say("detail.reasons")} {view.codes.map((code) => <><code key={code}>{code}</code> </>)}</p>}
          </div>
        </details>
      </div>
    </details>
  );
}

function Actions({ view, actions }: { view: View; actions: VerdictActions }): VNode {
  const { say } = useWords();
  const more = (
    <>
      {actions.hiring !== null && <button class="tap" type="button" onClick={actions.hiring}><Glyph name="calendar" />{say("v.hiring")}</button>}
      {actions.receipt !== null && <button class="tap" type="button" onClick={actions.receipt}><Glyph name="save" />{say("v.receipt")}</button>}
    </>
  );
  const another = <button class="tap main" type="button" onClick={actions.another}><Glyph name="code" />{say("v.another")}</button>;
  const refresh = <button class="tap" type="button" onClick={actions.refresh}><Glyph name="refresh" />{say("list.refresh")}</button>;
  switch (view.group) {
    case "picture":
      return (
        <div class="taps">
          <button class="tap main" type="button" onClick={actions.camera}><Glyph name="camera" />{say("v.another_photo")}</button>
          <button class="tap" type="button" onClick={actions.camera}><Glyph name="code" />{say("v.second_code")}</button>
        </div>
      );
    case "late": // an answer to another question can never answer this one: the way on is a new question
      return (
        <div class="taps">
          {actions.again === null || view.codes.includes("challenge_mismatch")
            ? <button class="tap main" type="button" onClick={actions.ask}><Glyph name="talk" />{say(view.unasked ? "ask.make" : "ask.again")}</button>
            : <button class="tap main" type="button" onClick={actions.again}><Glyph name="camera" />{say("ask.read_again")}</button>}
          <button class="tap" type="button" onClick={actions.another}><Glyph name="code" />{say("v.another")}</button>
        </div>
      );
    case "signer": case "newer": case "status": case "old": case "list":
      return <div class="taps">{another}{refresh}{more}</div>;
    default:
      return <div class="taps">{another}{view.verdict === "valid_as_of" && view.clock !== "behind" && refresh}{more}</div>;
  }
}

function KeepsNothing(): VNode {
  return <p class="small quiet">{useWords().say("v.keeps_nothing")}</p>;
}
