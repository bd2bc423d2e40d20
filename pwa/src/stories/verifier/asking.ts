/** The open question (TRUST section 9): letters that a holder answers, once, within two minutes. In memory alone. */
import { useState } from "preact/hooks";
import { makeQuestion, questionText, type Profile, type Question } from "../../kernel/question.ts";
import type { Session } from "../../kernel/verify/ground.ts";
import type { Report } from "../../words/report.ts";
import { shortName } from "./choices.ts";
import type { Ports } from "./ports.ts";

/** TRUST V24. */
export const QUESTION_MS = 120_000;

export interface OpenQuestion {
  readonly question: Question;
  /** What the QR says. */
  readonly text: string;
  readonly issuedAt: number;
}

export interface Asking {
  /** The profile last asked for, also after its question was answered; null when this is no interview with a question. */
  readonly profile: Profile | null;
  readonly open: OpenQuestion | null;
  readonly ask: (profile: Profile, name: string) => void;
  /** What an answer is judged by now: null when no question is open. */
  readonly session: () => Session | null;
  /** A question that was answered is used up. */
  readonly answered: (report: Report) => void;
  readonly drop: () => void;
}

export function useAsking(ports: Pick<Ports, "now" | "random">): Asking {
  const [profile, setProfile] = useState<Profile | null>(null);
  const [open, setOpen] = useState<OpenQuestion | null>(null);
  return {
    profile,
    open,
    ask: (wanted, name) => {
      const question = makeQuestion(wanted, shortName(name), ports.random);
      setProfile(wanted);
      setOpen({ question, text: questionText(question), issuedAt: ports.now() });
    },
    session: () => (open === null ? null : { challenge: open.question.challenge, domain: open.question.domain, issuedAt: open.issuedAt }),
    answered: (report) => {
      if (report.level === "live_challenge") setOpen(null);
    },
    drop: () => {
      setProfile(null);
      setOpen(null);
    },
  };
}

/** Whole seconds that a question still waits. */
export function secondsLeft(open: OpenQuestion, now: number): number {
  return Math.max(0, Math.ceil((open.issuedAt + QUESTION_MS - now) / 1000));
}

/** "7KQ4 M2XW": in two halves, to be read out. */
export function inHalves(letters: string): string {
  return `${letters.slice(0, 4)} ${letters.slice(4)}`;
}
