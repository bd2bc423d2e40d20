/** The phone's own voice, only for what the person asks to hear. */
import { text } from "../words/text.ts";

/** A function that says a text, the former one cut short; null on a device without a voice. */
export function speaker(): ((said: string, language: string) => void) | null {
  const { speechSynthesis } = globalThis;
  if (speechSynthesis === undefined) return null;
  return (said, language) => {
    const words = new SpeechSynthesisUtterance(said);
    words.lang = text(language, "language.voice");
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  };
}
