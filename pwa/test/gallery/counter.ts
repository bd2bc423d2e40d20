/** A written world for the console's gallery: people, batches, rows. Nobody in it is real; what is asked is answered at once. */
import type { CounterPorts, Entry, Server } from "../../src/stories/issuer/ports.ts";
import type { ActLine, Amendment, AuditLine, Batch, BatchType, Bulk, Credential, Dispute, Finding, HookLine, KeyLine, Me, Numbers, PersonFile, RegistryLine, Reissue, SigningKey, SlipRun, StaffLine, Wait, Waits } from "../../src/stories/issuer/wire.ts";

export const NOW = Date.parse("2026-11-20T15:42:00Z");
const day = (hour: number): string => `2026-11-20T${hour}:42:00Z`;

export function me(...roles: readonly string[]): Me {
  return {
    person: roles.includes("officer") ? "óscar rueda (demo)" : "marta lozano (demo)", roles, issuer: "formacion", centre: "D101", passkeys: 2,
    stepUpUntil: null, idleUntil: day(16), endsAt: day(23),
  };
}

export const BATCH: Batch = {
  id: "9fK2mQx7RkW3bT5hLpZc1A", type: "C06", source: "cohort", state: "checked",
  file: { form: "csv", encoding: "utf-8", bom: false, separator: ",", lineEnding: "lf", sha256: "ab".repeat(32) }, warnings: [],
  issue: 162, skip: 31, error: 7, digest: "3f9c01d2".repeat(8), preparedBy: "óscar rueda (demo)", prepared: day(15), releasedBy: null, released: null,
  norm: { code: "290801106", version: 1, title: "Manipular alimentos de acuerdo con procedimiento técnico y normativa de alimentos", titleEn: "Handle food following technical procedure and food rules" }, centre: "D101",
  promised: 0, title: "Certificado de competencia laboral (NSCL)", titleEn: "Labour competence certificate (NSCL)", alreadyIssued: 0, warned: 0, toMend: 7, sealed: 0, cardParts: 0, paused: false, twin: true,
};
export const LONG_BATCH: Batch = { ...BATCH, issue: 20_000, skip: 1240, error: 300, toMend: 300, state: "released", releasedBy: "marta lozano (demo)", released: day(15), promised: 8192, sealed: 7412,
  progress: {
    rows: 20_000, promised: 8192, sealed: 7412, faults: 0, rate: 5100, secondsLeft: 3, paused: false,
    chunks: Array.from({ length: 80 }, (_, place) => ({ first: place * 250, size: 250, state: place < 30 ? "sealed" : place < 32 ? "promised" : "waiting" })),
  },
};

const row = (at: number, code: string, column: string | null, sentence: string, mend: string): Finding => ({
  row: at + 1, outcome: "error", code, column, warnings: [], sentence, mend,
});
export const FINDINGS: readonly Finding[] = [
  row(18, "NORM_CODE_FORMAT", "Código Norma", "El código de norma debe tener nueve dígitos y empezar por 2.", "Copie el código de la ficha de la norma."),
  row(37, "DUPLICATE_ROW", null, "Esta fila repite la fila 36.", "Borre una de las dos."),
  row(121, "FORMULA_INJECTION", "Nombre", "La celda empieza con un signo que una hoja de cálculo ejecutaría.", "Quite el signo inicial en el sistema de origen y exporte otra vez."),
  ...[130, 131, 132, 133].map((at) => row(at, "NORM_CODE_FORMAT", "Código Norma", "El código de norma debe tener nueve dígitos y empezar por 2.", "Copie el código de la ficha de la norma.")),
];

