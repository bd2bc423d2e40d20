/** Third step of showing: the code that the employer reads, made anew every 30 s while it is on the screen. Keeps nothing. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Rest } from "../../../kit/easy.tsx";
import { Glyph, LevelIcon } from "../../../kit/icons.tsx";
import { QrPicture } from "../../../kit/qr.tsx";
import { Steps } from "../../../kit/steps.tsx";
import { useWords } from "../../../kit/words.tsx";
import type { Level } from "../../../words/report.ts";
import type { WrongClock } from "../clock.tsx";
import type { Drawn, Manner, Unsaved } from "../ports.ts";
import { StepLine } from "../head.tsx";
import { aloudOf, ANSWER_MS, STEP_MS, staysOpen } from "./standing.ts";

export interface LiveParts {
  readonly manner: Manner;
  /** Of this phone; an answer does not go by it. */
  readonly wrongClock: WrongClock | null;
  readonly first: Drawn;
  /** Why this showing is not in the history; null where it is. */
  readonly unnoted: Unsaved | null;
  /** When an answer ends; null for a code that is made anew. */
  readonly ends: number | null;
  /** Makes the next code; null when it cannot be made any more. */
  readonly renew: () => Promise<Drawn | null>;
  readonly now: () => number;
  readonly letters: () => void;
  readonly ended: () => void;
  /** Holds the screen awake while the code stands; gives back how to let it sleep. */
  readonly stayAwake: () => () => void;
  /** Says that the person is here, though she touches nothing. */
  readonly here: () => void;
}

export function LiveView(parts: LiveParts): VNode {
  const { say } = useWords();
  const { manner, stayAwake, unnoted, wrongClock } = parts;
  const [drawn, left, renewed] = useRenewal(parts);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => stayAwake(), [stayAwake]);
  const level = LEVELS[manner];
  return (
    <main class="page live" id="main">
      <Steps at={3} of={3} />
      <h1 class="only-read" tabIndex={-1} ref={heading}>{say(`live.title.${manner}`)}</h1>
      {manner === "live" && wrongClock !== null && (
        <div class="note" role="alert">
          <p><b>{say(`list.notice.${wrongClock}`)}</b> {say("live.wrong_date")}</p>
          <p><button class="link-tap" type="button" onClick={parts.letters}>{say("live.letters")}</button></p>
        </div>
      )}
      <QrPicture texts={drawn.texts} level={drawn.level} label={say("live.qr")} />
      {left !== null && <Countdown left={left} whole={manner === "live" ? STEP_MS : ANSWER_MS} renewed={renewed} say={say(manner === "live" ? "live.changes" : "live.ends")} />}
      {unnoted !== null && <div class="note" role="alert"><p>{say("live.unnoted", { why: say(`unnoted.${unnoted}`) })}</p></div>}
      <div class={`level ${level.replace("_", "-")}`} data-level={level}>
        <LevelIcon level={level} />
        <div><b>{say(`level.${level}`)}</b><small>{say(`level.${level}_say`)}</small></div>
      </div>
      {drawn.texts.length > 1 && <p>{say("live.parts", { n: drawn.texts.length })}</p>}
      <StepLine by="live" />
      <Rest>
        <p><b>{say("live.read")}</b> {say("live.hold")}</p>
        <p class="small quiet beside"><Glyph name="bright" /><span>{say("live.bright")}</span></p>
        {manner === "live" && wrongClock === null && (
          <details class="more">
            <summary>{say("live.refused")}</summary>
            <div class="stack">
              <p>{say("live.clocks")}</p>
              <button class="link-tap" type="button" onClick={parts.letters}>{say("live.letters")}</button>
            </div>
          </details>
        )}
      </Rest>
    </main>
  );
}

const LEVELS: Readonly<Record<Manner, Level>> = { static: "copy", live: "live", answer: "live_challenge" };

/** The code that stands and the milliseconds that it still stands; renewed at its own time, never by a fixed timer. */
function useRenewal({ manner, first, ends, renew, now, ended, here }: LiveParts): readonly [Drawn, number | null, boolean] {
  const [drawn, setDrawn] = useState(first);
  const until = useRef(ends ?? first.until);
  const shownAt = useRef(now());
  const [left, setLeft] = useState(until.current === null ? null : until.current - now());
  useEffect(() => {
    if (until.current === null) return undefined;
    let busy = false;
    const timer = setInterval(() => {
      const rest = (until.current ?? 0) - now();
      setLeft(Math.max(0, rest));
      if (staysOpen(manner, shownAt.current, now())) here();
      if (rest > 0 || busy) return;
      if (manner === "answer") return ended();
      busy = true;
      void renew().then((next) => {
        busy = false;
        if (next === null) return ended();
        until.current = next.until;
        setDrawn(next);
      });
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  return [drawn, left, drawn !== first];
}

/** Bar and words, once a second in steps; readers are told at ten seconds and at the change, not each second (LOOK section 3). */
function Countdown({ left, whole, renewed, say: words }: { left: number; whole: number; renewed: boolean; say: string }): VNode {
  const { say } = useWords();
  const seconds = Math.ceil(left / 1000);
  const aloud = aloudOf(left, renewed);
  return (
    <div class="countdown">
      <div class="track" aria-hidden="true"><i style={{ width: `${Math.min(100, Math.max(0, (left / whole) * 100))}%` }} /></div>
      <p aria-hidden="true">{words} <b>{say("live.seconds", { n: seconds })}</b></p>
      <p class="only-read" aria-live="polite">{aloud === "soon" ? `${words} ${say("live.seconds", { n: seconds })}` : aloud === "changed" ? say("live.changed") : ""}</p>
    </div>
  );
}
