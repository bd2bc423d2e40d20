/** The first view: camera, photo or text, and what this phone knows with its date. Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { longDate } from "../../words/text.ts";
import { Fault, LanguageTap, TopBar, UpdateNote } from "../../kit/bar.tsx";
import { Glyph, HalfBridge } from "../../kit/icons.tsx";
import type { CameraFault, ListFacts, PageUpdate, PhotoFault, RefreshOutcome } from "../../kit/ports.ts";
import { CameraWay, PhotoWay } from "../../kit/ways.tsx";
import { useWords } from "../../kit/words.tsx";

export interface StartState {
  /** undefined until the phone's store has answered. */
  readonly list: ListFacts | null | undefined;
  readonly refreshing: boolean;
  readonly outcome: RefreshOutcome | null;
  readonly fault: CameraFault | null;
  readonly photoFault: PhotoFault | null;
  readonly reading: boolean;
  readonly update: PageUpdate;
  readonly languages: readonly string[];
}
export interface StartActions {
  readonly camera: () => void;
  readonly photos: (files: readonly File[]) => void;
  readonly text: (text: string) => void;
  readonly refresh: () => void;
  readonly language: (language: string) => void;
  readonly about: () => void;
  readonly loadUpdate: () => void;
}

export function StartView({ state, actions }: { state: StartState; actions: StartActions }): VNode {
  const { say } = useWords();
  return (
    <>
      <TopBar><LanguageTap languages={state.languages} change={actions.language} /></TopBar>
      <main class="page" id="main" aria-busy={state.reading}>
        <h1>{say("start.title")}</h1>
        <UpdateNote update={state.update} load={actions.loadUpdate} />
        {state.list === null && <NoList refreshing={state.refreshing} fetch={actions.refresh} />}
        <div class="taps">
          {state.fault === null ? <CameraWay open={actions.camera} /> : <Fault text={say(`camera.${state.fault}`)} />}
          <PhotoWay take={actions.photos} />
        </div>
        {state.reading && <p aria-live="polite">{say("start.reading")}</p>}
        {state.photoFault !== null && <Fault text={`${say(`why.${state.photoFault}`)} ${say(state.photoFault === "too_large" ? "fix.too_large" : "fix.picture")}`} />}
        <TextForm check={actions.text} />
        {state.list !== null && state.list !== undefined && <ListStrip list={state.list} refreshing={state.refreshing} refresh={actions.refresh} />}
        <p class="small" aria-live="polite">{state.refreshing ? say("list.refreshing") : outcomeText(state, say)}</p>
        <p class="small quiet">{say("start.keeps")}</p>
        <button class="link-tap" type="button" onClick={actions.about}>{say("start.about")}</button>
      </main>
    </>
  );
}

function TextForm({ check }: { check: (text: string) => void }): VNode {
  const { say } = useWords();
  const [value, setValue] = useState("");
  const [missing, setMissing] = useState(false);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(value === "");
        if (value !== "") check(value);
      }}
    >
      <details class="more" open>
        <summary><Glyph name="text" />{say("start.paste")}</summary>
        <div class="stack">
          <div class={missing ? "field bad" : "field"}>
            <label for="text">{say("start.text")}</label>
            {missing && <p class="fault" id="text-fault" role="alert"><Glyph name="notice" />{say("start.text_missing")}</p>}
            <textarea
              class="in" id="text" spellcheck={false} autocomplete="off" autocapitalize="off" value={value} aria-invalid={missing}
              {...(missing ? { "aria-describedby": "text-fault" } : {})} onInput={(event) => setValue(event.currentTarget.value)}
            />
          </div>
          <button class="tap" type="submit">{say("start.check")}</button>
        </div>
      </details>
    </form>
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

function outcomeText({ outcome, list }: StartState, say: ReturnType<typeof useWords>["say"]): string {
  if (outcome === null || outcome === "installed") return "";
  if (outcome === "offline" && list === null) return say("list.offline_empty");
  return say(`list.${outcome}`);
}

function ListStrip({ list, refreshing, refresh }: { list: ListFacts; refreshing: boolean; refresh: () => void }): VNode {
  const { language, say } = useWords();
  return (
    <div class="strip">
      <Glyph name="offline" />
      <span>
        {say("list.ready", { date: longDate(language, list.date), version: list.version })}
        <button class="link-tap" type="button" disabled={refreshing} onClick={refresh}>{say("list.refresh")}</button>
      </span>
    </div>
  );
}