const NAME = "José Gregorio del Corazón de Jesús Pérez-Peña Urdaneta";
const credential = (id: string, state: Credential["state"], norm: string): Credential => ({
  id, type: "C06", title: "Manipular alimentos de acuerdo con procedimiento técnico y normativa de alimentos", name: NAME, norm, normVersion: 1,
  level: "Intermedio", issued: day(15), state, batch: BATCH.id, correctable: ["norm", "documentNumber", "surnames", "names", "judgement", "normVersion"], badge: state === "valid" ? "Wd4mQ0xxTp81Bb2nLw6YfA" : null,
});
export const ONE = credential("c1", "valid", "290801106");
export const ACT: ActLine = {
  id: "a1", credential: "c1aaaaaaaaaaaaaaaaaaaa", act: "revoke", reason: "superseded", state: "proposed", proposedBy: "óscar rueda (demo)", proposed: day(15),
  decidedBy: null, decided: null,
};
const APPROVED = { state: "approved", decidedBy: "marta lozano (demo)", decided: day(16) } as const;
const UNTOLD: Wait = { phase: "untold", told: null, way: null, answerBy: null, due: null, calendarKnown: true, ended: null, endedBy: null };
const TOLD: Wait = { ...UNTOLD, phase: "told", told: day(16), way: "paper", answerBy: "2026-11-23", due: "2026-11-24T05:00:00Z", calendarKnown: false };
const ALONE: Wait = { ...UNTOLD, phase: "unconfirmed", due: day(16) };
const REISSUE: Reissue = {
  id: "r1", credential: "c1", seen: ["document", "recovery_sheet"], state: "proposed", proposedBy: "óscar rueda (demo)", proposed: day(11), decidedBy: null, decided: null,
  readyAt: null, replacement: null,
};
const AMENDMENT: Amendment = {
  id: "m1", credential: "c1aaaaaaaaaaaaaaaaaaaa", state: "proposed", correction: { names: "Yuleisy" }, present: { names: "Yuleisi" }, replacement: null, proposedBy: "óscar rueda (demo)", proposed: day(11), decidedBy: null, decided: null,
};
export const CORRECTED: Amendment = { ...AMENDMENT, ...APPROVED, correction: null, replacement: "c1" };
const LINES: readonly AuditLine[] = [
  { n: 1204, at: day(15), actor: "marta lozano (demo)", act: "batch_released", object: "9fK2mQx7RkW3bT5hLpZc1A", hash: "3f9c01d2".repeat(8) },
  { n: 1203, at: day(14), actor: "óscar rueda (demo)", act: "revoke_proposed", object: "Zk3mQ0xxTp81Bb2nLw6YfA", hash: "3f9c01d2".repeat(8) },
  { n: 1202, at: day(13), actor: "house", act: "status_published", object: "formacion", hash: "3f9c01d2".repeat(8) },
];
export const BULK: Bulk = {
  id: "b1aaaaaaaaaaaaaaaaaaaa", act: "revoke", reason: "authority_decision", way: "batch 9fK2mQx7RkW3bT5hLpZc1A", batch: BATCH, count: 3120, applied: 1240,
  leftOut: { already: 12, disputed: 1, unsealed: 0, suspended: 0, superseded: 0, waits: 0 }, digest: "3f9c01d2".repeat(8), state: "proposed", proposedBy: "óscar rueda (demo)", proposed: day(14), decidedBy: null, decided: null,
  lists: [
    { number: 3, purpose: "revocation", changes: 6240, share: 4.761, recent: 20, needsWord: true, hash: null },
    { number: 4, purpose: "suspension", changes: 40, share: 0.031, recent: 0, needsWord: false, hash: null },
  ],
};
export const RUN: SlipRun = {
  id: "s1aaaaaaaaaaaaaaaaaaaa", batch: BATCH, made: 4980, leftOut: 20, ended: 12, parts: 50, madeBy: "óscar rueda (demo)", madeAt: day(14), expiresAt: "2026-12-20T15:42:00Z", next: 5000,
};
export const NUMBERS: Numbers = {
  issued: 9425, revoked: 15, suspended: null, disputesOpen: 10, disputesAnswered: 40, isOverdue: false,
  byDay: Array.from({ length: 20 }, (_, place) => ({ group: `2026-11-${String(place + 1).padStart(2, "0")}`, issued: place % 7 === 0 ? null : 40 * place + 5 })),
  byCentre: [{ group: "", issued: 1985 }, { group: "D101", issued: 4120 }, { group: "D102", issued: 2310 }, { group: "D103", issued: null }],
  byType: [
    { group: "C06", issued: 9130, title: "Certificado de competencia laboral (NSCL)", titleEn: "Labour competence certificate (NSCL)" },
    { group: "C08", issued: 295, title: "Certificado de formación complementaria", titleEn: "Short training certificate" },
    { group: "C19", issued: null, title: "Constancia de formación emprendedora", titleEn: "Entrepreneurship training record" },
  ],
};
const NOTHING_WAITS: Waits = { batches: 0, acts: 0, bulkActs: 0, amendments: 0, decisions: 0, reissues: 0, untold: 0, untoldMany: 0, disputes: 0 };
/** As the server counts: to decide for who approves, to tell and to answer for who prepares. */
export function waitsOf({ roles }: Me): Waits {
  return {
    ...NOTHING_WAITS, ...(roles.includes("approver") ? { batches: 1, acts: 12, bulkActs: 1, reissues: 1 } : {}), ...(roles.includes("officer") ? { untold: 3, disputes: 2 } : {}),
  };
}
export const PERSON: PersonFile = {
  id: "p1", name: NAME, document: "…3457", credentials: [ONE, credential("c2", "suspended", "210601027"), credential("c3", "revoked", "220601038"), credential("c4", "replaced", "220601038")],
  acts: [ACT, { ...ACT, ...APPROVED, id: "a2", act: "suspend" }, { ...ACT, ...APPROVED, id: "a4", reason: "duplicate", wait: TOLD }],
  offers: [
    { credential: "c1", madeBy: "óscar rueda (demo)", expiresAt: day(20), usedAt: null, tries: 0, stands: true },
    { credential: "c1", madeBy: "óscar rueda (demo)", expiresAt: day(20), usedAt: day(16), tries: 1, stands: true },
  ],
  disputes: [], reissues: [REISSUE], amendments: [{ ...AMENDMENT, credential: "c1" }],
};
export const DISPUTE: Dispute = {
  id: "d1", credential: "c1", state: "open", kind: "name", text: "Falta una letra.", name: "Yuleisy Rojas Peña", opened: day(15), answerBy: "2026-12-11T15:42:00Z", answeredAt: null, decisions: [], replacement: null,
};
export const DECIDED: Dispute = {
  ...DISPUTE,
  decisions: [{ id: "x1", decision: "correct", sentence: "Ya está corregido.", correction: { names: "Yuleisy" }, present: { names: "Yuleisi" }, state: "proposed", proposedBy: "óscar rueda (demo)", proposed: day(16), decidedBy: null, decided: null }],
};

