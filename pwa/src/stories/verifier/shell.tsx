/** The verifier's page as a whole: which view stands, and the steps from one to the next. Keeps nothing of what was read. */
import type { VNode } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Language } from "../../words/report.ts";
import { text } from "../../words/text.ts";
import { AboutView } from "./about.tsx";
import { CameraView } from "../../kit/camera.tsx";
import type { CameraFault, ListFacts, PageUpdate, PhotoFault, RefreshOutcome } from "../../kit/ports.ts";
import type { Ports } from "./ports.ts";
import { StartView, type StartActions } from "./start.tsx";
import { VerdictView } from "./verdict.tsx";
import { PlaceContext } from "../../kit/words.tsx";

type Result = Awaited<ReturnType<Ports["judge"]>>;
export type ViewName = "start" | "camera" | "verdict" | "about";

/** How the page moves in the browser's history: world/routes.ts gives it. */
export interface Route {
  readonly go: (view: ViewName) => void;
  readonly onBack: (arrived: (view: ViewName) => void) => void;
}

export function Verifier({ ports, route, language: first }: { ports: Ports; route: Route; language: Language }): VNode {
  const [language, setLanguage] = useState(first);
  const [view, setView] = useState<ViewName>("start");
  const [result, setResult] = useState<Result | null>(null);
  const [byCamera, setByCamera] = useState(false);
  const [fault, setFault] = useState<CameraFault | null>(null);
  const [photoFault, setPhotoFault] = useState<PhotoFault | null>(null);
  const [reading, setReading] = useState(false);
  const bundle = useList(ports);
  const update = useUpdate(ports);
  const busy = useRef(false);
  const place = useMemo(() => ({ page: "verifier", language }) as const, [language]);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = text(language, "app.title.verifier");
  }, [language]);
  useEffect(() => {
    document.body.className = view === "start" || view === "about" ? "" : view;
    if (view !== "verdict") setResult(null); // what was read is gone when its view is
  }, [view]);
  useEffect(() => route.onBack(setView), [route]);

  const go = useCallback((next: ViewName) => {
    route.go(next);
    setView(next);
  }, [route]);

  const judge = async (texts: readonly string[], camera: boolean): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    try {
      setResult(await ports.judge(texts));
      setByCamera(camera);
      setPhotoFault(null);
      go("verdict");
    } finally {
      busy.current = false;
    }
  };
  const photos = async (files: readonly File[]): Promise<void> => {
    if (view !== "start") go("start");
    setPhotoFault(null);
    setReading(true);
    try {
      const texts = [...new Set((await Promise.all(files.map(ports.readPicture))).flat())];
      if (texts.length === 0) setPhotoFault("no_code");
      else await judge(texts, false);
    } catch (error) {
      if (error instanceof RangeError) setPhotoFault("too_large");
      else setFault("reader");
    } finally {
      setReading(false);
    }
  };
  const start: StartActions = {
    camera: () => go("camera"),
    photos: (files) => void photos(files),
    text: (value) => void judge(textsOf(value), false),
    refresh: bundle.refresh,
    language: (next) => void ports.speakIn(next).then(() => setLanguage(next)),
    about: () => go("about"),
    loadUpdate: ports.loadUpdate,
  };
  const failed = (what: CameraFault): void => {
    setFault(what);
    go("start");
  };

  return (
    <PlaceContext.Provider value={place}>
      {view === "start" && (
        <StartView state={{ list: bundle.list, refreshing: bundle.refreshing, outcome: bundle.outcome, fault, photoFault, reading, update, languages: ports.languages }} actions={start} />
      )}
      {view === "camera" && (
        <CameraView
          actions={{
            open: ports.openCamera, collector: ports.collector, read: (texts) => void judge(texts, true), fault: failed, photos: (files) => void photos(files),
            cancel: () => go("start"),
          }}
        />
      )}
      {view === "verdict" && result !== null && <Verdict result={result} language={language} ports={ports} go={go} byCamera={byCamera} refresh={bundle.refresh} />}
      {view === "about" && <AboutView list={bundle.list ?? null} page={ports.pageVersion} back={() => go("start")} />}
    </PlaceContext.Provider>
  );
}

/** Pasted frames come one a line; anything else is judged as it stands, for a line end is no character of a code (FORMAT 1.1). */
function textsOf(value: string): readonly string[] {
  const lines = value.split("\n").filter((line) => line !== "");
  return lines.length > 1 && lines.every((line) => /^V[CPFR]1-/.test(line)) ? lines : [value];
}

interface VerdictParts {
  readonly result: Result;
  readonly language: Language;
  readonly ports: Ports;
  readonly go: (view: ViewName) => void;
  readonly byCamera: boolean;
  readonly refresh: () => void;
}

function Verdict({ result, language, ports, go, byCamera, refresh }: VerdictParts): VNode {
  const judged = useMemo(() => ({ ...result, labels: result.labels[language] ?? null }), [result, language]);
  const { speak } = ports;
  return (
    <VerdictView
      judged={judged}
      actions={{
        back: () => go("start"),
        another: () => go(byCamera ? "camera" : "start"),
        camera: () => go("camera"),
        refresh: () => {
          go("start");
          refresh();
        },
        speak: speak === null ? null : (words) => speak(words, language),
      }}
    />
  );
}

interface ListState {
  readonly list: ListFacts | null | undefined;
  readonly refreshing: boolean;
  readonly outcome: RefreshOutcome | null;
  readonly refresh: () => void;
}

function useList(ports: Ports): ListState {
  const [list, setList] = useState<ListFacts | null | undefined>(undefined);
  const [refreshing, setRefreshing] = useState(false);
  const [outcome, setOutcome] = useState<RefreshOutcome | null>(null);
  useEffect(() => {
    const look = (): void => void ports.list().then(setList);
    ports.onList(look);
    look();
  }, [ports]);
  const refresh = (): void => {
    setRefreshing(true);
    void ports.refresh().then((result) => {
      setOutcome(result);
      setRefreshing(false);
    });
  };
  return { list, refreshing, outcome, refresh };
}

function useUpdate(ports: Ports): PageUpdate {
  const [update, setUpdate] = useState<PageUpdate>("none");
  useEffect(() => ports.onUpdate(setUpdate), [ports]);
  return update;
}
