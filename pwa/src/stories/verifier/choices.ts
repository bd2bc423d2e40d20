/** What the person chose on this device: short name, sound, vibration, reading aloud. All off, and nothing kept, until asked. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Ports } from "./ports.ts";

export interface Choices {
  /** Who asks, as it was typed, or empty; a question carries its `shortName`. */
  readonly name: string;
  readonly sound: boolean;
  readonly vibration: boolean;
  readonly voice: boolean;
  /** Large drawings, few words, and a way to hear each view. */
  readonly easy: boolean;
}
export const CALM: Choices = { name: "", sound: false, vibration: false, voice: false, easy: false };
export const NAME_LENGTH = 24;
const KEPT = "choices";

/** What the holder sees of it: 1-24 of `A-Z0-9 -`, the letters that a question may carry (FORMAT section 9), or empty. */
export function shortName(typed: string): string {
  const short = typed.normalize("NFD").toUpperCase().replace(/[^A-Z0-9 -]/g, "").replace(/ {2,}/g, " ").slice(0, NAME_LENGTH).trim();
  return /[A-Z0-9]/.test(short) ? short : "";
}

/** What a store gave back, read anew: a part that has another form is as if it was never chosen. */
export function readChoices(found: unknown): Choices {
  if (typeof found !== "object" || found === null) return CALM;
  const { name, ...rest } = found as Partial<Record<keyof Choices, unknown>>;
  const on = (part: "sound" | "vibration" | "voice" | "easy"): boolean => rest[part] === true;
  return { name: typeof name === "string" ? name.slice(0, NAME_LENGTH) : "", sound: on("sound"), vibration: on("vibration"), voice: on("voice"), easy: on("easy") };
}

/** The choices, how to change some of them, and how to forget them with the language; a device that keeps nothing has them until the page is closed. */
export function useChoices(ports: Ports): readonly [Choices, (changed: Partial<Choices>) => void, forget: () => Promise<void>] {
  const [choices, setChoices] = useState(CALM);
  const latest = useRef(CALM); // two changes may come before the page is drawn again
  const take = (next: Choices): void => {
    latest.current = next;
    setChoices(next);
  };
  const change = (changed: Partial<Choices>): void => {
    take({ ...latest.current, ...changed });
    void ports.keep({ [KEPT]: latest.current }).catch(() => undefined);
  };
  const forget = (): Promise<void> => {
    take(CALM);
    return ports.keep({ [KEPT]: undefined, language: undefined });
  };
  useEffect(() => {
    void ports.kept(KEPT).then((found) => take(readChoices(found)), () => undefined);
  }, [ports]);
  return [choices, change, forget];
}
