/** The camera's view: the picture fills it, a code of several parts shows how far it is. Draws only. */
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Hear, useEasy } from "./easy.tsx";
import { Glyph, Mark } from "./icons.tsx";
import type { CameraEvents, CameraFault, Collector } from "./ports.ts";
import { PhotoInput } from "./ways.tsx";
import { useWords } from "./words.tsx";

export interface FinderActions {
  readonly open: (video: HTMLVideoElement, events: CameraEvents) => () => void;
  readonly collector: () => Collector;
  readonly read: (texts: readonly string[]) => Promise<void> | void;
  readonly fault: (fault: CameraFault) => void;
}
export interface CameraActions extends FinderActions {
  readonly photos: (files: readonly File[]) => void;
  readonly cancel: () => void;
}

/** How many of how many parts of a code were read. */
export interface Parts {
  readonly have: number;
  readonly total: number;
}
export interface Light {
  readonly set: (on: boolean) => void;
  readonly on: boolean;
}

/** After so long without a code the next advice is given (DOMAIN P4). */
const HARD = 20_000;

/** The camera's picture with its frame, open as long as this is drawn. */
export function Finder({ actions, opened, parts }: { actions: FinderActions; opened: (light: Light | null) => void; parts: (parts: Parts) => void }): VNode {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    if (video.current === null) return undefined;
    const collector = actions.collector();
    return actions.open(video.current, {
      text: (text) => {
        const step = collector.add(text);
        if ("texts" in step) return latest.current.read(step.texts);
        return parts(step);
      },
      opened: (set) => opened(set === null ? null : { set, on: false }),
      fault: (fault) => latest.current.fault(fault),
    });
  }, []);
  return (
    <div class="finder">
      <video ref={video} playsInline muted autoplay disablePictureInPicture aria-hidden="true" />
      <Frame />
    </div>
  );
}

export function CameraView({ actions }: { actions: CameraActions }): VNode {
  const { say, page } = useWords();
  const easy = useEasy();
  const heading = useRef<HTMLHeadingElement>(null);
  const [parts, setParts] = useState<Parts | null>(null);
  const [opened, setOpened] = useState(false);
  const [light, setLight] = useState<Light | null>(null);
  const hard = useHard(opened && parts === null);
  const read: FinderActions["read"] = (texts) => {
    heading.current?.blur(); // taken away with the focus in it, it would have what comes next laid out twice
    return actions.read(texts);
  };
  useEffect(() => heading.current?.focus(), []);
  useLayoutEffect(() => { // what comes after it is laid out once, and never seen in its colours
    document.body.classList.add("camera");
    return () => document.body.classList.remove("camera");
  }, []);
  return (
    <>
      <header class="bar">
        <span class="mark"><Mark /><span>{say("app.brand")} <span>{say(`app.role.${page}`)}</span></span></span>
        <span class="grow" />
        {easy && <Hear />}
        {light !== null && <LightTap light={light} change={setLight} />}
      </header>
      <main>
        <h1 class="only-read" tabIndex={-1} ref={heading}>{say("camera.title")}</h1>
        <Finder
          actions={{ ...actions, read }} parts={(step) => setParts((before) => (before?.have === step.have && before.total === step.total ? before : step))}
          opened={(found) => {
            setOpened(true);
            setLight(found);
          }}
        />
        <p class={hard ? "say long" : "say"} aria-live="polite">
          {!opened ? say("camera.opening") : parts === null ? say(hard ? `camera.hard.${page === "verifier" ? "verifier" : "wallet"}` : "camera.say") : <><span class="only-read">{say("camera.frames_say", { ...parts })}</span><span aria-hidden="true">{say("camera.frames", { ...parts })}</span></>}
        </p>
        {parts !== null && <div class="parts" aria-hidden="true">{Array.from({ length: parts.total }, (_, place) => <span key={place} class={place < parts.have ? "got" : ""} />)}</div>}
        <div class="foot taps">
          <div class="tap"><Glyph name="photo" /><label for="camera-photo">{say("camera.photo")}</label><PhotoInput id="camera-photo" take={actions.photos} /></div>
          <button class="tap" type="button" onClick={actions.cancel}>{say("camera.cancel")}</button>
        </div>
      </main>
    </>
  );
}

/** True once it has looked for long without a code. */
function useHard(looking: boolean): boolean {
  const [hard, setHard] = useState(false);
  useEffect(() => {
    setHard(false);
    if (!looking) return undefined;
    const timer = setTimeout(() => setHard(true), HARD);
    return () => clearTimeout(timer);
  }, [looking]);
  return hard;
}

function LightTap({ light, change }: { light: Light; change: (light: Light) => void }): VNode {
  const { say } = useWords();
  return (
    <button
      class="bar-tap" type="button" aria-pressed={light.on}
      onClick={() => {
        light.set(!light.on);
        change({ set: light.set, on: !light.on });
      }}
    >
      <Glyph name="light" />
      <span>{say("camera.light")}</span>
    </button>
  );
}

function Frame(): VNode {
  return (
    <div class="frame">
      <svg viewBox="0 0 100 100" aria-hidden="true" fill="none" stroke="#FFBF1F" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round">
        <path d="M3 22V6a3 3 0 0 1 3-3h16M78 3h16a3 3 0 0 1 3 3v16M97 78v16a3 3 0 0 1-3 3H78M22 97H6a3 3 0 0 1-3-3V78" />
      </svg>
    </div>
  );
}
