/** The verifier's views by name, over written reports and states. */
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import law from "../../../schemas/data/law.json";
import { CameraView } from "../../src/kit/camera.tsx";
import { AboutView } from "../../src/stories/verifier/about.tsx";
import { AskingView, QuestionView } from "../../src/stories/verifier/ask.tsx";
import { CALM } from "../../src/stories/verifier/choices.ts";
import { FairView } from "../../src/stories/verifier/fair.tsx";
import { lineOf } from "../../src/stories/verifier/fairlist.ts";
import { Heard, OfPhotos } from "../../src/stories/verifier/heard.tsx";
import { HiringView } from "../../src/stories/verifier/hiring.tsx";
import { ListView } from "../../src/stories/verifier/list.tsx";
import { ReceiptView } from "../../src/stories/verifier/receipt.tsx";
import { ReceiptsView } from "../../src/stories/verifier/receipts.tsx";
import { StartView, type StartState } from "../../src/stories/verifier/start.tsx";
import { VerdictView } from "../../src/stories/verifier/verdict.tsx";
import type { Labels, Language, Report } from "../../src/words/report.ts";
import labels from "./labels.json";
import reports from "./reports.json";

interface Case {
  readonly report: Report;
  readonly host: string | null;
  readonly chars: number;
  readonly listDate: string | null;
}
const cases = reports as unknown as Readonly<Record<string, Case>>; // checked where the kernel makes them; here they are written by hand
const words: Readonly<Record<Language, Labels>> = labels;

const nothing = (): void => undefined;
const ASKED_AT = Date.parse("2026-11-22T14:42:00Z");
const list = { version: 412, date: "2026-11-20T11:00:00Z" };
const calm: StartState = { list, notices: [], refreshing: false, outcome: null, brought: false, renewed: false, now: "2026-11-22T14:42:00Z", fault: null, typing: { value: "", change: nothing }, reading: false, update: "none", languages: ["es", "en"] };

function start(state: Partial<StartState>): VNode {
  const actions = { camera: nothing, photos: nothing, text: nothing, refresh: nothing, language: nothing, ask: nothing, fair: nothing, passing: nothing, hiring: nothing, about: nothing, loadUpdate: nothing, easy: nothing };
  return <StartView state={{ ...calm, ...state }} actions={actions} />;
}

function question(profile: "interview" | "hiring", { seconds, fault = null }: { seconds: number; fault?: "refused" | null }): VNode {
  const open = { question: { profile, challenge: "7KQ4M2XW", domain: "PANADERIA EL SOL" }, text: `VQ1-${profile === "hiring" ? "H" : "I"}7KQ4M2XW.PANADERIA EL SOL`, issuedAt: ASKED_AT };
  const actions = { back: nothing, camera: nothing, again: nothing, photos: nothing, text: nothing };
  return <QuestionView state={{ open, fault, typing: { value: "", change: nothing } }} now={() => ASKED_AT + seconds * 1000} actions={actions} />;
}

function camera(frames: boolean): VNode {
  const collector = () => ({ add: () => ({ have: 2, total: 4 }) });
  return (
    <CameraView
      actions={{
        open: (_video, events) => {
          events.opened(nothing);
          if (frames) events.text("");
          return nothing;
        },
        collector, read: nothing, fault: nothing, photos: nothing, cancel: nothing,
      }}
    />
  );
}

/** What another phone is shown: some parts of an update, here of no list. */
const ONWARD = { from: 411, to: 412, text: "VD1-R", frames: ["VF1-ABCDEF12VD1-R0", "VF1-ABCDEF22VD1-R1"] };

