/** The console's views in their frame, one an address: `#cohorts/es`. Built for tests only; the shipped page has no such way in. */
import { render, type VNode } from "preact";
import "../../src/styles/tokens.css";
import "../../src/styles/console.css";
import "../../src/styles/ui.css";
import "../../src/styles/page.css";
import "../../src/styles/desk.css";
import { PlaceContext } from "../../src/kit/words.tsx";
import { AmendDialog } from "../../src/stories/issuer/changes/amending.tsx";
import { ActDialog } from "../../src/stories/issuer/changes/acting.tsx";
import { Tell, Withdraw } from "../../src/stories/issuer/changes/announced.tsx";
import { RowsForm } from "../../src/stories/issuer/batches/rows.tsx";
import { Confirm } from "../../src/stories/issuer/confirm.tsx";
import { Drawn } from "../../src/stories/issuer/drawn.tsx";
import { EndingDialog } from "../../src/stories/issuer/entry/ending.tsx";
import { Left, Ready } from "../../src/stories/issuer/entry/invited.tsx";
import { Outside, OutsideFrame } from "../../src/stories/issuer/entry/outside.tsx";
import { Proved } from "../../src/stories/issuer/entry/secret.tsx";
import { Framed } from "../../src/stories/issuer/frame.tsx";
import { Found } from "../../src/stories/issuer/people/search.tsx";
import { OfferDialog, SlipDialog } from "../../src/stories/issuer/people/papers.tsx";
import { type CounterPorts, Refusal, type Server } from "../../src/stories/issuer/ports.ts";
import { Propose } from "../../src/stories/issuer/many/asking.tsx";
import { SuspendKey } from "../../src/stories/issuer/registry/signing.tsx";
import { WordDialog } from "../../src/stories/issuer/registry/word.tsx";
import { ReissueDialog } from "../../src/stories/issuer/reissues/asking.tsx";
import { ToldDialog } from "../../src/stories/issuer/staff/keys.tsx";
import { InvitationDialog } from "../../src/stories/issuer/staff/people.tsx";
import type { ViewName } from "../../src/stories/issuer/views.ts";
import { WalkContext } from "../../src/stories/issuer/walk.tsx";
import type { Bulk, Me } from "../../src/stories/issuer/wire.ts";
import type { Language } from "../../src/words/report.ts";
import { learn } from "../../src/words/text.ts";
import en from "../../src/words/languages/en.json";
import { BATCH, BULK, CORRECTED, DECIDED, LONG_BATCH, me, NUMBERS, ONE, PERSON, portsOf, RUN, TYPES, waitsOf } from "./counter.ts";

const nothing = (): void => undefined;
const OFFICER = me("officer");
const APPROVER = me("approver");
const ADMIN = { ...me("issuer_admin"), person: "irene cano (demo)" };

const KEEPER = { ...me("keeper"), person: "camilo rey (demo)", issuer: null, centre: null };
const AUDITOR = { ...me("auditor"), person: "uma soto (demo)", issuer: null, centre: null };

const DONE_BY = { decidedBy: "marta lozano (demo)", decided: "2026-11-20T15:42:00Z" };

const worded = (word: NonNullable<Bulk["lists"][number]["word"]>): Bulk => ({ ...WAITING, lists: WAITING.lists.map((list) => ({ ...list, word: list.needsWord ? word : null })) });
const REPLACING: Bulk = { ...BULK, act: "replace", reason: "key_compromise", leftOut: { ...BULK.leftOut, suspended: 3, superseded: 2, waits: 1 } };
const WAITING: Bulk = { ...BULK, ...DONE_BY, state: "waiting", lists: BULK.lists.map((list) => ({ ...list, hash: list.needsWord ? "3f9c01d2".repeat(8) : null })) };
const MANY_UNTOLD = { phase: "untold", untold: 1480, parts: 63, due: null, ended: null, endedBy: null } as const;

type Scene = () => VNode;

function inside(view: ViewName, who: Me, server: Partial<Server> = {}, over: VNode | null = null, id = "one"): Scene {
  return () => {
    const ports = portsOf(server);
    return (
      <WalkContext.Provider value={{ ports, me: who, setMe: nothing, go: nothing, holders: new Map(), waits: waitsOf(who), recount: nothing }}>
        <Framed view={view} speakIn={nothing} leave={nothing}><Drawn view={view} id={id} />{over}</Framed>
      </WalkContext.Provider>
    );
  };
}

