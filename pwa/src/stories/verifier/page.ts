/** The verifier's page as a whole, before it is drawn: which view stands, and the steps from one to the next. Keeps nothing of what was read. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Profile } from "../../kernel/question.ts";
import type { CameraFault, JudgedHere, PageUpdate } from "../../kit/ports.ts";
import { aloud, read, type Judged } from "../../kit/reading.ts";
import { Standing } from "../../kit/standing.ts";
import type { Language } from "../../words/report.ts";
import { useAsking, type Asking } from "./asking.ts";
import { textsOf, useChecking, type Checked, type Checking, type CheckingNeeds } from "./checking.ts";
import { useChoices, type Choices } from "./choices.ts";
import { useFair, type Fair } from "./fairing.ts";
import { useScanner } from "./listening.ts";
import { useList, useUpdate, type ListState } from "./lists.ts";
import type { Ports } from "./ports.ts";
import { signalOf } from "./signals.ts";
import type { Typing } from "./textform.tsx";

export type ViewName = "start" | "camera" | "verdict" | "about" | "asking" | "question" | "fair" | "passing" | "receipt" | "receipts" | "hiring";

/** Views that stand over a result, which is gone with them. */
const KEEPS_RESULT: ReadonlySet<ViewName> = new Set(["verdict", "receipt", "receipts", "hiring"]);

/** What is kept of the person, as it is erased: the choices with the language, the fair's list, the key of receipts. */
const ERASED = ["choices", "fair", "key"] as const;
export type Erased = (typeof ERASED)[number];

/** Views that the text of a code is typed in, or left for and come back to. */
const KEEPS_TYPED: ReadonlySet<ViewName> = new Set(["start", "question", "camera"]);

/** Looks after which the page reminds of what they are for. */
const MANY = 40;

/** How the page moves in the browser's history: world/routes.ts gives it. */
export interface Route {
  readonly go: (view: ViewName) => void;
  readonly onBack: (arrived: (view: ViewName) => void) => void;
}

export interface Page {
  readonly ports: Ports;
  readonly language: Language;
  readonly view: ViewName;
  readonly go: (view: ViewName) => void;
  readonly bundle: ListState;
  readonly update: PageUpdate;
  readonly choices: Choices;
  readonly choose: (changed: Partial<Choices>) => void;
  readonly asking: Asking;
  readonly checking: Checking;
  readonly checked: Checked | null;
  /** How many people's certificates were looked at since the page was opened, once they are many (DOMAIN A18); else null. */
  readonly many: number | null;
  /** Whether one came here from another view. */
  readonly moved: boolean;
  readonly fair: Fair;
  readonly fault: CameraFault | null;
  /** Back from what stands over a result: to the result, else to the start. */
  readonly over: () => void;
  readonly speakIn: (language: Language) => void;
  /** A new question, which then stands before the holder. */
  readonly ask: (profile: Profile, name: string) => void;
  readonly photos: (files: readonly File[]) => void;
  readonly typing: Typing;
  readonly text: (value: string) => void;
  /** The newer page, in which what was typed stands again. */
  readonly loadUpdate: () => void;
  readonly cameraFailed: (fault: CameraFault) => void;
  /** Forgets all that the person chose and kept, and tells what may still be there; the list stays, without it nothing can be checked. */
  readonly erase: () => Promise<readonly Erased[]>;
  /** Where the camera was opened from: the question while one is open. */
  readonly origin: "start" | "question" | "passing";
}