function passing(state: { notices?: StartState["notices"]; outcome?: StartState["outcome"] }): VNode {
  const bundle = { list, notices: [], refreshing: false, outcome: null, brought: false, renewed: false, ...state, refresh: nothing, bring: nothing };
  const ports = {
    list: () => Promise.resolve(list), onList: () => nothing, formers: () => Promise.resolve(state.outcome === undefined ? [411, 410] : []),
    showOnward: () => Promise.resolve(ONWARD), exportFile: () => Promise.resolve(new Blob(["a list"])), installFile: () => Promise.resolve("older" as const),
  };
  return <ListView bundle={bundle} fault={null} ports={ports} actions={{ back: nothing, camera: nothing }} />;
}

const about = (
  <AboutView
    state={{ list, page: () => Promise.resolve({ version: "0123456789abcdef".repeat(4), files: 12 }), choices: { ...CALM, sound: true }, voice: true, languages: ["es", "en"] }}
    actions={{ back: nothing, language: nothing, choose: nothing, erase: () => Promise.resolve([]), receipts: nothing }}
  />
);

/** A fair over written reports, read one minute after the other. */
function fair(names: readonly string[], { keeps = false, fault = null, again = false }: { keeps?: boolean; fault?: "none" | null; again?: boolean }): VNode {
  const judged = names.map((name) => {
    const found = cases[name];
    if (found === undefined) throw new Error(`no case ${name}`);
    return { ...found, labels: words };
  });
  const lines = judged.map((one, place) => lineOf(one, ASKED_AT - place * 60_000, { named: keeps, like: place === 1 && keeps ? ASKED_AT - 600_000 : null }));
  const [first] = judged;
  const [line] = lines;
  const last = first === undefined || line === undefined ? null : { judged: first, line, again: again ? ASKED_AT - 120_000 : null };
  const state = { lines, last, names: keeps, keeps, cleared: names.length === 0 ? lines : null };
  const acts = { take: () => Promise.resolve(null), setNames: nothing, setKeeps: nothing, clear: nothing, undo: nothing, leave: nothing, forget: () => Promise.resolve() };
  const eye = {
    open: (_video: HTMLVideoElement, events: { opened: (light: null) => void }) => {
      events.opened(null);
      return nothing;
    },
    collector: () => ({ add: () => ({ have: 2, total: 4 }) }), read: nothing, fault: nothing,
  };
  return (
    <FairView
      state={{ fair: { ...state, ...acts }, fault, photos: <OfPhotos checking={{ reading: false, photoFault: null }} />, sound: keeps }}
      actions={{ ...eye, back: nothing, photos: nothing, sound: nothing, save: nothing, print: nothing }}
    />
  );
}

const DID = "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH";

function receipt(name: string): VNode {
  const found = cases[name];
  if (found === undefined) throw new Error(`no case ${name}`);
  const actions = { back: nothing, device: () => Promise.resolve(DID), save: (note: string | null) => Promise.resolve(note !== "x"), check: nothing };
  return <ReceiptView report={found.report} labels={words["es"] ?? null} actions={actions} />;
}

/** A receipt's file, chosen as a person does. */
function Receipts({ holds }: { holds: boolean }): VNode {
  const told = { verifier: DID, signedAt: ASKED_AT, judgedAt: ASKED_AT, verdict: "valid", level: "copy", bundleVersion: 412, note: "Entrevista cocina, turno mañana" } as const;
  const receipt = { ...told, passes: [{ type: "CompetencePass", scheme: "SENA-NSCL", verdict: "valid" }] } as const;
  useEffect(() => {
    const files = new DataTransfer();
    files.items.add(new File(["{}"], "constancia.json"));
    typed("receipt-file", (input) => (input.files = files.files), "change");
  }, []);
  return <ReceiptsView labels={words["es"] ?? null} actions={{ back: nothing, check: () => Promise.resolve(holds ? { receipt, own: true } : null) }} />;
}