function outside(draw: (ports: CounterPorts) => VNode): Scene {
  return () => <OutsideFrame languages={["es", "en"]} speakIn={nothing}>{draw(portsOf())}</OutsideFrame>;
}

const batch = (one: typeof BATCH): Partial<Server> => ({ batch: () => Promise.resolve(one) });
const enrolment = { id: "e", person: "marta lozano (demo)", roles: ["approver"], needs: { passkeys: 2, password: false, confirming: false }, options: {} };
const FACTOR = { totpSecret: "JBSWY3DPEHPK3PXP", totpUri: "otpauth://totp/Puente:oscar?secret=JBSWY3DPEHPK3PXP&issuer=Puente", recoveryCodes: ["4T7K-2M9Q", "8WX3-5HJR"] };
const refused = (code: string) => () => Promise.reject(new Refusal(code));

const SCENES: Readonly<Record<string, Scene>> = {
  signin: () => <Outside ports={portsOf()} ended={false} enter={nothing} speakIn={nothing} />,
  "signin-ended": () => <Outside ports={portsOf()} ended enter={nothing} speakIn={nothing} />,
  invited: outside(({ entry }) => <Left entry={entry} enrolment={enrolment} done={nothing} />),
  "invited-officer": outside(({ entry }) => <Left entry={entry} enrolment={{ ...enrolment, needs: { passkeys: 1, password: true, confirming: true } }} done={nothing} />),
  "invited-waits": outside(() => <Ready confirming done={nothing} />),
  "invited-totp": outside(() => <><h1>TOTP</h1><Proved factor={FACTOR} prove={() => Promise.resolve()} /></>),
  ending: inside("cohorts", OFFICER, {}, <EndingDialog leave={nothing} stayed={nothing} />),
  cohorts: inside("cohorts", OFFICER),
  "cohorts-empty": inside("cohorts", OFFICER, { batches: () => Promise.resolve({ items: [], next: null }) }),
  "cohorts-offline": inside("cohorts", OFFICER, { batches: refused("offline") }),
  upload: inside("upload", OFFICER, { norms: () => Promise.reject(new Refusal("cohort_columns", "T4", "/Documento")) }),
  "upload-rows": inside("disputes", OFFICER, {}, <RowsForm kind={TYPES[1]!} />),
  dryrun: inside("batch", OFFICER),
  "dryrun-clean": inside("batch", OFFICER, batch({ ...BATCH, error: 0, skip: 0, warnings: ["LOST_ZEROS", "OTHER_SHEETS", "HIDDEN_SHEETS", "MERGED_CELLS"] })),
  "dryrun-proposed": inside("batch", OFFICER, batch({ ...BATCH, state: "proposed" })),
  "dryrun-refused": inside("batch", OFFICER, batch({ ...BATCH, state: "refused" })),
  "dryrun-otherwise": inside("batch", OFFICER, batch({ ...BATCH, issuedBefore: { ...BATCH, id: "Zk3mQ0xxTp81Bb2nLw6YfA", released: BATCH.prepared, again: 162 } })),
  approve: inside("batch", APPROVER, batch({ ...BATCH, state: "proposed" })),
  "approve-own": inside("batch", { ...APPROVER, person: BATCH.preparedBy }, batch({ ...BATCH, state: "proposed" })),
  confirm: inside("cohorts", APPROVER, {}, <Confirm close={nothing} asked={{ title: "T4", then: ["2M9Q", "8WX3"], go: "7KQ2", act: refused("step_up_needed") }} />),
  issuing: inside("batch", APPROVER, batch(LONG_BATCH)),
  paused: inside("batch", ADMIN, batch({ ...LONG_BATCH, progress: LONG_BATCH.progress ? { ...LONG_BATCH.progress, paused: true, rate: 0, secondsLeft: null } : null })),
  done: inside("batch", OFFICER, batch({ ...LONG_BATCH, state: "done", sealed: 20_000, cardParts: 400 })),
  people: inside("people", OFFICER, {}, <Found people={[PERSON, { ...PERSON, id: "p2" }]} />),
  "people-none": inside("people", OFFICER, {}, <Found people={[]} />),
  person: inside("person", OFFICER),
  offer: inside("people", OFFICER, {}, <OfferDialog offer={{ code: "7KQ2M8XW4T", pin: "402913", expiresAt: "2026-12-20T15:42:00Z" }} close={nothing} />),
  slip: inside("people", OFFICER, {}, <SlipDialog run={{ ...RUN, batch: null, made: 1, leftOut: 0, ended: 0, parts: 1, next: null }} close={nothing} />),
  "slip-none": inside("people", OFFICER, {}, <SlipDialog run={{ ...RUN, batch: null, made: 0, parts: 0 }} close={nothing} />),
  "person-new": inside("person", OFFICER, { person: () => Promise.resolve({ ...PERSON, offers: [], amendments: [{ ...CORRECTED, replacement: ONE.id }] }) }),
  ...Object.fromEntries((["revoke", "suspend", "lift", "replace"] as const).map((act) => (
    [`act-${act}`, inside("people", OFFICER, {}, <ActDialog one={ONE} act={act} change={nothing} close={nothing} done={nothing} />)]
  ))),
  acts: inside("acts", APPROVER),
  "acts-empty": inside("acts", OFFICER, { acts: () => Promise.resolve({ items: [], next: null }) }),
  amendments: inside("amendments", APPROVER),
  "amendments-none": inside("amendments", OFFICER, { amendments: () => Promise.resolve({ items: [], next: null }) }),
  amend: inside("people", OFFICER, {}, <AmendDialog one={ONE} close={nothing} done={nothing} />),
  disputes: inside("disputes", OFFICER),
  "disputes-empty": inside("disputes", OFFICER, { disputes: () => Promise.resolve({ items: [], next: null }) }),
  dispute: inside("dispute", OFFICER),
  bulks: inside("bulks", OFFICER),
  "bulks-empty": inside("bulks", OFFICER, { many: () => Promise.resolve({ items: [], next: null }) }),
  bulkask: inside("bulkask", OFFICER, {}, null, ""),
  "bulkask-batch": inside("bulkask", OFFICER, {}, null, `batch ${BATCH.id}`),
  "bulkask-counted": inside("disputes", OFFICER, {}, <Propose asked={{ act: "revoke", reason: "fraud", chosen: { way: "batch", batch: BATCH.id } }} check={BULK} />),
  bulk: inside("bulk", APPROVER),
  "bulk-under-way": inside("bulk", APPROVER, { manyOne: () => Promise.resolve({ ...BULK, ...DONE_BY, state: "approved" }), watchMany: () => new Promise(nothing) }),
  "bulk-word": inside("bulk", { ...APPROVER, roles: ["approver", "issuer_admin"] }, { manyOne: () => Promise.resolve(WAITING) }),
  "bulk-done": inside("bulk", OFFICER, { manyOne: () => Promise.resolve({ ...BULK, ...DONE_BY, act: "suspend", state: "done", notice: { untold: 12, parts: 3 } }) }),
  "bulk-revoked": inside("bulk", OFFICER, { manyOne: () => Promise.resolve({ ...BULK, ...DONE_BY, act: "revoke", reason: "fraud", state: "done", notice: { untold: 12, parts: 3 } }) }),
  "bulkask-replace": inside("disputes", OFFICER, {}, <Propose asked={{ act: "replace", reason: "key_compromise", chosen: { way: "batch", batch: BATCH.id } }} check={REPLACING} />),
  "bulk-replaced": inside("bulk", OFFICER, { manyOne: () => Promise.resolve({ ...REPLACING, ...DONE_BY, state: "done", applied: 3118, cardParts: 63, notice: { untold: 3118, parts: 63 } }) }),
  "bulk-stopped": inside("bulk", OFFICER, { manyOne: () => Promise.resolve({ ...REPLACING, ...DONE_BY, state: "stopped", stopped: "2026-11-23T15:00:00Z", stoppedBy: "marta lozano (demo)", applied: 1024, cardParts: 21, notice: { untold: 1024, parts: 21 } }) }),
  "bulk-announced": inside("bulk", { ...OFFICER, roles: ["officer", "approver"], person: "marta lozano (demo)" }, { manyOne: () => Promise.resolve({ ...BULK, ...DONE_BY, state: "announced", wait: MANY_UNTOLD }) }),
  "bulk-told": inside("bulk", APPROVER, { manyOne: () => Promise.resolve({ ...BULK, ...DONE_BY, state: "announced", wait: { ...MANY_UNTOLD, phase: "told", untold: 0, due: "2026-11-28T05:00:00Z" } }) }),
  "notice-tell": inside("disputes", OFFICER, {}, <Tell announced close={nothing} tell={refused("step_up_needed")} />),
  "notice-withdraw": inside("disputes", APPROVER, {}, <Withdraw close={nothing} withdraw={refused("step_up_needed")} />),
  "person-approver": inside("person", APPROVER),
  "key-suspend": inside("keys", ADMIN, {}, <SuspendKey id="did:web:formacion.demo.puente.example#k1" close={nothing} done={nothing} />),
  papers: inside("papers", OFFICER),
  "papers-empty": inside("papers", OFFICER, { slipRuns: () => Promise.resolve({ items: [], next: null }) }),
  slips: inside("slips", OFFICER),
  correct: inside("correct", OFFICER),
  reissues: inside("reissues", { ...OFFICER, roles: ["officer", "approver"], person: "marta lozano (demo)" }),
  "reissues-empty": inside("reissues", OFFICER, { reissues: () => Promise.resolve({ items: [], next: null }) }),
  reissue: inside("people", OFFICER, {}, <ReissueDialog one={ONE} close={nothing} done={nothing} />),
  numbers: inside("numbers", ADMIN),
  "numbers-overdue": inside("numbers", ADMIN, { numbers: () => Promise.resolve({ ...NUMBERS, isOverdue: true }) }),
  "numbers-empty": inside("numbers", ADMIN, { numbers: () => Promise.resolve({ ...NUMBERS, issued: null, byDay: [], byCentre: [], byType: [] }) }),
  audit: inside("audit", AUDITOR),
  "audit-empty": inside("audit", AUDITOR, { audit: () => Promise.resolve({ items: [], next: null }) }),
  staff: inside("staff", ADMIN),
  invitation: inside("staff", ADMIN, {}, <InvitationDialog invitation={{ id: "i", code: "4T7K-2M9Q-8WX3-5HJR", opens: "2026-11-20T15:42:00Z", expires: "2026-11-27T15:42:00Z" }} close={nothing} />),
  keys: inside("keys", ADMIN),
  "keys-none": inside("keys", ADMIN, { keys: () => Promise.resolve({ items: [], next: null }) }),
  "key-told": inside("keys", ADMIN, {}, <ToldDialog title="T4" say="2M9Q" text="pte_demo_7KQ2M8XW_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG_1a2b3c" close={nothing} />),
  keepers: inside("keepers", KEEPER),
  "keepers-word": inside("keepers", KEEPER, {}, <WordDialog close={nothing} done={nothing} />),
  "bulk-word-asked": inside("bulk", APPROVER, { manyOne: () => Promise.resolve(worded({ askedBy: "irene gil (demo)", approvals: 1, needed: 2, given: false })), watchMany: () => new Promise(nothing) }),
  "bulk-word-said": inside("bulk", OFFICER, { manyOne: () => Promise.resolve(worded({ askedBy: null, approvals: 2, needed: 2, given: true })), watchMany: () => new Promise(nothing) }),
  "bulk-word-given": inside("bulk", APPROVER, { manyOne: () => Promise.resolve(WAITING) }),
  "keepers-none": inside("keepers", KEEPER, { registryChanges: () => Promise.resolve({ items: [], next: null }), unconfirmed: () => Promise.resolve([]) }),
  hooks: inside("hooks", ADMIN),
  "hooks-none": inside("hooks", ADMIN, { hooks: () => Promise.resolve([]) }),
  sessions: inside("sessions", OFFICER),
  "confirm-typed": inside("cohorts", { ...OFFICER, passkeys: 0 }, {}, <Confirm close={nothing} asked={{ title: "T4", then: ["2M9Q", "8WX3"], go: "7KQ2", act: refused("step_up_needed") }} />),
  "dispute-decided": inside("dispute", APPROVER, { dispute: () => Promise.resolve(DECIDED) }),
};

function show(): void {
  const [name = "signin", wanted] = location.hash.slice(1).split("/");
  const language: Language = wanted === "en" ? "en" : "es";
  const scene = SCENES[name];
  const root = document.getElementById("app");
  if (scene === undefined || root === null) throw new Error(`no scene ${name}`);
  document.documentElement.lang = language;
  render(<PlaceContext.Provider value={{ page: "issuer", language }} key={location.hash}>{scene()}</PlaceContext.Provider>, root);
}
learn("en", en);
(globalThis as { scenes?: readonly string[] }).scenes = Object.keys(SCENES);
addEventListener("hashchange", show);
show();
