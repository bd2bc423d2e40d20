/**
 * Showing, from what for to the code itself: choose, question, offer, preview, PIN, code. The steps and their order live here;
 * what may be shown is the kernel's to say, and signing the pocket's.
 */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { type Profile, type Question, readQuestion } from "../../../kernel/question.ts";
import { Refused } from "../../../kernel/refused.ts";
import type { Drawn, Held, HolderPorts, Manner, ShowFault, Unsaved } from "../ports.ts";
import { useWrongClock } from "../clock.tsx";
import { certificatesOf, copiesOf, fullest } from "../card.ts";
import { Scan } from "../scan.tsx";
import { type CardsActions, CardsView } from "./cards.tsx";
import { ChooseView, OfferView } from "./choose.tsx";
import { LiveView } from "./live.tsx";
import { answerEnds } from "./standing.ts";
import { OverAskingView } from "./overasking.tsx";
import { PreviewView } from "./preview.tsx";
import { QuestionView, UNTYPED } from "./question.tsx";

export type ShowStep = "choose" | "question" | "camera" | "offer" | "over" | "cards" | "preview" | "pin" | "code";

interface Wanted {
  readonly profile: Profile;
  readonly question: Question | null;
  /** What was scanned or typed, for the pocket to answer. */
  readonly request: string | null;
  /** When the question was read here; an answer is counted from then. */
  readonly readAt: number;
}
interface Over {
  readonly to: string | null;
  readonly unnoted: Unsaved | null;
}
type Made = Drawn & { readonly unnoted: Unsaved | null };

export interface ShowParts {
  readonly ports: HolderPorts;
  /** The one pass that was chosen before; null where all may be shown. */
  readonly only: string | null;
  /** Draws the PIN's view; `right` once it was the right one. */
  readonly pin: (right: () => void, back: () => void) => VNode;
  readonly home: () => void;
  /** On to what can be done where nothing can be shown live. */
  readonly otherwise: CardsActions;
  readonly now: () => number;
  readonly stayAwake: () => () => void;
}