/** The worked example of DOMAIN section 10, its dates typed as a person does. */
function Hiring({ filled, known }: { filled: boolean; known: boolean }): VNode {
  useEffect(() => {
    if (!filled) return;
    for (const id of ["day-contract-signed", "day-work-start"]) typed(id, (input) => (input.value = "2025-11-20"), "input");
    typed("day-pass", (input) => (input.value = "2031-05-30"), "input");
  }, []);
  const actions = { back: nothing, save: nothing, print: nothing, series: () => "0".repeat(32), now: () => ASKED_AT };
  return <HiringView state={{ law: () => Promise.resolve(known ? law : null), report: cases["two-passes"]?.report ?? null }} actions={actions} />;
}

function typed(id: string, write: (input: HTMLInputElement) => void, event: string): void {
  const input = document.getElementById(id);
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${id}`);
  write(input);
  input.dispatchEvent(new Event(event, { bubbles: true }));
}

const VIEWS: Readonly<Record<string, () => VNode>> = {
  start: () => start({}),
  "start-empty": () => start({ list: null, outcome: "offline" }),
  "start-refused": () => start({ fault: "refused", photos: <OfPhotos checking={{ reading: true, photoFault: "no_code" }} />, outcome: "refused" }),
  "start-update": () => start({ update: "ready", outcome: "current" }),
  "start-changed": () => start({ update: "refused", refreshing: true }),
  "start-late": () => start({ renewed: true }),
  "start-noticed": () => start({ notices: ["clock_behind", "clock_far", "bundle_expired", "too_old", "root_expired", "canary", "older", "refused"], outcome: "installed", brought: true }),
  receipt: () => receipt("valid"),
  "receipt-two": () => receipt("two-passes"),
  receipts: () => <Receipts holds />,
  "receipts-refused": () => <Receipts holds={false} />,
  hiring: () => <Hiring filled known />,
  "hiring-empty": () => <Hiring filled={false} known />,
  "hiring-no-law": () => <Hiring filled known={false} />,
  passing: () => passing({}),
  "passing-empty": () => passing({ notices: ["root_expired"], outcome: "other_version" }),
  "start-scanner": () => <><Heard parts={{ have: 2, total: 4 }} />{start({})}</>,
  fair: () => fair(["valid", "two-passes", "cannot-verify", "valid-as-of", "expired", "valid-live", "revoked", "under-review"], {}),
  "fair-empty": () => fair([], {}),
  "fair-names": () => fair(["valid-live", "valid", "cannot-verify-signature"], { keeps: true, fault: "none", again: true }),
  ...Object.fromEntries(["valid-as-of", "expired", "revoked", "under-review", "cannot-verify"].map((name) => [`fair-${name}`, () => fair([name], {})])),
  about: () => about,
  asking: () => <AskingView name="PANADERIA EL SOL" actions={{ ask: nothing, back: nothing }} />,
  question: () => question("interview", { seconds: 30 }),
  "question-hiring": () => question("hiring", { seconds: 111, fault: "refused" }),
  "question-over": () => question("interview", { seconds: 121 }),
};
const CAMERAS: Readonly<Record<string, () => VNode>> = { camera: () => camera(false), "camera-frames": () => camera(true) };

/** A view by its name, and the class of the page's body under it. */
export function view(name: string, language: Language): { drawn: VNode; body: string } {
  const plain = VIEWS[name];
  if (plain !== undefined) return { drawn: plain(), body: "" };
  const looking = CAMERAS[name];
  if (looking !== undefined) return { drawn: looking(), body: "camera" };
  const found = cases[name.replace(/-(foreign|many)$/, "")];
  if (found === undefined) throw new Error(`no case ${name}`);
  const actions = { back: nothing, another: nothing, camera: nothing, refresh: nothing, ask: nothing, receipt: nothing, hiring: name.startsWith("two-passes") ? nothing : null, again: null };
  return { drawn: <VerdictView judged={{ ...found, labels: words[language] ?? null }} foreign={name.endsWith("-foreign")} many={name.endsWith("-many") ? 40 : null} actions={actions} />, body: "verdict" };
}
