/** The wallet's page begins here: the world is made once and handed to the views. */
import { render } from "preact";
import "../styles/tokens.css";
import "../styles/ui.css";
import "../styles/page.css";
import "../styles/wallet.css";
import { chooseEquation, strictEd25519 } from "../kernel/ed25519.ts";
import { Holder } from "../stories/holder/shell.tsx";
import { deviceOf } from "./device.ts";
import { Desk } from "./desk.ts";
import { saveFile } from "./files.ts";
import { post } from "./post.ts";
import { Store } from "./store.ts";
import argon2Address from "./wallet/argon2.worker.ts?worker&url";
import { stayAwake } from "./wallet/awake.ts";
import { issuerDesk } from "./wallet/asking.ts";
import { Pending } from "./wallet/pending.ts";
import { People } from "./wallet/people.ts";
import { pocketOf } from "./wallet/pocket.ts";
import { CopyServer } from "./wallet/server.ts";
import { stretcher } from "./wallet/stretch.ts";
import { browserTrail } from "./wallet/trail.ts";

const EASY = "easy";

const store = new Store("puente-wallet");
const desk = new Desk(store, chooseEquation(globalThis.crypto?.subtle ?? null).then(strictEd25519));
const device = deviceOf("wallet", store, desk, { workers: [argon2Address] });
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const now = (): number => Date.now();
const pocket = pocketOf(
  { people: new People("puente-wallet-people", random), desk, random, now, argon2: stretcher(() => device.startWorker(argon2Address)) },
  { server: new CopyServer(location.origin), desk: issuerDesk(location.origin), pending: new Pending(store), post },
);

async function begin(): Promise<void> {
  const root = document.getElementById("app");
  if (root === null) throw new Error("the page has no place for the views");
  const ports = { ...device.ports, pocket, now, stayAwake, saveFile, keepEasy: (easy: boolean) => void store.put({ [EASY]: easy }).catch(() => undefined) };
  const easy = (await store.get(EASY).catch(() => false)) === true;
  render(<Holder ports={ports} trail={browserTrail()} language={await device.firstLanguage()} easy={easy} />, root);
  await device.begin();
}

void begin();
