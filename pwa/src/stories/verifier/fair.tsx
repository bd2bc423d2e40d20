/** Fair mode: the last code large, then the list of all so far; what it keeps is said, and asked for. Draws only. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { BackBar, Fault } from "../../kit/bar.tsx";
import { Finder, type FinderActions, type Parts } from "../../kit/camera.tsx";
import { Glyph, VerdictIcon } from "../../kit/icons.tsx";
import type { CameraFault } from "../../kit/ports.ts";
import { read } from "../../kit/reading.ts";
import { PhotoInput } from "../../kit/ways.tsx";
import { useWords } from "../../kit/words.tsx";
import { certificateDate, clockTime, dayOf, numbered, shortDate } from "../../words/text.ts";
import { ClearedNote } from "./cleared.tsx";
import type { Fair, Last } from "./fairing.ts";
import { countsOf, csvOf, whatOf, type Line } from "./fairlist.ts";

export interface FairState {
  readonly fair: Fair;
  readonly fault: CameraFault | null;
  readonly photos: VNode;
  readonly sound: boolean;
}
export interface FairActions extends FinderActions {
  readonly back: () => void;
  readonly photos: (files: readonly File[]) => void;
  readonly sound: (on: boolean) => void;
  readonly save: (name: string, text: string) => void;
  readonly print: () => void;
}

export function FairView({ state, actions }: { state: FairState; actions: FairActions }): VNode {
  const { say } = useWords();
  const { fair, fault } = state;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <BackBar label={say("fair.leave")} back={actions.back}>
        <button class="bar-tap" type="button" aria-pressed={state.sound} onClick={() => actions.sound(!state.sound)}>
          <Glyph name={state.sound ? "hear" : "mute"} /><span>{say("tell.sound")}</span>
        </button>
      </BackBar>
      <main class="page fair" id="main">
        <h1 tabIndex={-1} ref={heading}>{say("fair.title")}</h1>
        <Panel last={fair.last} />
        {fault === null ? <Eye first={fair.last === null} actions={actions} /> : <Fault text={say(fault === "reader" ? "camera.reader" : "fair.no_camera")} />}
        {state.photos}
        <Cleared fair={fair} />
        <List lines={fair.lines} />
        <Keeping fair={fair} />
        <Acts fair={fair} actions={actions} />
        <p class="small quiet no-print">{say("fair.rule")}</p>
      </main>
    </>
  );
}

/** The one place where a name stands, until the next code. Always there, so that readers hear what comes into it. */
function Panel({ last }: { last: Last | null }): VNode {
  const { language, say } = useWords();
  if (last === null) return <div class="v small is-none no-print" role="status"><p>{say("fair.none")}</p></div>;
  const view = read({ ...last.judged, labels: last.judged.labels[language] ?? null }, language);
  const tail = view.tail === null ? null : <>{say("fair.tail")} <b>{view.tail}</b></>;
  const how = view.level === null ? null : say(`fair.level.${view.level}`);
  return (
    <div class={`v small is-${view.verdict} no-print`}>
      <div class="v-in" role="status" data-verdict={view.verdict}>
        <VerdictIcon verdict={view.verdict} />
        <div>
          <p class="word">{view.word}</p>
          {view.name !== null && <p><b>{view.name}</b></p>}
          {view.why !== null && <p>{view.why}</p>}
          <p>{tail}{tail !== null && how !== null && " · "}{how}</p>
          {view.why === null && <p>{view.say} {view.when?.before}{view.when?.date}{view.when?.after}</p>}
          <p>{view.fix}</p>
          {last.again !== null && <p><b>{say("fair.again", { time: clockTime(language, last.again) })}</b></p>}
          {last.again === null && last.line.like !== null && <p><b>{say("fair.like", { time: clockTime(language, last.line.like) })}</b></p>}
        </div>
      </div>
    </div>
  );
}

/** The camera goes on by itself. */
function Eye({ first, actions }: { first: boolean; actions: FairActions }): VNode {
  const { say } = useWords();
  const [opened, setOpened] = useState(false);
  const [parts, setParts] = useState<Parts | null>(null);
  const reading = { ...actions, read: (texts: readonly string[]) => { setParts(null); return actions.read(texts); } };
  return (
    <div class="eye no-print">
      <Finder actions={reading} opened={() => setOpened(true)} parts={setParts} />
      <div class="strip">
        <Glyph name="camera" />
        <span>{!opened ? say("camera.opening") : parts !== null ? say("camera.frames_say", { ...parts }) : <><b>{say("fair.ready")}</b> {!first && say("fair.next")}</>}</span>
      </div>
    </div>
  );
}

