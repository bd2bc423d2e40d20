/** Before anyone is open: nine drawings, always all, and the way in for who comes first. Draws only. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { UpdateNote } from "../../kit/bar.tsx";
import { Glyph } from "../../kit/icons.tsx";
import type { PageUpdate } from "../../kit/ports.ts";
import { useWords } from "../../kit/words.tsx";
import { dayTime } from "../../words/text.ts";
import { Head } from "./head.tsx";
import { Symbols } from "./symbols.tsx";
import { useWalk } from "./walk.tsx";
import { WayOn } from "./wayon.tsx";

export function PeopleView(): VNode {
  const { ports, go, easy, setEasy } = useWalk();
  const { language, say } = useWords();
  const [waits, setWaits] = useState<string | null>(null);
  const [lost, setLost] = useState(false);
  const [update, setUpdate] = useState<PageUpdate>("none");
  useEffect(() => {
    void ports.pocket.lost().then(setLost, () => undefined);
    void ports.pocket.waits().then((wait) => setWaits(wait?.opensAt ?? null));
    ports.onUpdate(setUpdate);
  }, [ports]);
  const left = ports.pocket.left();
  return (
    <main class="page" id="main">
      <Head by="drawing" title={say("people.title")} />
      <UpdateNote update={update} load={ports.loadUpdate} />
      {lost && <div class="note" role="alert"><p><b>{say("people.lost")}</b></p><p>{say("people.lost_do")}</p></div>}
      <Symbols choose={(symbol) => go("pin", symbol)} />
      {left !== null && <p role="status">{say(`people.${left}`)}</p>}
      <div class="taps">
        <WayOn picture="drawing" glyph="plus" word={say("people.first")} go={() => go("first", null)} />
        <WayOn picture="sheet" word={say("recover.title")} go={() => go("recover", null)} />
        <button class="tap" type="button" onClick={() => setEasy(!easy)}><Glyph name="seen" />{say(easy ? "settings.lists" : "settings.pictures")}</button>
      </div>
      {waits !== null && <div class="note"><p>{say("people.waits", { when: dayTime(language, waits) })}</p></div>}
      <p class="small quiet">{say("people.keeps")}</p>
    </main>
  );
}
