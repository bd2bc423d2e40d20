/** The wallet's page begins here: the world is made once and handed to the views. */
import { render } from "preact";
import "../styles/tokens.css";
import "../styles/ui.css";
import "../styles/page.css";
import { chooseEquation, strictEd25519 } from "../kernel/ed25519.ts";
import { Holder } from "../stories/holder/shell.tsx";
import { deviceOf } from "./device.ts";
import { Desk } from "./desk.ts";
import { Store } from "./store.ts";

const store = new Store("puente-wallet");
const desk = new Desk(store, chooseEquation(globalThis.crypto?.subtle ?? null).then(strictEd25519));
const device = deviceOf("wallet", store, desk);

async function begin(): Promise<void> {
  const root = document.getElementById("app");
  if (root === null) throw new Error("the page has no place for the views");
  render(<Holder ports={device.ports} language={await device.firstLanguage()} />, root);
  await device.begin();
}

void begin();
