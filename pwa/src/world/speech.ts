/** The phone's own voice, only for what the person asks to hear. A voice that sends the words to be spoken elsewhere is none. */
import type { Voice } from "../kit/ports.ts";
import { text } from "../words/text.ts";

/** Some browsers name their voices a moment after they are first asked. */
const NAMING_MS = 2000;

/** What of the browser's speech is used. */
export type Speech = Pick<SpeechSynthesis, "getVoices" | "speak" | "cancel" | "addEventListener" | "removeEventListener">;

/** Null on a device without any speech. Words end with the page that is looked at. */
export function speaker(speech: Speech | undefined = globalThis.speechSynthesis, page: Document = document): Voice | null {
  if (speech === undefined) return null;
  let turn = 0;
  const hush = (): void => {
    turn += 1;
    speech.cancel();
  };
  speech.getVoices(); // asked for now, named by the time that somebody listens
  page.addEventListener("visibilitychange", () => void (page.hidden && hush()));
  return {
    hush,
    say: async (said, language) => {
      hush();
      const mine = turn;
      if (speech.getVoices().length === 0) await named(speech);
      const voice = ownVoice(speech.getVoices(), language);
      if (voice === null) return false;
      if (mine !== turn) return true; // another word was asked for, or none
      const words = new SpeechSynthesisUtterance(said);
      words.voice = voice;
      words.lang = voice.lang;
      speech.speak(words);
      return true;
    },
  };
}

/** Of the voices on this device that speak the language, the one of the country, else the first. */
function ownVoice(voices: readonly SpeechSynthesisVoice[], language: string): SpeechSynthesisVoice | null {
  const wanted = text(language, "language.voice").toLowerCase();
  const tagOf = ({ lang }: SpeechSynthesisVoice): string => lang.toLowerCase().replaceAll("_", "-");
  const own = voices.filter((voice) => voice.localService && tagOf(voice).split("-")[0] === language);
  return own.find((voice) => tagOf(voice) === wanted) ?? own[0] ?? null;
}

function named(speech: Speech): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      speech.removeEventListener("voiceschanged", end);
      done();
    };
    const timer = setTimeout(end, NAMING_MS);
    speech.addEventListener("voiceschanged", end);
  });
}
