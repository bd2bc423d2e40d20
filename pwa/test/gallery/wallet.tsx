/** The wallet's views in their frame, one an address: `#home/es`. Built for tests only; the shipped page has no such way in. */
import { render, type VNode } from "preact";
import "../../src/styles/tokens.css";
import "../../src/styles/ui.css";
import "../../src/styles/page.css";
import "../../src/styles/wallet.css";
import type { JsonObject } from "../../src/kernel/json.ts";
import { PlaceContext } from "../../src/kit/words.tsx";
import { ClaimForm } from "../../src/stories/holder/claim.tsx";
import { Unreceived } from "../../src/stories/holder/faults.tsx";
import { Framed } from "../../src/stories/holder/frame.tsx";
import { ChoosePin } from "../../src/stories/holder/newpin.tsx";
import { PhraseForm } from "../../src/stories/holder/phrase.tsx";
import type { Held, Opened, Pocket } from "../../src/stories/holder/ports.ts";
import { SheetSteps } from "../../src/stories/holder/sheet.tsx";
import { CardsView } from "../../src/stories/holder/show/cards.tsx";
import { OfferView } from "../../src/stories/holder/show/choose.tsx";
import { LiveView } from "../../src/stories/holder/show/live.tsx";
import { OverAskingView } from "../../src/stories/holder/show/overasking.tsx";
import { PreviewView } from "../../src/stories/holder/show/preview.tsx";
import { QuestionView, UNTYPED } from "../../src/stories/holder/show/question.tsx";
import { type Step, stepTo } from "../../src/stories/holder/views.tsx";
import { type Carried, type ViewName, WalkContext } from "../../src/stories/holder/walk.tsx";
import type { Language } from "../../src/words/report.ts";
import { learn } from "../../src/words/text.ts";
import en from "../../src/words/languages/en.json";
import { arrived, held, LONG_TEXT, NOW, OPENED, portsOf, SHEET } from "./pocket.ts";

interface Scene {
  readonly step: Step;
  readonly opened: Opened | null;
  readonly easy?: boolean;
  readonly pocket?: Partial<Pocket>;
}
const nothing = (): void => undefined;

function outside<V extends ViewName>(view: V, carried: Carried[V], pocket: Partial<Pocket> = {}): Scene {
  return { step: stepTo(view, carried), opened: null, pocket };
}

function inside<V extends ViewName>(view: V, carried: Carried[V], changes: Partial<Opened> = {}, pocket: Partial<Pocket> = {}): Scene {
  return { step: stepTo(view, carried), opened: { ...OPENED, ...changes }, pocket };
}

/** A part that stands within a view after some taps. */
function part(view: ViewName, opened: boolean, draw: () => VNode): Scene {
  return { step: { view, frame: "back", inside: opened, draw }, opened: opened ? OPENED : null };
}

function page(drawn: VNode): VNode {
  return <main class="page" id="main">{drawn}</main>;
}

/** A pass of somebody else's. */
function named(pass: Held, name: string): Held {
  return { ...pass, document: { ...pass.document, credentialSubject: { ...(pass.document["credentialSubject"] as JsonObject), name } } };
}

const WAIT = { opensAt: "2026-11-24T12:00:00Z", device: "efgh", again: false } as const;
const shown = { profile: "interview", manner: "live", offered: OPENED.passes.slice(0, 2), chosen: ["valid-live"], to: "PANADERIA EL SOL" } as const;
const otherwise = { card: nothing, vault: nothing, add: nothing };
const drawn = { texts: [LONG_TEXT], level: "L", until: NOW + 18_000 } as const;
const live = (manner: "static" | "live" | "answer", wrongClock: "clock_behind" | null = null, unnoted: "elsewhere" | null = null) => part("show", true, () => (
  <LiveView manner={manner} wrongClock={wrongClock} first={drawn} unnoted={unnoted} ends={manner === "answer" ? NOW + 95_000 : null} here={nothing} renew={() => Promise.resolve(null)} now={() => NOW} letters={nothing} ended={nothing} stayAwake={() => nothing} />
));

