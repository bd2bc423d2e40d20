/** The verifier's page as it is drawn: the view that stands, with what it shows and what its taps do. */
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { TopBar } from "../../kit/bar.tsx";
import { CameraView } from "../../kit/camera.tsx";
import { PassingView } from "../../kit/passing.tsx";
import { PlaceContext } from "../../kit/words.tsx";
import type { Language } from "../../words/report.ts";
import { text } from "../../words/text.ts";
import { AboutView } from "./about.tsx";
import { AskingView, QuestionView } from "./ask.tsx";
import { ClearedNote, FairView } from "./fair.tsx";
import { Heard, OfPhotos } from "./heard.tsx";
import type { Ports } from "./ports.ts";
import { inLanguage, usePage, type Page, type Route } from "./page.ts";
import { StartView } from "./start.tsx";
import { VerdictView } from "./verdict.tsx";

export function Verifier({ ports, route, language: first }: { ports: Ports; route: Route; language: Language }): VNode {
  const page = usePage(ports, route, first);
  const { language, view } = page;
  const place = useMemo(() => ({ page: "verifier", language }) as const, [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = text(language, "app.title.verifier");
  }, [language]);
  useEffect(() => {
    document.body.className = view === "camera" || view === "verdict" ? view : "";
  }, [view]);
  return (
    <PlaceContext.Provider value={place}>
      <Heard parts={page.checking.parts} />
      <Standing page={page} />
    </PlaceContext.Provider>
  );
}

function Standing({ page }: { page: Page }): VNode | null {
  const { ports, go, bundle, choices } = page;
  switch (page.view) {
    case "start":
      return <Start page={page} />;
    case "camera":
      return (
        <CameraView
          actions={{
            open: ports.openCamera, collector: ports.collector, read: (texts) => void page.checking.texts(texts, "camera"), fault: page.cameraFailed,
            photos: page.photos, cancel: () => go(page.origin),
          }}
        />
      );
    case "verdict":
      return <Verdict page={page} />;
    case "asking":
      return <AskingView name={choices.name} actions={{ ask: page.ask, back: () => go("start") }} />;
    case "question":
      return <Question page={page} />;
    case "passing":
      return <><TopBar /><PassingView ports={ports} back={() => go("start")} /></>;
    case "fair":
      return (
        <FairView
          state={{ fair: page.fair, fault: page.fault, photos: <OfPhotos checking={page.checking} />, sound: choices.sound }}
          actions={{
            open: ports.openCamera, collector: ports.collector, read: (texts) => void page.checking.texts(texts, "camera"), fault: page.cameraFailed,
            back: () => go("start"), photos: page.photos, sound: (sound) => page.choose({ sound }), save: (name, list) => ports.save(name, "text/csv;charset=utf-8", list),
            print: ports.print,
          }}
        />
      );
    case "about":
      return (
        <AboutView
          state={{ list: bundle.list ?? null, page: ports.pageVersion, choices, voice: ports.speak !== null, languages: ports.languages }}
          actions={{ back: () => go("start"), language: page.speakIn, choose: page.choose, erase: page.erase }}
        />
      );
  }
}

function Start({ page }: { page: Page }): VNode {
  const { bundle, checking, fair, go, ports } = page;
  const back = (): void => {
    go("fair");
    fair.undo();
  };
  return (
    <StartView
      state={{
        list: bundle.list, refreshing: bundle.refreshing, outcome: bundle.outcome, brought: bundle.brought, notices: bundle.notices, fault: page.fault, photos: <OfPhotos checking={checking} />,
        cleared: fair.cleared === null ? null : <ClearedNote count={fair.cleared.length} undo={back} />, reading: checking.reading, update: page.update, languages: ports.languages,
      }}
      actions={{
        camera: () => go("camera"), photos: page.photos, text: page.text, refresh: bundle.refresh, language: page.speakIn, ask: () => go("asking"), fair: () => go("fair"),
        passing: () => go("passing"), about: () => go("about"), loadUpdate: ports.loadUpdate,
      }}
    />
  );
}

function Question({ page }: { page: Page }): VNode | null {
  const { asking: { open, profile }, checking, choices, go } = page;
  if (open === null || profile === null) return null;
  return (
    <QuestionView
      state={{ open, fault: page.fault, photos: <OfPhotos checking={checking} /> }} now={page.ports.now}
      actions={{ back: () => go("start"), camera: () => go("camera"), again: () => page.asking.ask(profile, choices.name), photos: page.photos, text: page.text }}
    />
  );
}

/** After an answer the next person gets a question of their own; a late one may be answered again while the question waits. */
function Verdict({ page }: { page: Page }): VNode | null {
  const { asking: { open, profile }, bundle, checked, choices, go, language, ports } = page;
  const judged = useMemo(() => (checked === null ? null : inLanguage(checked.judged, language)), [checked, language]);
  if (checked === null || judged === null) return null;
  const { speak } = ports;
  const ask = (): void => (profile === null ? go("asking") : page.ask(profile, choices.name));
  return (
    <VerdictView
      judged={judged} foreign={checked.foreign}
      actions={{
        back: () => go("start"), ask, camera: () => go("camera"),
        another: () => (profile !== null ? ask() : go(checked.way === "camera" ? "camera" : "start")),
        again: open === null ? null : () => go(checked.way === "camera" ? "camera" : "question"),
        refresh: () => {
          go("start");
          bundle.refresh();
        },
        speak: speak === null ? null : (words) => speak(words, language),
      }}
    />
  );
}
