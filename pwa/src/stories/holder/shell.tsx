/** The wallet's page as a whole: which view stands, and the steps from one to the next. */
import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { LanguageTap, TopBar } from "../../kit/bar.tsx";
import type { DevicePorts } from "../../kit/ports.ts";
import { PlaceContext, useWords } from "../../kit/words.tsx";
import type { Language } from "../../words/report.ts";
import { text } from "../../words/text.ts";
import { Symbols } from "./symbols.tsx";

export function Holder({ ports, language: first }: { ports: DevicePorts; language: Language }): VNode {
  const [language, setLanguage] = useState(first);
  const place = useMemo(() => ({ page: "wallet", language }) as const, [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = text(language, "app.title.wallet");
  }, [language]);
  return (
    <PlaceContext.Provider value={place}>
      <PeopleView languages={ports.languages} speakIn={(next) => void ports.speakIn(next).then(() => setLanguage(next))} />
    </PlaceContext.Provider>
  );
}

function PeopleView({ languages, speakIn }: { languages: readonly string[]; speakIn: (language: string) => void }): VNode {
  const { say } = useWords();
  return (
    <>
      <TopBar><LanguageTap languages={languages} change={speakIn} /></TopBar>
      <main class="page" id="main">
        <h1>{say("people.title")}</h1>
        <Symbols choose={() => undefined} />
        <p class="small quiet">{say("people.keeps")}</p>
      </main>
    </>
  );
}
