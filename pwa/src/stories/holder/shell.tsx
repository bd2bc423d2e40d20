/** The wallet's page as a whole: which view stands, the steps to it, and what happens when the pocket locks: every step is gone. */
import type { VNode } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { answering, Standing as ViewStanding } from "../../kit/standing.ts";
import { toHeading } from "../../kit/told.ts";
import { PlaceContext } from "../../kit/words.tsx";
import type { Language } from "../../words/report.ts";
import { text } from "../../words/text.ts";
import { Framed } from "./frame.tsx";
import type { HolderPorts, Opened } from "./ports.ts";
import { type Step, stepTo } from "./views.tsx";
import { type Walk, WalkContext } from "./walk.tsx";

/** The browser's history as the page uses it: a number for each step, no address and no name. */
export interface Trail {
  readonly at: () => number;
  readonly go: (step: number) => void;
  readonly swap: (step: number) => void;
  readonly back: () => void;
  /** Gives back how to stop listening. */
  readonly onMove: (moved: () => void) => () => void;
}

/** By number; a hole is a step that is not gone back to. */
type Steps = readonly (Step | null)[];
const OUTSIDE = stepTo("people", null);
const INSIDE = stepTo("home", null);
/** Views from before the PIN that somebody stands on while her wallet opens. */
const ENTERING: ReadonlySet<string> = new Set(["first", "forgot", "recover"]);

interface Standing {
  readonly opened: Opened | null;
  readonly at: number;
  readonly steps: Steps;
}

export function Holder({ ports, trail, language: first, easy: firstEasy }: { ports: HolderPorts; trail: Trail; language: Language; easy: boolean }): VNode {
  const [language, setLanguage] = useState(first);
  const [easy, setEasy] = useState(firstEasy);
  const [{ opened, at, steps }, setStanding] = useState<Standing>({ opened: null, at: trail.at(), steps: [] });
  const place = useMemo(() => ({ page: "wallet", language }) as const, [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = text(language, "app.title.wallet");
  }, [language]);
  const [turns] = useState(() => new ViewStanding());
  useEffect(() => ports.pocket.onChange(() => {
    if (ports.pocket.opened() === null) turns.next(); // at once, not when it is drawn
    setStanding((before) => changed(before, ports.pocket.opened()));
  }), [ports]);
  useEffect(() => trail.onMove(() => {
    const moved = trail.at();
    setStanding((before) => ({ ...before, at: moved }));
  }), [trail]);
  useTouch(ports);

  const step = standing({ opened, at, steps });
  useMemo(() => turns.next(), [step]);
  const stands = turns.now;
  const answered = useMemo(() => ({ ...answering(ports, stands), pocket: answering(ports.pocket, stands) }), [ports, stands]);
  // Going back to before the PIN is leaving: whoever picks up the phone next finds it locked.
  useEffect(() => {
    if (!step.inside && !ENTERING.has(step.view) && (step.view !== "pin" || opened !== null)) ports.pocket.lock();
  }, [step]);
  useEffect(toHeading, [step]);
  useEffect(() => ports.voice?.hush(), [step]); // what was said of her is not said on after her

  const go = useCallback<Walk["go"]>((view, carried) => {
    const next = trail.at() + 1;
    trail.go(next);
    setStanding((before) => ({ ...before, at: next, steps: [...filled(before.steps, next), stepTo(view, carried)] }));
  }, [trail]);
  const leave = useCallback<Walk["leave"]>((view, carried) => {
    const here = trail.at();
    trail.swap(here);
    setStanding((before) => ({ ...before, at: here, steps: [...filled(before.steps, here), stepTo(view, carried)] }));
  }, [trail]);
  const walk: Walk = {
    ports: answered, opened, easy,
    go: (view, carried) => void (stands() && go(view, carried)),
    leave: (view, carried) => void (stands() && leave(view, carried)),
    back: () => void (stands() && trail.back()),
    setEasy: (next) => {
      setEasy(next);
      ports.keepEasy(next);
    },
    speakIn: (next) => void ports.speakIn(next).then(() => setLanguage(next)),
  };
  return (
    <PlaceContext.Provider value={place}>
      <WalkContext.Provider value={walk}>
        <Framed view={step.view} frame={step.frame}><step.draw /></Framed>
      </WalkContext.Provider>
    </PlaceContext.Provider>
  );
}

/** After locking, no step is left to stand on or to go back to. */
function changed(before: Standing, opened: Opened | null): Standing {
  return opened === null && before.opened !== null ? { opened, at: before.at, steps: [] } : { ...before, opened };
}

function standing({ opened, at, steps }: Standing): Step {
  const step = steps[at] ?? (opened === null ? OUTSIDE : INSIDE);
  return step.inside && opened === null ? OUTSIDE : step;
}

function filled(steps: Steps, length: number): Steps {
  return Array.from({ length }, (_, place) => steps[place] ?? null);
}

/** Any act on the page says that the person is here. */
function useTouch(ports: HolderPorts): void {
  useEffect(() => {
    const touch = (): void => ports.pocket.touch();
    const acts = ["pointerdown", "keydown", "scroll"] as const;
    for (const act of acts) document.addEventListener(act, touch, { passive: true, capture: true });
    return () => {
      for (const act of acts) document.removeEventListener(act, touch, { capture: true });
    };
  }, [ports]);
}