export function usePage(ports: Ports, route: Route, first: Language): Page {
  const [language, setLanguage] = useState(first);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [typed, setTyped] = useState(ports.typed.take);
  const [fault, setFault] = useState<CameraFault | null>(null);
  const [choices, choose, forget] = useChoices(ports);
  const asking = useAsking(ports);
  const looks = useRef(0);
  const bundle = useList(ports);
  const atList = useRef(false);
  const [standing] = useState(() => new Standing());
  const [view, go] = useView(route, standing, { verdict: checked !== null, receipt: checked !== null, question: asking.open !== null });
  const origin = asking.open !== null ? "question" : atList.current ? "passing" : "start";
  const fair = useFair(ports);
  const receive: CheckingNeeds["receive"] = async ({ texts, way, foreign }, stands) => {
    const updated = await ports.takeUpdate(texts);
    bundle.bring(updated); // the list is the phone's, whatever stands
    if (!stands()) return;
    if (updated !== null) return view === "fair" ? undefined : go(origin === "passing" ? "passing" : "start");
    const judged = view === "fair" ? await fair.take(texts, stands) : await ports.judge(texts, asking.session());
    if (judged === null || !stands()) return;
    tell(judged, { ports, choices, language });
    if (view === "fair") return;
    asking.answered(judged.report);
    looks.current += 1;
    setChecked({ judged, way, foreign });
    go("verdict");
  };
  const checking = useChecking(ports, { standing, receive, resultStands: KEEPS_RESULT.has(view), unread: () => setFault("reader") });
  useScanner(checking.scanned);
  const before = useRef(view);
  const moved = useRef(false);
  useEffect(() => {
    if (!KEEPS_RESULT.has(view)) setChecked(null); // what was read is gone when its view is
    if (!KEEPS_TYPED.has(view)) setTyped("");
    if (view === "start") asking.drop();
    if (before.current === "fair" && view !== "fair") fair.leave();
    if (before.current !== view) moved.current = true;
    before.current = view;
    if (view !== "camera") atList.current = view === "passing";
    checking.calm();
  }, [view]);
  return {
    ports, language, view, go, bundle, update: useUpdate(ports), choices, choose, asking, checking, checked, fair, fault, origin,
    many: looks.current >= MANY ? looks.current : null, moved: moved.current,
    over: () => go(checked === null ? "start" : "verdict"),
    speakIn: (next) => void ports.speakIn(next).then(() => setLanguage(next)),
    ask: (profile, name) => {
      if (name !== choices.name) choose({ name });
      asking.ask(profile, name);
      go("question");
    },
    photos: (files) => {
      if (view !== "fair" && view !== origin) go(origin);
      void checking.photos(files);
    },
    typing: { value: typed, change: setTyped },
    loadUpdate: () => {
      ports.typed.leave(typed);
      ports.loadUpdate();
    },
    text: (value) => void checking.texts(textsOf(value), "text"),
    erase: () => leftOf({ choices: forget(), fair: fair.forget(), key: ports.receipts().then((receipts) => receipts.forget()) }),
    cameraFailed: (what) => {
      setFault(what);
      if (view !== "fair") go(origin);
    },
  };
}

/** What would not go: each is tried, whatever became of the others. */
async function leftOf(going: Readonly<Record<Erased, Promise<void>>>): Promise<readonly Erased[]> {
  const gone = await Promise.all(ERASED.map((part) => going[part].then(() => true, () => false)));
  return ERASED.filter((_, place) => !gone[place]);
}

/** The view that stands. The browser's way back leads to one that can stand without what is gone, else to the start. */
function useView(route: Route, standing: Standing, here: { readonly verdict: boolean; readonly receipt: boolean; readonly question: boolean }): readonly [ViewName, (view: ViewName) => void] {
  const [view, setView] = useState<ViewName>("start");
  const stands = useRef(here);
  stands.current = here;
  useEffect(() => route.onBack((arrived) => {
    const can: Readonly<Record<ViewName, boolean>> = { start: true, about: true, asking: true, fair: true, passing: true, receipts: true, hiring: true, camera: false, ...stands.current };
    standing.next();
    setView(can[arrived] ? arrived : "start");
  }), [route]);
  const go = useCallback((next: ViewName) => {
    standing.next();
    route.go(next);
    setView(next);
  }, [route]);
  return [view, go];
}

/** Sound, vibration and voice, as far as they were asked for. */
function tell(judged: JudgedHere, { ports, choices, language }: { ports: Ports; choices: Choices; language: Language }): void {
  ports.signal(signalOf(judged.report.verdict, choices));
  if (choices.voice) void ports.voice?.say(aloud(read(inLanguage(judged, language), language)), language);
}

/** With the bundle's words in the language of the page. */
export function inLanguage(judged: JudgedHere, language: Language): Judged {
  return { ...judged, labels: judged.labels[language] ?? null };
}
