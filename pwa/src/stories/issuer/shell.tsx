/** The console as a whole: who is signed in, which view stands, and what happens when the session ends. */
import type { VNode } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { PlaceContext } from "../../kit/words.tsx";
import type { Language } from "../../words/report.ts";
import { text } from "../../words/text.ts";
import { Ending } from "./entry/ending.tsx";
import { Outside } from "./entry/outside.tsx";
import { Framed } from "./frame.tsx";
import type { CounterPorts, Spot } from "./ports.ts";
import { Standing } from "./standing.tsx";
import { sectionsOf, standing } from "./views.ts";
import { useWaits } from "./waits.ts";
import { type Walk, WalkContext } from "./walk.tsx";
import type { Me } from "./wire.ts";

export function Counter({ ports, language: first, me: firstMe }: { ports: CounterPorts; language: Language; me: Me | null }): VNode {
  const [language, setLanguage] = useState(first);
  const [me, setMe] = useState(firstMe);
  const [ended, setEnded] = useState(false);
  const place = useMemo(() => ({ page: "issuer", language }) as const, [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = text(language, "app.title.issuer");
  }, [language]);
  useEffect(() => ports.entry.onEnded(() => {
    setEnded(true);
    setMe(null);
  }), [ports]);
  const speakIn = useCallback((next: Language) => void ports.speakIn(next).then(() => setLanguage(next)), [ports]);
  const enter = (next: Me): void => {
    setEnded(false);
    setMe(next);
  };
  const leave = (): void => {
    const left = (): void => {
      setEnded(false);
      setMe(null);
    };
    void ports.entry.leave().then(left, left);
  };
  return (
    <PlaceContext.Provider value={place}>
      {me === null ? <Outside ports={ports} ended={ended} enter={enter} speakIn={speakIn} /> : <Inside ports={ports} me={me} setMe={setMe} speakIn={speakIn} leave={leave} />}
    </PlaceContext.Provider>
  );
}

interface InsideParts {
  readonly ports: CounterPorts;
  readonly me: Me;
  readonly setMe: (me: Me) => void;
  readonly speakIn: (language: string) => void;
  readonly leave: () => void;
}

function Inside({ ports, me, setMe, speakIn, leave }: InsideParts): VNode {
  const { trail } = ports;
  const [spot, setSpot] = useState<Spot>(trail.at);
  const [turn, setTurn] = useState(0); // the same section again is a wish for its news
  const holders = useRef<Walk["holders"]>(new Map());
  useEffect(() => trail.onMove(() => setSpot(trail.at())), [trail]);
  const go = useCallback<Walk["go"]>((view, id = "") => {
    trail.go({ view, id });
    setSpot({ view, id });
    setTurn((before) => before + 1);
  }, [trail]);
  useEffect(() => {
    scrollTo(0, 0);
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [spot]);
  const { waits, recount } = useWaits(ports, me, turn);
  const walk = useMemo<Walk>(() => ({ ports, me, setMe, go, holders: holders.current, waits, recount }), [ports, me, setMe, go, waits, recount]);
  const sections = sectionsOf(me);
  const view = standing(spot, sections) ?? sections[0] ?? "sessions"; // else the first that she has
  return (
    <WalkContext.Provider value={walk}>
      <Framed view={view} speakIn={speakIn} leave={leave}><Standing view={view} id={spot.id} key={`${view} ${spot.id} ${turn}`} /></Framed>
      <Ending me={me} leave={leave} />
    </WalkContext.Provider>
  );
}
