/** The page that a view stands on and its language, handed to every view. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageName } from "./ports.ts";
import type { Language } from "../words/report.ts";
import { text, type Key, type Values } from "../words/text.ts";

export interface Place {
  readonly page: PageName;
  readonly language: Language;
}
export const PlaceContext = createContext<Place>({ page: "verifier", language: "es" });

export interface Words extends Place {
  readonly say: (key: Key, values?: Values) => string;
}

/** The words of the language in use. */
export function useWords(): Words {
  const place = useContext(PlaceContext);
  return { ...place, say: (key, values) => text(place.language, key, values) };
}
