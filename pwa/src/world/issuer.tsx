/** The issuer's console begins here: the world is made once and handed to the views. */
import { render } from "preact";
import "../styles/tokens.css";
import "../styles/console.css";
import "../styles/ui.css";
import "../styles/page.css";
import "../styles/desk.css";
import { Counter } from "../stories/issuer/shell.tsx";
import { Console } from "./counter/client.ts";
import { entryOf } from "./counter/entry.ts";
import { serverOf } from "./counter/server.ts";
import { browserTrail } from "./counter/trail.ts";
import { saveFile } from "./files.ts";
import { languagesOf } from "./languages.ts";
import { Store } from "./store.ts";

async function begin(): Promise<void> {
  const root = document.getElementById("app");
  if (root === null) throw new Error("the page has no place for the views");
  const languages = languagesOf(new Store("puente-issuer"));
  const language = await languages.first();
  document.documentElement.lang = language;
  const desk = new Console(location.origin);
  const entry = entryOf(desk);
  const ports = {
    entry, server: serverOf(desk), trail: browserTrail(), now: () => Date.now(), saveFile, languages: languages.codes, speakIn: languages.speakIn,
  };
  const me = await entry.me().catch(() => null);
  render(<Counter ports={ports} language={language} me={me} />, root);
}

void begin();
