/** The languages that were built in, each a file of its own beside Spanish; the one that this device last chose. */
import type { Language } from "../words/report.ts";
import { learn } from "../words/text.ts";
import type { Store } from "./store.ts";

const FILES = import.meta.glob<{ readonly default: Readonly<Record<string, string>> }>(["../words/languages/*.json", "!../words/languages/es.json"]);
const NAME = /([^/]+)\.json$/;
const FIRST: Language = "es";

export interface Languages {
  readonly codes: readonly Language[];
  /** The language to begin with: what was kept, else Spanish. */
  readonly first: () => Promise<Language>;
  /** Learns a language and remembers that it was chosen. Rejects when its file cannot be had. */
  readonly speakIn: (language: Language) => Promise<void>;
}

export function languagesOf(store: Store): Languages {
  const files = new Map(Object.entries(FILES).map(([path, load]) => [NAME.exec(path)?.[1] ?? path, load]));
  const codes = [FIRST, ...[...files.keys()].sort()];
  const bring = async (language: Language): Promise<void> => {
    const load = files.get(language);
    if (load !== undefined) learn(language, (await load()).default);
  };
  return {
    codes,
    first: async () => {
      const kept = await store.get("language").catch(() => undefined);
      const language = codes.find((code) => code === kept) ?? FIRST;
      return bring(language).then(() => language, () => FIRST);
    },
    speakIn: async (language) => {
      await bring(language);
      await store.put({ language }).catch(() => undefined); // a device that keeps nothing speaks it all the same
    },
  };
}
