/** The verifier's page as it is drawn: the view that stands, with what it shows and what its taps do. */
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { hex } from "../../kernel/bytes.ts";
import { CameraView } from "../../kit/camera.tsx";
import { EasyRoom } from "../../kit/easy.tsx";
import { later } from "../../kit/later.tsx";
import { PlaceContext } from "../../kit/words.tsx";
import type { Labels, Language } from "../../words/report.ts";
import { dayOf, text } from "../../words/text.ts";
import { ClearedNote } from "./cleared.tsx";
import { Heard, OfPhotos } from "./heard.tsx";
import { ListView } from "./list.tsx";
import type { CheckedReceipt, Ports } from "./ports.ts";
import { inLanguage, usePage, type Page, type Route } from "./page.ts";
import { StartView } from "./start.tsx";
import { VerdictView } from "./verdict.tsx";

/** What is not needed for a first check comes when it is first wanted; a view that is smaller than its own request comes with it. */
const AboutView = later(async () => (await import("./about.tsx")).AboutView);
const AskingView = later(async () => (await import("./ask.tsx")).AskingView);
const QuestionView = later(async () => (await import("./ask.tsx")).QuestionView);
const FairView = later(async () => (await import("./fair.tsx")).FairView);
const HiringView = later(async () => (await import("./hiring.tsx")).HiringView);
const ReceiptView = later(async () => (await import("./receipt.tsx")).ReceiptView);
const ReceiptsView = later(async () => (await import("./receipts.tsx")).ReceiptsView);

export function Verifier({ ports, route, language: first }: { ports: Ports; route: Route; language: Language }): VNode {
  const page = usePage(ports, route, first);
  const { language, view } = page;
  const place = useMemo(() => ({ page: "verifier", language }) as const, [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = text(language, "app.title.verifier");
  }, [language]);
  useLayoutEffect(() => { document.body.className = view === "camera" || view === "verdict" ? view : ""; }, [view]);
  useEffect(() => {
    if (view !== "verdict") ports.voice?.hush(); // what was said of a person is not said on after her
  }, [view]);
  return (
    <PlaceContext.Provider value={place}>
      <EasyRoom on={page.choices.easy} voice={ports.voice}>
        <Heard parts={page.checking.parts} />
        <Standing page={page} />
      </EasyRoom>
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
            open: ports.openCamera, collector: ports.collector, read: (texts) => page.checking.texts(texts, "camera"), fault: page.cameraFailed,
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
    case "fair":
      return (
        <FairView
          state={{ fair: page.fair, fault: page.fault, photos: <OfPhotos checking={page.checking} />, sound: choices.sound }}
          actions={{
            open: ports.openCamera, collector: ports.collector, read: (texts) => page.checking.texts(texts, "camera"), fault: page.cameraFailed,
            back: () => go("start"), photos: page.photos, sound: (sound) => page.choose({ sound }), save: (name, list) => ports.save(name, "text/csv;charset=utf-8", list),
            print: ports.print,
          }}
        />
      );
    case "passing":
      return <ListView bundle={bundle} fault={page.fault} ports={ports} actions={{ back: () => go("start"), camera: () => go("camera") }} />;
    case "receipt":
      return <OfReceipt page={page} />;
    case "receipts":
      return <OfReceipts page={page} />;
    case "hiring":
      return (
        <HiringView
          state={{ law: ports.law, report: page.checked?.judged.report ?? null }}
          actions={{ back: page.over, save: ports.save, print: ports.print, series: () => hex(ports.random(16)), now: ports.now }}
        />
      );
    case "about":
      return (
        <AboutView
          state={{ list: bundle.list ?? null, page: ports.pageVersion, choices, voice: ports.voice !== null, languages: ports.languages }}
          actions={{ back: () => go("start"), language: page.speakIn, choose: page.choose, erase: page.erase, receipts: () => go("receipts") }}
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
        ...bundle, now: new Date(ports.now()).toISOString(), fault: page.fault, photos: <OfPhotos checking={checking} />, typing: page.typing,
        cleared: fair.cleared === null ? null : <ClearedNote count={fair.cleared.length} undo={back} />, reading: checking.reading, moved: page.moved, update: page.update, languages: ports.languages,
      }}
      actions={{
        camera: () => go("camera"), photos: page.photos, text: page.text, refresh: bundle.refresh, language: page.speakIn, ask: () => go("asking"), fair: () => go("fair"), passing: () => go("passing"), hiring: () => go("hiring"),
        about: () => go("about"), loadUpdate: page.loadUpdate, easy: () => page.choose({ easy: !page.choices.easy }),
      }}
    />
  );
}

function Question({ page }: { page: Page }): VNode | null {
  const { asking: { open, profile }, checking, choices, go } = page;
  if (open === null || profile === null) return null;
  return (
    <QuestionView
      state={{ open, fault: page.fault, photos: <OfPhotos checking={checking} />, typing: page.typing }} now={page.ports.now}
      actions={{ back: () => go("start"), camera: () => go("camera"), again: () => page.asking.ask(profile, choices.name), photos: page.photos, text: page.text }}
    />
  );
}

/** What is due when somebody is hired is asked of a pass that holds. */
const GOOD: ReadonlySet<string> = new Set(["valid", "valid_as_of"]);

/** After an answer the next person gets a question of their own; a late one may be answered again while the question waits. */
function Verdict({ page }: { page: Page }): VNode | null {
  const { asking: { open, profile }, bundle, checked, choices, go, language } = page;
  const judged = useMemo(() => (checked === null ? null : inLanguage(checked.judged, language)), [checked, language]);
  if (checked === null || judged === null) return null;
  const ask = (): void => (profile === null ? go("asking") : page.ask(profile, choices.name));
  return (
    <VerdictView
      judged={judged} foreign={checked.foreign} many={page.many}
      actions={{
        back: () => go("start"), ask, camera: () => go("camera"),
        another: () => (profile !== null ? ask() : go(checked.way === "camera" ? "camera" : "start")),
        again: open === null ? null : () => go(checked.way === "camera" ? "camera" : "question"),
        refresh: () => {
          go("start");
          bundle.refresh();
        },
        receipt: judged.report.passes.length === 0 ? null : () => go("receipt"),
        hiring: GOOD.has(judged.report.verdict) && (profile === "hiring" || judged.report.passes.some((pass) => pass.type === "PermitPass")) ? () => go("hiring") : null,
      }}
    />
  );
}

function OfReceipt({ page: { checked, go, language, over, ports } }: { page: Page }): VNode | null {
  if (checked === null) return null;
  const { report, labels } = checked.judged;
  const save = async (note: string | null): Promise<boolean> => {
    const made = await (await ports.receipts()).makeReceipt(report, note);
    if (made !== null) ports.save(text(language, "receipt.file", { date: dayOf(Date.parse(report.judgedAt)) }), "application/json", made);
    return made !== null;
  };
  const device = async (): Promise<string> => (await ports.receipts()).device();
  return <ReceiptView report={report} labels={labels[language] ?? null} actions={{ back: over, device, save, check: () => go("receipts") }} />;
}

function OfReceipts({ page: { checked, go, language, ports } }: { page: Page }): VNode {
  const [labels, setLabels] = useState<Labels | null>(null);
  useEffect(() => void ports.labels(language).then(setLabels), [language]);
  const check = async (file: Blob): Promise<CheckedReceipt | null> => (await ports.receipts()).checkReceipt(file);
  return <ReceiptsView labels={labels} actions={{ back: () => go(checked === null ? "about" : "receipt"), check }} />;
}
