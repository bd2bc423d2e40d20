/** The verifier's views over written reports, one an address: `#valid/es`. Built for tests only; the shipped page has no such way in. */
import { render, type VNode } from "preact";
import "../../src/styles/tokens.css";
import "../../src/styles/ui.css";
import "../../src/styles/page.css";
import { AboutView } from "../../src/stories/verifier/about.tsx";
import { CameraView } from "../../src/kit/camera.tsx";
import { StartView, type StartState } from "../../src/stories/verifier/start.tsx";
import { VerdictView } from "../../src/stories/verifier/verdict.tsx";
import { PlaceContext } from "../../src/kit/words.tsx";
import type { Labels, Language, Report } from "../../src/words/report.ts";
import { learn } from "../../src/words/text.ts";
import en from "../../src/words/languages/en.json";
import labels from "./labels.json";
import reports from "./reports.json";

interface Case {
  readonly report: Report;
  readonly host: string | null;
  readonly chars: number;
  readonly listDate: string | null;
}
const cases = reports as unknown as Readonly<Record<string, Case>>; // checked where the kernel makes them; here they are written by hand
const words: Readonly<Record<Language, Labels>> = labels;

const nothing = (): void => undefined;
const list = { version: 412, date: "2026-11-20T11:00:00Z" };
const calm: StartState = { list, refreshing: false, outcome: null, fault: null, photoFault: null, reading: false, update: "none", languages: ["es", "en"] };
const starts: Readonly<Record<string, StartState>> = {
  start: calm,
  "start-empty": { ...calm, list: null, outcome: "offline" },
  "start-refused": { ...calm, fault: "refused", photoFault: "no_code", outcome: "refused" },
  "start-update": { ...calm, update: "ready", outcome: "current" },
  "start-changed": { ...calm, update: "refused", refreshing: true },
};

function view(name: string, language: Language): VNode {
  const state = starts[name];
  if (state !== undefined) {
    const actions = { camera: nothing, photos: nothing, text: nothing, refresh: nothing, language: nothing, about: nothing, loadUpdate: nothing };
    return <StartView state={state} actions={actions} />;
  }
  if (name === "about") return <AboutView list={list} page={() => Promise.resolve({ version: "0123456789abcdef".repeat(4), files: 12 })} back={nothing} />;
  if (name === "camera" || name === "camera-frames") return camera(name === "camera-frames");
  const found = cases[name];
  if (found === undefined) throw new Error(`no case ${name}`);
  const actions = { back: nothing, another: nothing, camera: nothing, refresh: nothing, speak: (words: string) => void (document.body.dataset["spoken"] = words) };
  return <VerdictView judged={{ ...found, labels: words[language] ?? null }} actions={actions} />;
}

function camera(frames: boolean): VNode {
  const collector = () => ({ add: () => ({ have: 2, total: 4 }) });
  return (
    <CameraView
      actions={{
        open: (_video, events) => {
          events.opened(nothing);
          if (frames) events.text("");
          return nothing;
        },
        collector, read: nothing, fault: nothing, photos: nothing, cancel: nothing,
      }}
    />
  );
}

function show(): void {
  const [name = "start", wanted] = location.hash.slice(1).split("/");
  const language: Language = wanted === "en" ? "en" : "es";
  document.documentElement.lang = language;
  document.body.className = name.startsWith("start") || name === "about" ? "" : name.startsWith("camera") ? "camera" : "verdict";
  const root = document.getElementById("app");
  if (root !== null) render(<PlaceContext.Provider value={{ page: "verifier", language }} key={location.hash}>{view(name, language)}</PlaceContext.Provider>, root);
}
learn("en", en);
addEventListener("hashchange", show);
show();
