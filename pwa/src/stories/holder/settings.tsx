/** Help, and what can be set: language, pictures, the vault, the sheet, the phrase, about the page. Draws only. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { AboutFacts } from "../../kit/about.tsx";
import { Rest } from "../../kit/easy.tsx";
import { Glyph } from "../../kit/icons.tsx";
import type { ListFacts } from "../../kit/ports.ts";
import { useWords } from "../../kit/words.tsx";
import { ownName } from "../../words/text.ts";
import { Head } from "./head.tsx";
import { useBehind, useOpened, useWalk } from "./walk.tsx";

export function SettingsView(): VNode {
  const { ports, easy, setEasy, speakIn, go } = useWalk();
  const behind = useBehind();
  const { vault, hasPassphrase } = useOpened();
  const { say, language } = useWords();
  const others = ports.languages.filter((code) => code !== language);
  return (
    <main class="page" id="main">
      <Head by="settings" title={say("settings.title")} />
      <ul class="sees">
        <li><Glyph name="same" />{say("add.free")}</li>
        <li><Glyph name="lock" />{say("settings.phone")}</li>
        <li><Glyph name="talk" />{say("pass.rights")}</li>
      </ul>
      <div class="taps">
        {others.map((code) => <button class="tap" type="button" key={code} lang={code} onClick={() => speakIn(code)}>{ownName(code)}</button>)}
        <button class="tap" type="button" onClick={() => setEasy(!easy)}><Glyph name="seen" />{say(easy ? "settings.lists" : "settings.pictures")}</button>
        <button class="tap" type="button" onClick={() => behind("sheet")}><Glyph name="print" />{say("sheet.title")}</button>
        <button class="tap" type="button" onClick={() => behind("backup")}><Glyph name="refresh" />{say("backup.title")}</button>
      </div>
      <Rest>
        <div class="taps">
          {!vault && <button class="tap" type="button" onClick={() => go("vault", { then: "settings", pass: "" })}><Glyph name="lock" />{say("home.vault")}</button>}
          <button class="tap" type="button" onClick={() => (vault ? go("phrase", "settings") : go("vault", { then: "phrase", pass: "" }))}><Glyph name="lock" />{say(hasPassphrase ? "settings.phrase_other" : "settings.phrase")}</button>
          <button class="tap hard" type="button" onClick={() => go("erase", null)}>{say("erase.title")}</button>
          <button class="tap" type="button" onClick={() => go("about", null)}>{say("start.about")}</button>
        </div>
      </Rest>
    </main>
  );
}

export function AboutPage(): VNode {
  const { ports, back } = useWalk();
  const { say } = useWords();
  const [list, setList] = useState<ListFacts | null>(null);
  useEffect(() => void ports.list().then(setList), [ports]);
  return (
    <main class="page" id="main">
      <h1>{say("about.title")}</h1>
      <AboutFacts list={list} page={ports.pageVersion} keeps={say("about.keeps_wallet")} />
      <button class="tap main" type="button" onClick={back}>{say("about.back")}</button>
    </main>
  );
}