const STAFF: readonly StaffLine[] = [
  { id: "1", person: "irene cano (demo)", roles: ["issuer_admin"], issuer: "formacion", centre: null, state: "active", letInBy: "operator", passkeys: 2, invited: day(10) },
  { id: "2", person: "óscar rueda (demo)", roles: ["officer", "analyst"], issuer: "formacion", centre: "D101", state: "invited", letInBy: null, passkeys: 0, invited: day(12) },
  { id: "3", person: "olga ríos (demo)", roles: ["officer"], issuer: "formacion", centre: "D102", state: "ended", letInBy: "operator", passkeys: 1, invited: day(12) },
  { id: "4", person: "rosa gil (demo)", roles: ["approver"], issuer: "formacion", centre: "D101", state: "waiting", letInBy: "irene cano (demo)", passkeys: 2, invited: day(12) },
  { id: "5", person: "luis mora (demo)", roles: ["officer"], issuer: "formacion", centre: "D101", state: "waiting", letInBy: "nora vera (demo)", passkeys: 1, invited: day(12) },
];
const KEYS: readonly KeyLine[] = [
  { id: "k1", label: "SECCL (DEMO)", person: "irene cano (demo)", roles: ["officer"], scopes: ["batch:create", "batch:read"], centre: null, created: day(10), expires: day(20), lastDay: null, ended: null },
  { id: "k2", label: null, person: "irene cano (demo)", roles: ["approver"], scopes: null, centre: null, created: day(10), expires: day(20), lastDay: null, ended: day(12) },
];

const CHANGES: readonly RegistryLine[] = [
  { id: "g1", change: { kind: "approve_list", issuer: "formacion", number: 3, hash: "3f9c01d2".repeat(8) }, stage: "proposed", approvals: 1, needed: 2, event: null, proposedBy: "nelly páez (demo)", proposed: day(14), agreed: false },
  { id: "g2", change: { kind: "set_key_state", id: "did:web:formacion.demo.puente.example#k2", state: "active", frozenSize: null, frozenRoot: null }, stage: "proposed", approvals: 1, needed: 3, event: null, proposedBy: "irene cano (demo)", proposed: day(12), agreed: true },
  { id: "g3", change: { kind: "register_issuer", id: "acoge", did: "did:web:acoge.demo.puente.example", host: "acoge.demo.puente.example", nameEs: "Fundación Acoge (DEMO)", nameEn: "Acoge Foundation (DEMO)", tier: "T2", country: "CO", scope: [{ type: "SkillPass", scheme: "*" }] }, stage: "proposed", approvals: 0, needed: 2, event: null, proposedBy: "camilo rey (demo)", proposed: day(11), agreed: false },
];
const SIGNING: readonly SigningKey[] = (["active", "retired", "announced"] as const).map((state, place) => ({
  id: `did:web:formacion.demo.puente.example#k${place + 1}`, publicKeyMultibase: "z6Mk", state, paused: place === 1, issuer: "formacion", issuerNameEs: "Servicio de Formación (DEMO)", issuerNameEn: "Training Service (DEMO)", notBefore: day(10), notAfter: "2027-11-20T15:42:00Z",
}));
const HOOKS: readonly HookLine[] = [
  { id: "h1", url: "https://sistema.sena.example/puente/avisos", events: ["batch.done", "credentials.issued"], created: day(10), answered: day(15), tries: 0, failed: null, stopped: null, paused: false },
  { id: "h3", url: "https://archivo.sena.example/puente", events: ["credentials.issued"], created: day(10), answered: day(13), tries: 2, failed: "status_503", stopped: day(14), paused: true },
  { id: "h2", url: "https://nomina.example/avisos", events: ["status.published"], created: day(10), answered: null, tries: 14, failed: "refused", stopped: day(14), paused: false },
];

