/** The verifier's page begins here: the world is made once and handed to the views. */
import { render } from "preact";
import "../styles/tokens.css";
import "../styles/ui.css";
import "../styles/page.css";
import { chooseEquation, strictEd25519 } from "../kernel/ed25519.ts";
import type { Ports } from "../stories/verifier/ports.ts";
import { Verifier } from "../stories/verifier/shell.tsx";
import type { Language } from "../words/report.ts";
import { LANGUAGES } from "../words/text.ts";
import { openCamera } from "./camera.ts";
import { collector, Desk } from "./desk.ts";
import { OfflinePage } from "./offline.ts";
import { scriptAddresses } from "./policy.ts";
import { Reader } from "./reader.ts";
import readerAddress from "./reader.worker.ts?worker&url";
import { browserRoute } from "./routes.ts";
import { speaker } from "./speech.ts";
import { Store } from "./store.ts";

const SERVICE_WORKER = "/verifier/sw.js";

const address = scriptAddresses([SERVICE_WORKER, readerAddress]);
const store = new Store(indexedDB);
const desk = new Desk(store, chooseEquation(globalThis.crypto?.subtle ?? null).then(strictEd25519));
const reader = new Reader(() => new Worker(address(readerAddress), { type: "module" }));
const offline = new OfflinePage();

const ports: Ports = {
  judge: (texts) => desk.judge(texts),
  readPicture: (picture) => reader.photo(picture),
  openCamera: (video, events) => openCamera(reader, video, events),
  collector,
  list: () => desk.list(),
  refresh: () => desk.refresh(),
  onList: (changed) => desk.onList(changed),
  speak: speaker(),
  keepLanguage: (language) => void store.put({ language }).catch(() => undefined),
  onUpdate: (changed) => offline.onUpdate(changed),
  loadUpdate: () => offline.load(),
  pageVersion: () => offline.version(),
};

async function keptLanguage(): Promise<Language> {
  const kept = await store.get("language").catch(() => undefined);
  return LANGUAGES.find((language) => language === kept) ?? "es";
}

async function begin(): Promise<void> {
  const root = document.getElementById("app");
  if (root === null) throw new Error("the page has no place for the views");
  render(<Verifier ports={ports} route={browserRoute()} language={await keptLanguage()} />, root);
  addEventListener("online", () => void desk.refresh());
  void desk.list().then(() => desk.refresh());
  await offline.register(address(SERVICE_WORKER)).catch(() => undefined); // a browser that refuses it still has the page
}

void begin();
