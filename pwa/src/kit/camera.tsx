/** The camera's view: the picture fills it, a code of several parts shows how far it is. Draws only. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Glyph, Mark } from "./icons.tsx";
import type { CameraEvents, CameraFault, Collector } from "./ports.ts";
import { PhotoInput } from "./ways.tsx";
import { useWords } from "./words.tsx";

export interface CameraActions {
  readonly open: (video: HTMLVideoElement, events: CameraEvents) => () => void;
  readonly collector: () => Collector;
  readonly read: (texts: readonly string[]) => void;
  readonly fault: (fault: CameraFault) => void;
  readonly photos: (files: readonly File[]) => void;
  readonly cancel: () => void;
}

interface Parts {
  readonly have: number;
  readonly total: number;
}

export function CameraView({ actions }: { actions: CameraActions }): VNode {
  const { say, page } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [parts, setParts] = useState<Parts | null>(null);
  const [opened, setOpened] = useState(false);
  const [light, setLight] = useState<{ set: (on: boolean) => void; on: boolean } | null>(null);
  useEffect(() => {
    heading.current?.focus();
    if (video.current === null) return undefined;
    document.body.classList.add("camera");
    const collector = actions.collector();
    const close = actions.open(video.current, {
      text: (text) => {
        const step = collector.add(text);
        if ("texts" in step) actions.read(step.texts);
        else setParts((before) => (before?.have === step.have && before.total === step.total ? before : step));
      },
      opened: (set) => {
        setOpened(true);
        setLight(set === null ? null : { set, on: false });
      },
      fault: actions.fault,
    });
    return () => {
      document.body.classList.remove("camera");
      close();
    };
  }, []);
  return (
    <>
      <header class="bar">
        <span class="mark"><Mark /><span>{say("app.brand")} <span>{say(`app.role.${page}`)}</span></span></span>
        <span class="grow" />
        {light !== null && <LightTap light={light} change={setLight} />}
      </header>
      <main>
        <h1 class="only-read" tabIndex={-1} ref={heading}>{say("camera.title")}</h1>
        <div class="finder">
          <video ref={video} playsInline muted autoplay disablePictureInPicture aria-hidden="true" />
          <Frame />
        </div>
        <p class="say" aria-live="polite">
          {!opened ? say("camera.opening") : parts === null ? say("camera.say") : <><span class="only-read">{say("camera.frames_say", { ...parts })}</span><span aria-hidden="true">{say("camera.frames", { ...parts })}</span></>}
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

function LightTap({ light, change }: { light: { set: (on: boolean) => void; on: boolean }; change: (light: { set: (on: boolean) => void; on: boolean }) => void }): VNode {
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