const PLAIN: Readonly<Record<string, Scene>> = {
  people: outside("people", null),
  "people-lost": outside("people", null, { lost: () => Promise.resolve(true) }),
  "people-lapsed": outside("people", null, { left: () => "lapsed" }),
  "people-waits": outside("people", null, { waits: () => Promise.resolve(WAIT) }),
  pin: outside("pin", "hummingbird"),
  "pin-waits": outside("pin", "hummingbird", { tryPin: () => Promise.resolve({ opened: false, tried: false, left: 1, wait: 272, last: true, erased: false }) }),
  first: outside("first", null),
  "first-pin": part("first", false, () => page(<ChoosePin symbol="moon" busy={false} chosen={nothing} />)),
  "first-phrase": part("first", false, () => page(<PhraseForm busy={false} chosen={nothing} />)),
  "first-sheet": part("first", true, () => page(<><h1>4T7K</h1><SheetSteps sheet={SHEET} done={nothing} later={nothing} /></>)),
  sheet: inside("sheet", null),
  "sheet-unknown": inside("sheet", null, {}, { sheet: () => Promise.resolve({ current: null, next: null }) }),
  "sheet-next": inside("sheet", null, {}, { sheet: () => Promise.resolve({ current: SHEET, next: SHEET }) }),
  forgot: outside("forgot", "moon"),
  newpin: inside("newpin", null, { hasPin: false }),
  phrase: inside("phrase", "home", { hasPassphrase: false }),
  "phrase-other": inside("phrase", "settings"),
  vault: inside("vault", { then: "add", pass: "" }, { vault: false }),
  "vault-sheet": inside("vault", { then: "add", pass: "" }, { vault: false, hasPassphrase: false }),
  home: inside("home", null),
  "home-knock": inside("home", null, { vault: false }),
  "home-unasked": inside("home", null, { vault: false, backup: { on: true, lastAt: "2026-11-20T14:00:00Z", waiting: [], joined: [] } }),
  "home-joined": inside("home", null, {
    vault: false, backup: { on: true, lastAt: "2026-11-22T14:00:00Z", waiting: [{ id: "efgh", opensAt: "2026-11-22T14:00:00Z" }], joined: [{ id: "ijkl", since: "2026-11-19T14:00:00Z" }] },
  }),
  "home-empty": inside("home", null, { passes: [] }),
  "home-pin-only": inside("home", null, { vault: false, passes: [] }),
  "home-states": inside("home", null, {
    hasPin: false, passes: ["valid-as-of", "expired", "revoked", "under-review", "cannot-verify-old", "valid-attested"].map((name) => held(name)),
  }),
  "home-alike": inside("home", null, {
    saved: true, backup: { on: false }, passes: [held("valid", { from: "2026-09-01T15:00:00Z" }), held("revoked"), held("valid-attested", { bound: false }), held("valid-unknown-codes")],
  }),
  "home-answered": inside("home", null, { saved: true, disputes: (["corrected", "rejected"] as const).map((state, place) => (
    { id: state, pass: OPENED.passes[place]?.name ?? "", kind: "name", text: "", wanted: "", sentAt: "2026-11-20T12:00:00Z", state, answer: "", heard: false }
  )) }),
  "home-spelt": inside("home", null, {
    saved: true, passes: [named(held("valid-live"), "Zoë Peña"), named(held("valid-permit"), "Zoé Peña"), named(held("revoked"), "Zoé Peña")],
    disputes: [{ id: "a", pass: "valid-live", kind: "name", text: "", wanted: "Zoë Peña", sentAt: "2026-11-20T12:00:00Z", state: "corrected", answer: "", heard: true }],
  }),
  "home-gone": inside("home", null, { saved: true, backup: { on: false }, passes: [held("valid-live", { gone: true })] }, { retain: () => Promise.resolve("elsewhere"), drop: () => Promise.resolve("elsewhere") }),
  "home-ending": inside("home", null, { saved: true, passes: [held("valid-permit", { until: "2027-01-15T04:59:59Z" })] }),
  easy: { ...inside("home", null), easy: true },
  pass: inside("pass", "valid-live"),
  "pass-permit": inside("pass", "valid-permit", { passes: [held("valid-permit", { until: "2027-01-15T04:59:59Z", pinned: false })] }),
  "pass-pin-only": inside("pass", "valid-live", { vault: false }),
  "pass-history": inside("pass", "expired", { passes: [held("expired")] }),
  "pass-revoked": inside("pass", "revoked", { passes: [held("revoked")] }),
  "pass-grey": inside("pass", "cannot-verify-old", { passes: [held("cannot-verify-old")] }),
  "pass-asked": inside("pass", "valid-live", { disputes: (["open", "withdrawn"] as const).map((state) => (
    { id: state, pass: "valid-live", kind: "name", text: "", wanted: "Zoë Peña", sentAt: "2026-11-20T12:00:00Z", state, answer: "", heard: true }
  )) }),
  "pass-own": inside("pass", "cannot-verify-self"),
  add: inside("add", null),
  "add-claim": part("add", true, () => page(<><h1>VO1</h1><ClaimForm typed={{ code: "7KQ4M2XW9", pin: "" }} type={nothing} scanned="7KQ4M2XW9" tried={false} busy={false} pickUp={nothing} short={nothing} /></>)),
  ...Object.fromEntries((["offline", "wrong_secret", "offer_used", "another_phone", "former_phone", "replaced", "withdrawn", "unreadable", "busy", "storage"] as const).map((fault) => (
    [`unreceived-${fault}`, part("add", true, () => page(<><h1>{fault}</h1><Unreceived fault={fault} /></>))]
  ))),
  "unreceived-gone": { ...part("add", true, () => page(<><h1>W-14</h1><Unreceived fault="storage" /></>)), pocket: { here: () => Promise.resolve(false) } },
  arrived: inside("arrived", { passes: [arrived("valid-live")], pickedUp: true, badge: {} }),
  "arrived-several": inside("arrived", { passes: [arrived("valid"), arrived("valid-permit"), arrived("cannot-verify-signature")], pickedUp: false }),
  "arrived-whose": inside("arrived", { passes: [arrived("valid-live"), arrived("valid-permit")], pickedUp: false }, { passes: [named(held("valid"), "Luz Mar Peña")] }),
  "arrived-expired": inside("arrived", { passes: [arrived("expired")], pickedUp: false }),
  "arrived-refused": inside("arrived", { passes: [arrived("cannot-verify-issuer")], pickedUp: false }),
  "arrived-link": inside("arrived", { passes: [arrived("cannot-verify-other")], pickedUp: false }),
  "arrived-revoked": inside("arrived", { passes: [{ ...arrived("revoked"), document: null }], pickedUp: false }),
  "arrived-late": inside("arrived", { passes: [{ ...arrived("passes-late"), refused: "invalid_shape", document: null }], pickedUp: false }),
  "arrived-other": inside("arrived", { passes: [{ ...arrived("valid"), refused: "holder_mismatch", document: null }], pickedUp: false }),
  unkept: inside("unkept", { cause: "full", arrived: { passes: [arrived("valid-live")], pickedUp: false } }),
  "unkept-failed": inside("unkept", { cause: "failed", arrived: { passes: [arrived("valid-live")], pickedUp: false } }, { passes: [held("valid")] }),
  "unkept-elsewhere": inside("unkept", { cause: "elsewhere", arrived: { passes: [arrived("valid-live")], pickedUp: false } }, { passes: [held("valid")] }),
  "unkept-gone": inside("unkept", { cause: "failed", arrived: { passes: [arrived("valid-live")], pickedUp: false } }, {}, { here: () => Promise.resolve(false) }),
  settings: inside("settings", null),
  "settings-pin-only": inside("settings", null, { vault: false }),
  about: inside("about", null),
  erase: inside("erase", null),
  "erase-uncopied": inside("erase", null, { backup: { on: false }, passes: [held("valid")] }),
  choose: inside("show", null),
  cards: part("show", true, () => <CardsView profile="enterprise" cards={OPENED.passes.slice(0, 1)} passes={OPENED.passes} vault={false} actions={otherwise} back={nothing} />),
  "cards-none": part("show", true, () => <CardsView profile="enterprise" cards={[]} passes={OPENED.passes} vault actions={otherwise} back={nothing} />),
  "show-offer": part("show", true, () => <OfferView to="PANADERIA EL SOL" yes={nothing} no={nothing} />),
  question: part("show", true, () => <QuestionView fault={null} typed={UNTYPED} actions={{ camera: nothing, type: nothing, ask: () => false }} />),
  preview: part("show", true, () => <PreviewView state={shown} actions={{ choose: nothing, confirm: nothing, nothing }} />),
  "preview-hiring": part("show", true, () => <PreviewView state={{ ...shown, profile: "hiring", to: null }} actions={{ choose: nothing, confirm: nothing, nothing }} />),
  "preview-none": part("show", true, () => <PreviewView state={{ ...shown, chosen: [] }} actions={{ choose: nothing, confirm: nothing, nothing }} />),
  "over-asking": part("show", true, () => <OverAskingView to="TALLER" unnoted={null} allowed={nothing} nothing={nothing} />),
  "over-unnoted": part("show", true, () => <OverAskingView to="TALLER" unnoted="elsewhere" allowed={nothing} nothing={nothing} />),
  live: live("live"),
  "live-behind": live("live", "clock_behind"),
  "live-unnoted": live("live", null, "elsewhere"),
  "live-answer": live("answer"),
  "live-static": live("static"),
  history: inside("history", null),
  "history-pin": inside("history", null, { vault: false }),
  "history-pin-empty": inside("history", null, { vault: false, shows: [] }),
  "history-empty": inside("history", null, { shows: [] }),
  print: inside("print", "valid-live"),
  backup: inside("backup", null),
  "backup-off": inside("backup", null, { backup: { on: false } }),
  "backup-full": inside("backup", null, { backup: { on: false } }, { backUp: () => Promise.resolve("full") }),
  devices: inside("devices", null),
  "devices-none": inside("devices", null, {}, { devices: () => Promise.resolve("refused") }),
  halves: inside("halves", null),
  "halves-unknown": inside("halves", null, {}, { halves: () => Promise.resolve("unknown") }),
  recover: outside("recover", null),
  "recover-waits": outside("recover", null, { waits: () => Promise.resolve(WAIT) }),
  "recover-again": outside("recover", null, { waits: () => Promise.resolve({ ...WAIT, again: true }) }),
  settle: inside("settle", null),
  list: inside("list", null),
  correct: inside("correct", { pass: "valid-live", kind: "name" }),
};
/** The main ways, each step of which has its picture in the mode with pictures. */
const PICTURED = [
  "people", "pin", "first", "first-pin", "first-phrase", "forgot", "vault", "vault-sheet", "recover", "phrase", "sheet", "halves", "settle", "add", "arrived",
  "choose", "cards", "cards-none", "show-offer", "question", "preview", "preview-hiring", "over-asking", "live", "live-answer", "backup", "devices", "settings", "correct", "list",
];
const SCENES: Readonly<Record<string, Scene>> = {
  ...PLAIN,
  ...Object.fromEntries(Object.entries(PLAIN).filter(([name]) => PICTURED.includes(name)).map(([name, scene]) => [`easy-${name}`, { ...scene, easy: true }])),
};

function show(): void {
  const [name = "home", wanted] = location.hash.slice(1).split("/");
  const language: Language = wanted === "en" ? "en" : "es";
  const scene = SCENES[name];
  const root = document.getElementById("app");
  if (scene === undefined || root === null) throw new Error(`no scene ${name}`);
  const { step, opened, easy = false, pocket = {} } = scene;
  const walk = { ports: portsOf(opened, pocket), opened, easy, setEasy: nothing, speakIn: nothing, go: nothing, leave: nothing, back: nothing };
  document.documentElement.lang = language;
  render(
    <PlaceContext.Provider value={{ page: "wallet", language }} key={location.hash}>
      <WalkContext.Provider value={walk}><Framed view={step.view} frame={step.frame}><step.draw /></Framed></WalkContext.Provider>
    </PlaceContext.Provider>,
    root,
  );
}
learn("en", en);
(globalThis as { scenes?: readonly string[] }).scenes = Object.keys(SCENES);
addEventListener("hashchange", show);
show();
