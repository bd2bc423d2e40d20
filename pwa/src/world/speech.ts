/** The phone's own voice, only for what the person asks to hear. */

const VOICES: Readonly<Record<string, string>> = { es: "es-CO", en: "en-GB" };

/** A function that says a text, the former one cut short; null on a device without a voice. */
export function speaker(): ((text: string, language: string) => void) | null {
  const { speechSynthesis } = globalThis;
  if (speechSynthesis === undefined) return null;
  return (text, language) => {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = VOICES[language] ?? language;
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  };
}