export function ShowFlow({ ports, only, pin, home, otherwise, now, stayAwake }: ShowParts): VNode | null {
  const { say } = useWords();
  const { pocket } = ports;
  const wrongClock = useWrongClock(ports);
  const [step, setStep] = useState<ShowStep>(pocket.opened()?.passes.length === 0 ? "cards" : "choose");
  const [wanted, setWanted] = useState<Wanted>({ profile: "interview", question: null, request: null, readAt: 0 });
  const [names, setNames] = useState<readonly string[]>([]);
  const [drawn, setDrawn] = useState<Made | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [typed, setTyped] = useState(UNTYPED);
  const [over, setOver] = useState<Over>({ to: null, unnoted: null });
  const manner: Manner = wanted.question === null ? "live" : "answer";
  const offered = fittest(pocket.offered(wanted.profile, manner), wanted.profile);

  const preview = (next: Wanted): void => {
    const found = fittest(pocket.offered(next.profile, next.question === null ? "live" : "answer"), next.profile);
    const chosen = found.filter((held) => only === null || copiesOf(held, pocket.opened()?.passes ?? []).some(({ name }) => name === only));
    setWanted(next);
    setNames((chosen.length === 0 ? found : chosen).map((held) => held.name));
    setFault(null);
    setStep(found.length === 0 ? "cards" : "preview");
  };
  /** True when the text was a question, whatever came of it. */
  const ask = (text: string, chosen: Profile | null): boolean => {
    try {
      const question = readQuestion(text, chosen);
      setTyped(UNTYPED); // the next one's letters are others
      const asked: Wanted = { profile: question.profile, question, request: text, readAt: now() };
      if (asked.profile !== "hiring") preview(asked);
      else {
        setWanted(asked);
        setStep("offer");
      }
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code !== "over_asking") return false;
      const to = domainOf(text);
      setOver({ to, unnoted: null });
      void pocket.noteRefused(to).then((outcome) => outcome !== "saved" && setOver({ to, unnoted: outcome }));
      setStep("over");
      return true;
    }
  };
  const make = async (note: boolean): Promise<Made | null> => {
    const made = await pocket.present({ manner, profile: wanted.profile, names, request: wanted.request }, note);
    if (!("fault" in made)) return made;
    setFault(say(`show.fault.${made.fault satisfies ShowFault}`));
    setStep(made.fault === "over_asking" ? "over" : "choose");
    return null;
  };
  const ends = wanted.question === null ? null : answerEnds(wanted.readAt);
  const show = (): void => (ends !== null && now() >= ends ? tooLate() : void make(true).then((made) => {
    if (made === null) return;
    setDrawn(made);
    setStep("code");
  }));
  const tooLate = (): void => {
    setFault(say("question.late"));
    setStep("question");
  };

  switch (step) {
    case "choose":
      return (
        <>
          {fault !== null && <div class="page"><div class="note" role="alert"><p>{fault}</p></div></div>}
          <ChooseView actions={{ interview: () => preview(plain("interview")), hiring: () => preview(plain("hiring")), enterprise: () => preview(plain("enterprise")), question: () => { setFault(null); setStep("question"); } }} />
        </>
      );
    case "question":
      return <QuestionView fault={fault} typed={typed} actions={{ camera: () => setStep("camera"), type: setTyped, ask }} />;
    case "camera":
      return (
        <Scan
          ports={ports}
          read={(text) => { if (!ask(text, null)) { setFault(say("question.none")); setStep("question"); } }}
          left="question" ended={(why) => { setFault(why === null ? null : say(why)); setStep("question"); }}
        />
      );
    case "offer":
      return (
        <OfferView
          to={wanted.question?.domain ?? null} yes={() => preview(wanted)}
          no={() => { setFault(say("show.offer_first")); setStep("choose"); }}
        />
      );
    case "over":
      return <OverAskingView {...over} allowed={() => preview(plain("interview"))} nothing={home} />;
    case "cards":
      return <CardsView profile={wanted.profile} cards={cardsOf(pocket, wanted.profile)} passes={pocket.opened()?.passes ?? []} vault={pocket.opened()?.vault ?? false} actions={otherwise} back={() => setStep("choose")} />;
    case "preview":
      return (
        <PreviewView
          state={{ profile: wanted.profile, manner, offered, chosen: names, to: wanted.question?.domain ?? null }}
          actions={{
            choose: (name, chosen) => setNames((before) => offered.map((held) => held.name).filter((each) => (each === name ? chosen : before.includes(each)))),
            confirm: () => setStep("pin"),
            nothing: home,
          }}
        />
      );
    case "pin":
      return pin(show, () => setStep("preview"));
    case "code":
      return drawn === null ? null : (
        <LiveView
          manner={manner} wrongClock={wrongClock} first={drawn} unnoted={drawn.unnoted} ends={ends} renew={() => make(false)} now={now} stayAwake={stayAwake} here={pocket.touch} ended={home}
          letters={() => { setFault(null); setStep("question"); }}
        />
      );
  }
}

/** Of each certificate the one copy that fits: what hiring asks is in the fuller one, else the one that says least. */
function fittest(found: readonly Held[], profile: Profile): readonly Held[] {
  return certificatesOf(found).map((copies) => (profile === "hiring" ? fullest(copies) : copies[0]));
}

/**
 * The cards that say no more than the profile; where each says more, those that may be printed at all: a card is seen whole, and
 * she is told so. None where she has passes to show live: what is wanting is one of this profile, and no card stands for that.
 */
function cardsOf({ offered, opened }: HolderPorts["pocket"], profile: Profile): readonly Held[] {
  const within = offered(profile, "static");
  if (within.length === 0 && opened()?.passes.some(({ bound }) => bound) === true) return [];
  return fittest(within.length > 0 ? within : offered("hiring", "static"), profile);
}

function plain(profile: Profile): Wanted {
  return { profile, question: null, request: null, readAt: 0 };
}

/** The short name in a request that goes too far, for the holder to read; it is text that they wrote. */
function domainOf(text: string): string | null {
  return /^VQ1-[A-Z][0-9A-Z]{8}\.([A-Z0-9 -]{1,24})$/.exec(text)?.[1] ?? null;
}