const paper = (): Promise<Blob> => Promise.resolve(new Blob(["%PDF-"], { type: "application/pdf" }));
const never = (): never => {
  throw new Error("the gallery asks for nothing here");
};
const ENTRY: Entry = {
  me: () => Promise.resolve(me("officer")), stillIn: () => Promise.resolve(me("officer")), byPasskey: never, byPassword: never, stepUp: never, stepUpByPassword: never, leave: () => Promise.resolve(), openInvitation: never,
  addPasskey: never, choosePassword: never, confirmTotp: never, onEnded: () => () => undefined, endsAt: () => NOW + 3_600_000,
};
const column = (es: string): { es: string; en: string } => ({ es, en: es });
export const TYPES: readonly BatchType[] = [
  { type: "C06", source: "cohort", title: "Certificado de competencia laboral (NSCL)", titleEn: "Labour competence certificate (NSCL)", must: [column("Código Norma")], may: [], ready: true },
  { type: "C08", source: "form", title: "Certificado de formación complementaria", titleEn: "Short training certificate", must: ["Nombre completo", "Documento", "Fecha", "Código"].map(column), may: ["Horas", "Número de certificado"].map(column), ready: true },
  { type: "C01", source: "form", title: "Permiso por Protección Temporal (PPT)", titleEn: "Temporary Protection Permit (PPT)", must: ["Nombre completo"].map(column), may: [], ready: false },
];
const SERVER: Server = {
  types: () => Promise.resolve(TYPES), checkRows: never,
  batches: () => Promise.resolve({ items: [BATCH, { ...BATCH, id: "Zk", state: "proposed", corrects: BATCH.id }, { ...LONG_BATCH, id: "Qr" }, { ...BATCH, id: "Tt", state: "done", norm: { code: "290899999", version: 2, title: null, titleEn: null } }, { ...BATCH, id: "Uu", state: "refused", norm: null, centre: null, preparedBy: "oscar@formacion" }], next: "more" }),
  batch: () => Promise.resolve(BATCH),
  watch: () => Promise.resolve(LONG_BATCH),
  check: never,
  norms: never,
  correct: never,
  wrongRows: never,
  discard: never,
  mending: () => Promise.resolve({ parent: null, corrections: [{ batch: { ...BATCH, id: "Zk3mQ0xxTp81Bb2nLw6YfA", issue: 3, skip: 0, error: 0 }, mended: [18, 37, 121] }] }),
  numbers: () => Promise.resolve(NUMBERS),
  waiting: () => Promise.resolve(NOTHING_WAITS),
  audit: () => Promise.resolve({ items: LINES, next: "3" }),
  findings: (_batch, outcome) => Promise.resolve({ items: outcome === "error" ? FINDINGS : [], next: null }),
  sample: () => Promise.resolve([4, 9, 22, 55].map((row) => ({ row, claims: { name: NAME, idTail: "3457", norm: 290801106, normVersion: 1, level: "intermedio" }, achieved: "2026-10-28" }))),
  propose: never,
  release: never,
  refuse: never,
  pause: never,
  resume: never,
  search: never,
  named: (credentials) => Promise.resolve([{ id: "p1", name: NAME, document: "…3457", credentials: credentials.filter((id) => id !== "c7aaaaaaaaaaaaaaaaaaaa").map((id) => ({ ...ONE, id })) }]),
  person: () => Promise.resolve({ ...PERSON, disputes: [DISPUTE] }),
  signed: never,
  acts: () => Promise.resolve({ items: [ACT, { ...ACT, id: "a3", act: "suspend", reason: "fraud", wait: ALONE }], next: null }),
  announced: (phase) => Promise.resolve({ items: [{ ...ACT, ...APPROVED, id: `a-${phase}`, wait: phase === "told" ? TOLD : UNTOLD }, ...(phase === "told" ? [] : [{ ...ACT, ...APPROVED, id: "a-suspended", act: "suspend" as const, notice: { told: null, way: null } }])], next: null }),
  printNotice: never,
  tellAct: never,
  withdrawAct: never,
  suspendAlone: never,
  proposeAct: never,
  approveAct: never,
  refuseAct: never,
  disputes: () => Promise.resolve({ items: [DISPUTE, { ...DECIDED, id: "d2", opened: "2026-10-20T15:42:00Z", answerBy: "2026-11-10T15:42:00Z" }], next: null }),
  dispute: () => Promise.resolve(DISPUTE),
  proposeDecision: never,
  approveDecision: never,
  refuseDecision: never,
  checkMany: () => Promise.resolve(BULK),
  many: () => Promise.resolve({ items: [BULK, { ...BULK, id: "b2", act: "suspend", way: "norm 290801106 2026-11-01 2026-11-20", batch: null, state: "done" }, { ...BULK, id: "b3", way: "documents 12", batch: null, state: "waiting" }], next: null }),
  manyOne: () => Promise.resolve(BULK),
  members: () => Promise.resolve({ items: [18, 37, 121].map((row) => ({ id: `${row}aaaaaaaaaaaaaaaaaaaaaa`, row })), next: "3" }),
  manySample: () => Promise.resolve([4, 9, 22].map((row) => ({ id: `${row}aaaaaaaaaaaaaaaaaaaaaa`, row, claims: { name: NAME, idTail: "3457", hours: 40, skills: [12, 14], certificate: "000123" } }))),
  watchMany: () => Promise.resolve(BULK),
  proposeMany: never,
  approveMany: never,
  refuseMany: never,
  printNotices: paper,
  tellMany: never,
  withdrawMany: never,
  stopMany: never,
  askWord: never,
  slipRuns: () => Promise.resolve({ items: [RUN, { ...RUN, id: "s2", batch: null, made: 1, parts: 1, next: null }], next: null }),
  slipRun: () => Promise.resolve(RUN),
  makeSlips: never,
  printClaims: paper,
  printPins: never,
  pinMessages: never,
  printCards: never,
  printNew: never,
  printCard: never,
  amendments: () => Promise.resolve({ items: [AMENDMENT, { ...AMENDMENT, id: "m2", state: "approved", correction: null, present: null, replacement: "c9aaaaaaaaaaaaaaaaaaaa", decidedBy: "marta lozano (demo)", decided: day(16) }], next: null }),
  proposeAmendment: never,
  approveAmendment: never,
  refuseAmendment: never,
  reissues: () => Promise.resolve({ items: [REISSUE, { ...REISSUE, id: "r2", state: "approved", decidedBy: "marta lozano (demo)", decided: day(12), readyAt: day(14) }, { ...REISSUE, id: "r3", state: "done" }], next: null }),
  proposeReissue: never,
  approveReissue: never,
  refuseReissue: never,
  offerReissue: never,
  staff: () => Promise.resolve({ items: STAFF, next: null }),
  inviteStaff: never,
  resetStaff: never,
  endStaff: never,
  unconfirmed: () => Promise.resolve(STAFF.filter(({ state }) => state === "waiting")),
  confirmStaff: never,
  registryChanges: () => Promise.resolve({ items: CHANGES, next: null }),
  signingKeys: () => Promise.resolve({ items: SIGNING, next: null }), suspendKey: never, approveRegistryChange: never,
  sessions: () => Promise.resolve([{ id: "s1", began: day(14), seen: day(15), isThis: true }, { id: "s2", began: day(12), seen: day(13), isThis: false }]),
  endSession: never,
  keys: () => Promise.resolve({ items: KEYS, next: null }),
  makeKey: never,
  endKey: never,
  hooks: () => Promise.resolve(HOOKS),
  addHook: never,
  tryHook: never,
  turnHook: never,
  removeHook: never,
};

/** What was saved, in turn, for who looks from outside. */
const saving = globalThis as { saved?: string[] };

export function portsOf(server: Partial<Server> = {}): CounterPorts {
  return {
    entry: ENTRY, server: { ...SERVER, ...server }, trail: { at: () => ({ view: "", id: "" }), go: () => undefined, onMove: () => () => undefined },
    now: () => NOW, saveFile: (name) => { (saving.saved ??= []).push(name); }, languages: ["es", "en"], speakIn: () => Promise.resolve(),
  };
}
