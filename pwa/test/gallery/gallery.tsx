/** The pages' views, one an address: `#valid/es`. Built for tests only; the shipped pages have no such way in. */
import { render } from "preact";
import "../../src/styles/tokens.css";
import "../../src/styles/ui.css";
import "../../src/styles/page.css";
import { EasyRoom } from "../../src/kit/easy.tsx";
import { PlaceContext } from "../../src/kit/words.tsx";
import type { Language } from "../../src/words/report.ts";
import { learn } from "../../src/words/text.ts";
import en from "../../src/words/languages/en.json";
import { VOICE } from "./voice.ts";
import { view } from "./verifier.tsx";

function show(): void {
  const [name = "start", wanted] = location.hash.slice(1).split("/");
  const language: Language = wanted === "en" ? "en" : "es";
  const easy = name.startsWith("easy-");
  const { drawn, body } = view(name.replace("easy-", ""), language);
  document.documentElement.lang = language;
  document.body.className = body;
  const root = document.getElementById("app");
  if (root !== null) render(<PlaceContext.Provider value={{ page: "verifier", language }} key={location.hash}><EasyRoom on={easy} voice={VOICE}>{drawn}</EasyRoom></PlaceContext.Provider>, root);
}
learn("en", en);
addEventListener("hashchange", show);
show();