function Cleared({ fair: { cleared, undo } }: { fair: Fair }): VNode | null {
  return cleared === null ? null : <ClearedNote count={cleared.length} undo={undo} />;
}

function List({ lines }: { lines: readonly Line[] }): VNode {
  const { language, say } = useWords();
  return (
    <>
      <div class="stack">
        <h2>{say("fair.count", { n: lines.length })}</h2>
        {lines.length > 0 && (
          <p class="chips">
            {countsOf(lines).map(([verdict, n]) => (
              <span key={verdict} class={`chip is-${verdict}`}><VerdictIcon verdict={verdict} chip />{say(numbered(`fair.of.${verdict}`, n), { n })}</span>
            ))}
          </p>
        )}
        {lines.length > 0 && <p class="small quiet">{say("fair.column.day")}: {each(lines.map(({ at }) => certificateDate(language, dayOf(at))))} · {say("fair.column.list")}: {each(lines.flatMap(({ list }) => list ?? []))}</p>}
      </div>
      {lines.length > 0 && (
        <ol class="rows" reversed>
          {lines.map((line, place) => (
            <li key={`${line.at} ${lines.length - place}`}>
              <p class="chips">
                <span class="quiet nobr">{clockTime(language, line.at)}</span>
                <span class={`chip is-${line.verdict}`}><VerdictIcon verdict={line.verdict} chip />{say(`v.${line.verdict}.word`).replace(/\.$/, "")}</span>
                {line.status !== null && <span class="small quiet">{say(line.verdict === "valid_as_of" ? "pass.status_of" : "pass.status", { date: shortDate(language, line.status) })}</span>}
              </p>
              <p>{whatOf(line, language)}{line.level !== null && <span class="quiet"> · {say(`fair.level.${line.level}`)}</span>}</p>
              {line.name !== null && <p><b>{line.name}</b></p>}
              {line.like !== null && <p class="small quiet">{say("fair.like", { time: clockTime(language, line.like) })}</p>}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** Each once, the first first: a printed list says of itself of which day it is and what it was judged by. */
function each(values: readonly (string | number)[]): string {
  return [...new Set(values)].reverse().join(", ");
}

/** What the list keeps, in words, and the two things that it keeps only when asked. */
function Keeping({ fair }: { fair: Fair }): VNode {
  const { say } = useWords();
  const switches = [{ name: "names", on: fair.names, set: fair.setNames }, { name: "keeps", on: fair.keeps, set: fair.setKeeps }] as const;
  return (
    <fieldset class="stack no-print">
      <legend class="small quiet">{say(fair.names ? "fair.holds_names" : "fair.holds")} {say(fair.keeps ? "fair.stays" : "fair.goes")}</legend>
      {switches.map(({ name, on, set }) => (
        <div class="pick" key={name}>
          <input type="checkbox" id={`fair-${name}`} checked={on} aria-describedby={`fair-${name}-hint`} onChange={(event) => set(event.currentTarget.checked)} />
          <label for={`fair-${name}`}><b>{say(`fair.${name}`)}</b><span class="small quiet" id={`fair-${name}-hint`}>{say(`fair.${name}_hint`)}</span></label>
        </div>
      ))}
    </fieldset>
  );
}

function Acts({ fair, actions }: { fair: Fair; actions: FairActions }): VNode {
  const { language, say } = useWords();
  const { lines } = fair;
  const none = lines.length === 0;
  return (
    <div class="taps two">
      <button class="tap" type="button" disabled={none} onClick={() => actions.save(say("fair.file"), csvOf(lines, language))}><Glyph name="save" />{say("fair.csv")}</button>
      <button class="tap" type="button" disabled={none} onClick={actions.print}><Glyph name="print" />{say("fair.print")}</button>
      <div class="tap"><Glyph name="photo" /><label for="fair-photo">{say("camera.photo")}</label><PhotoInput id="fair-photo" take={actions.photos} /></div>
      <button class="tap" type="button" disabled={none} onClick={fair.clear}><Glyph name="erase" />{say("fair.clear")}</button>
    </div>
  );
}
