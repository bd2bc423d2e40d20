/** A written pocket and device for the wallet's views: what they are told here, nothing happens to. */
import type { DevicePorts } from "../../src/kit/ports.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import type { Arrived, Held, HolderPorts, Opened, Pocket, SheetView } from "../../src/stories/holder/ports.ts";
import type { Labels, Language, PassReport, Report } from "../../src/words/report.ts";
import labels from "./labels.json";
import reports from "./reports.json";
import { VOICE } from "./voice.ts";

interface Case {
  readonly report: Report;
  readonly host: string | null;
  readonly chars: number;
  readonly listDate: string | null;
}
const CASES = reports as unknown as Readonly<Record<string, Case>>; // checked where the kernel makes them; here they are written by hand
const WORDS: Readonly<Record<Language, Labels>> = labels;

export const NOW = Date.parse("2026-11-22T14:42:00Z");
export const SHEET: SheetView = { letters: "4T7K-9QZD-M3XB-W8HN-2VCE-R6PJ-5YAF", qr: "4T7K9QZDM3XBW8HN2VCER6PJ5YAF" };
export const LONG_TEXT = `VP1-R${"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".repeat(16)}`.slice(0, 700);
const DID = "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH";
const LIST = { version: 412, date: "2026-11-20T11:00:00Z" };

interface Dates {
  readonly until?: string;
  readonly from?: string;
}

/** A pass over a written report. */
export function held(name: string, changes: Partial<Held> & Dates = {}): Held {
  const { until, from, ...others } = changes;
  const { judged, document } = arrived(name, { ...(until === undefined ? {} : { until }), ...(from === undefined ? {} : { from }) });
  return { name, document: { ...document, credentialSubject: { ...(document?.["credentialSubject"] as JsonObject), certificate: name } }, judged, bound: true, pinned: true, receivedAt: "2026-11-20T12:00:00Z", gone: false, ...others };
}

export function arrived(name: string, { until, from }: Dates = {}): Arrived {
  const found = CASES[name];
  if (found === undefined) throw new Error(`no case ${name}`);
  const passes = found.report.passes.map((pass): PassReport => ({ ...pass, validUntil: until ?? pass.validUntil, validFrom: from ?? pass.validFrom }));
  const judged = { ...found, report: { ...found.report, passes }, labels: WORDS };
  const [pass] = passes;
  const document = pass?.claims == null ? null : ({
    type: ["VerifiableCredential", pass.type], issuer: pass.issuer?.did ?? "", validUntil: pass.validUntil, credentialSubject: { id: DID, ...pass.claims },
  } as JsonObject);
  return { document, judged, refused: ["valid", "valid_as_of", "expired"].includes(found.report.verdict) ? null : (found.report.reasons[0] ?? "revoked") };
}

export const OPENED: Opened = {
  symbol: "hummingbird", did: DID, vault: true, hasPin: true, hasPassphrase: true, saved: false,
  passes: [held("valid-live"), held("valid-permit"), held("cannot-verify-self", { bound: false })],
  shows: [
    { id: "a", at: "2026-11-21T15:10:00Z", profile: "interview", manner: "live", to: "PANADERIA EL SOL", note: null, kinds: ["CompetencePass/SENA-NSCL"], claims: ["name", "norm", "normVersion", "level", "idTail"] },
    { id: "b", at: "2026-11-21T16:10:00Z", profile: "", manner: null, to: "TALLER", note: null, kinds: [], claims: [] },
    { id: "c", at: "2026-11-22T13:10:00Z", profile: "hiring", manner: "answer", to: null, note: "Panadería de doña Bertha", kinds: ["CompetencePass/SENA-NSCL", "PermitPass/PPT"], claims: ["name", "norm", "level", "workAllowed", "permitStatus", "country", "idType", "idTail"] },
  ],
  disputes: [], backup: { on: true, lastAt: "2026-11-22T14:00:00Z", waiting: [{ id: "efgh", opensAt: "2026-11-24T12:00:00Z" }], joined: [] },
};

const saved = (): Promise<"saved"> => Promise.resolve("saved");
const done = (): Promise<"done"> => Promise.resolve("done");
const nothing = (): void => undefined;

export function pocketOf(opened: Opened | null, changes: Partial<Pocket>): Pocket {
  return {
    opened: () => opened, onChange: () => nothing, lost: () => Promise.resolve(false), lock: nothing, left: () => null, touch: nothing,
    tryPin: () => Promise.resolve({ opened: false, tried: true, left: 3, wait: 0, last: false, erased: false }),
    confirm: () => Promise.resolve({ opened: false, tried: true, left: 1, wait: 0, last: false, erased: false }),
    create: () => Promise.resolve("full"), openVault: () => Promise.resolve("wrong"), setPin: saved, setPhrase: saved,
    look: () => Promise.resolve({ fault: "unreadable" }), pickUp: () => Promise.resolve({ fault: "offer_used" }), keep: saved, pin: saved, drop: saved, retain: saved,
    present: () => Promise.resolve({ texts: [LONG_TEXT], level: "L", until: NOW + 18_000, line: "a", unnoted: null }), noteTo: saved, noteRefused: saved, clearHistory: saved,
    offered: () => opened?.passes.filter(({ bound }) => bound) ?? [],
    sheet: () => Promise.resolve({ current: SHEET, next: null }), newSheet: () => Promise.resolve({ current: SHEET, next: SHEET }),
    keepSheet: () => Promise.resolve({ current: SHEET, next: null }), confirmSheet: () => Promise.resolve({ wrong: [1] }),
    answers: () => Promise.resolve(0), heard: saved, dispute: () => Promise.resolve("offline"), withdraw: () => Promise.resolve("offline"),
    halves: () => Promise.resolve([SHEET, SHEET]), backUp: done, stopBackUp: done, approve: done, signOut: done,
    devices: () => Promise.resolve([
      { id: "abcd", here: true, since: "2026-10-01T12:00:00Z", lastSeen: "2026-11-22", state: "active", opensAt: null },
      { id: "efgh", here: false, since: "2026-11-22T12:00:00Z", lastSeen: "2026-11-22", state: "waiting", opensAt: "2026-11-24T12:00:00Z" },
    ]),
    waits: () => Promise.resolve(null), recover: () => Promise.resolve("none"), exportFile: () => Promise.resolve(new Blob()), here: () => Promise.resolve(true), importFile: () => Promise.resolve("wrong"), erase: saved, ...changes,
  };
}

const DEVICE: DevicePorts = {
  readPicture: () => Promise.resolve([]), openCamera: () => nothing, collector: () => ({ add: (text) => ({ texts: [text] }) }),
  list: () => Promise.resolve(LIST), refresh: () => Promise.resolve("current"), onList: () => nothing, noticed: () => Promise.resolve([]),
  takeUpdate: () => Promise.resolve(null), installFile: () => Promise.resolve("older"), exportFile: () => Promise.resolve(null), formers: () => Promise.resolve([]),
  showOnward: () => Promise.resolve("needs_file"), languages: ["es", "en"], speakIn: () => Promise.resolve(),
  voice: VOICE, onUpdate: nothing, loadUpdate: nothing,
  pageVersion: () => Promise.resolve({ version: "0123456789abcdef".repeat(4), files: 12 }),
};

export function portsOf(opened: Opened | null, changes: Partial<Pocket>): HolderPorts {
  return { ...DEVICE, pocket: pocketOf(opened, changes), now: () => NOW, stayAwake: () => nothing, keepEasy: nothing, saveFile: nothing };
}
