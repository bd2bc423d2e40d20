/** The first view: camera, photo or text, and what this phone knows with its date. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { counted, daysBetween, longDate } from "../../words/text.ts";
import { Fault, LanguageTap, TopBar, UpdateNote } from "../../kit/bar.tsx";
import { Hear, Rest, useEasy } from "../../kit/easy.tsx";
import { Glyph, HalfBridge } from "../../kit/icons.tsx";
import type { CameraFault, ListFacts, ListNotice, ListOutcome, PageUpdate } from "../../kit/ports.ts";
import { ListNotices, outcomeWords } from "../../kit/passing.tsx";
import { CameraWay, PhotoWay } from "../../kit/ways.tsx";
import { useWords } from "../../kit/words.tsx";
import { TextForm, type Typing } from "./textform.tsx";

export interface StartState {
  /** undefined until the phone's store has answered. */
  readonly list: ListFacts | null | undefined;
  readonly notices: readonly ListNotice[];
  readonly refreshing: boolean;
  readonly outcome: ListOutcome | null;
  /** The outcome is of an update that a person brought by codes. */
  readonly brought: boolean;
  readonly renewed: boolean;
  /** By the device's clock, ISO 8601. */
  readonly now: string;
  readonly fault: CameraFault | null;
  /** What photos had to say, drawn under the ways. */
  readonly photos?: ComponentChildren;
  /** That a fair's list went with its view, and how it comes back. */
  readonly cleared?: ComponentChildren;
  readonly typing: Typing;
  readonly reading: boolean;
  /** One came back here: then the heading takes the focus, for readers. */
  readonly moved?: boolean;
  readonly update: PageUpdate;
  readonly languages: readonly string[];
}
export interface StartActions {
  readonly camera: () => void;
  readonly photos: (files: readonly File[]) => void;
  readonly text: (text: string) => void;
  readonly refresh: () => void;
  readonly language: (language: string) => void;
  readonly ask: () => void;
  readonly fair: () => void;
  readonly hiring: () => void;
  readonly passing: () => void;
  readonly about: () => void;
  readonly loadUpdate: () => void;
  /** With large drawings, or without. */
  readonly easy: () => void;
}

export function StartView({ state, actions }: { state: StartState; actions: StartActions }): VNode {
  const { say } = useWords();
  const easy = useEasy();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (state.moved) heading.current?.focus();
  }, []);
  return (
    <>
      <TopBar>{easy && <Hear />}<LanguageTap languages={state.languages} change={actions.language} /></TopBar>
      <main class="page" id="main" aria-busy={state.reading}>
        <h1 tabIndex={-1} ref={heading}>{say("start.title")}</h1>
        <UpdateNote update={state.update} load={actions.loadUpdate} />
        <ListNotices notices={state.notices} list={state.list ?? null} />
        {state.cleared}
        {state.list === null && <NoList refreshing={state.refreshing} fetch={actions.refresh} />}
        <div class="taps">
          {state.fault === null ? <CameraWay open={actions.camera} /> : <Fault text={say(`camera.${state.fault}`)} />}
          <PhotoWay take={actions.photos} />
        </div>
        {state.photos}
        <TextForm typing={state.typing} check={actions.text} />
        <div class="taps two">
          <button class="tap left" type="button" onClick={actions.ask}><Glyph name="talk" />{say("start.ask")}</button>
          <button class="tap left" type="button" onClick={actions.fair}><Glyph name="queue" />{say("start.fair")}</button>
          <button class="tap left" type="button" onClick={actions.hiring}><Glyph name="calendar" />{say("start.hiring")}</button>
          <button class="tap left" type="button" onClick={actions.easy}><Glyph name="seen" />{say(easy ? "start.easy_off" : "start.easy")}</button>
        </div>
        {state.list !== null && state.list !== undefined && <ListStrip list={state.list} now={state.now} refreshing={state.refreshing} actions={actions} />}
        <p class="small" aria-live="polite">{state.refreshing ? say("list.refreshing") : outcomeText(state, say)}</p>
        <Rest>
          <p class="small quiet">{say("start.keeps")}</p>
          <p><button class="link-tap" type="button" onClick={actions.passing}>{say("onward.title")}</button></p>
          <p><button class="link-tap" type="button" onClick={actions.about}>{say("start.about")}</button></p>
        </Rest>
      </main>
    </>
  );
}

function NoList({ refreshing, fetch }: { refreshing: boolean; fetch: () => void }): VNode {
  const { say } = useWords();
  return (
    <div class="empty">
      <HalfBridge />
      <h2>{say("list.empty_title")}</h2>
      <p>{say("list.empty")}</p>
      <button class="tap" type="button" disabled={refreshing} onClick={fetch}><Glyph name="refresh" />{say("list.fetch")}</button>
    </div>
  );
}

/** A list that came by itself is told quietly; one that was asked for or brought says what came of it. */
function outcomeText({ outcome, brought, renewed, list }: StartState, say: ReturnType<typeof useWords>["say"]): string {
  if (outcome === null) return renewed ? say("list.renewed") : "";
  if (outcome === "installed" && !brought) return say("list.current");
  return outcomeWords(outcome, list ?? null, say) ?? "";
}

function ListStrip({ list, now, refreshing, actions }: { list: ListFacts; now: string; refreshing: boolean; actions: StartActions }): VNode {
  const { language, say } = useWords();
  const days = daysBetween(list.date, now);
  return (
    <div class="strip">
      <Glyph name="offline" />
      <span>
        {say("list.ready", { date: longDate(language, list.date), version: list.version })} {days > 0 && say(counted("note.days", days), { n: days })}
        <button class="link-tap" type="button" disabled={refreshing} onClick={actions.refresh}>{say("list.refresh")}</button>
      </span>
    </div>
  );
}
