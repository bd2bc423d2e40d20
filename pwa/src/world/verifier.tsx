/** The verifier's page begins here: the world is made once and handed to the views. */
import { render } from "preact";
import "../styles/tokens.css";
import "../styles/ui.css";
import "../styles/page.css";
import { chooseEquation, strictEd25519 } from "../kernel/ed25519.ts";
import type { Ports, ReceiptPorts } from "../stories/verifier/ports.ts";
import { Verifier } from "../stories/verifier/shell.tsx";
import { drawUnseen } from "../stories/verifier/unseen.tsx";
import { Desk } from "./desk.ts";
import { now } from "./clock.ts";
import { deviceOf } from "./device.ts";
import { drawn } from "./drawn.ts";
import { save } from "./files.ts";
import { browserRoute } from "./routes.ts";
import { player } from "./signals.ts";
import { TabSeen } from "./seen.ts";
import { Store } from "./store.ts";
import { typedIn } from "./typed.ts";

const store = new Store("puente-verifier");
/** The kept list is read at once, but checked when the first view stands: on a slow phone each would hold the other up. */
let stand: () => void = () => undefined;
const stands = new Promise<void>((done) => { stand = done; });
const check = stands.then(drawn).then(() => chooseEquation(globalThis.crypto?.subtle ?? null)).then(strictEd25519);
const desk = new Desk(store, check, new TabSeen(() => sessionStorage));
let receipts: Promise<ReceiptPorts> | null = null;
const device = deviceOf("verifier", store, desk, { show: drawUnseen });
device.warm();

async function begin(): Promise<void> {
  const root = document.getElementById("app");
  if (root === null) throw new Error("the page has no place for the views");
  const ports: Ports = {
    ...device.ports,
    judge: (texts, session) => desk.judge(texts, session),
    receipts: () => (receipts ??= import("./receipts.ts").then(({ Receipts }) => new Receipts(store, check))),
    law: async () => (await desk.trust.soon())?.law ?? null,
    labels: (language) => desk.labels(language),
    now: () => now().getTime(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    kept: (name) => store.get(name),
    keep: (things) => store.put(things),
    typed: typedIn(() => sessionStorage),
    save,
    print: () => print(),
    signal: player(),
  };
  render(<Verifier ports={ports} route={browserRoute()} language={await device.firstLanguage()} />, root);
  stand();
  await device.begin();
}

void begin();
