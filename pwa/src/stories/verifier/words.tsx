/** The language of the page, handed to every view. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "../../words/report.ts";
import { text, type Key, type Values } from "../../words/text.ts";

export const LanguageContext = createContext<Language>("es");

export interface Words {
  readonly language: Language;
  readonly say: (key: Key, values?: Values) => string;
}

/** The words of the language in use. */
export function useWords(): Words {
  const language = useContext(LanguageContext);
  return { language, say: (key, values) => text(language, key, values) };
}
