/** What the console asks of the issuer: one line a route of the OpenAPI document. */
import type { BatchServer, ChangeServer, FigureServer, ManyServer, PaperServer, PeopleServer, RegistryServer, Server, StaffServer } from "../../stories/issuer/ports.ts";
import { Refusal } from "../../stories/issuer/ports.ts";
import { type Console, QUIETLY } from "./client.ts";

const MOST = 100;
const asFile = { parseAs: "blob" } as const;
const SPREADSHEET = /\.xlsx$/i;

export function serverOf(desk: Console): Server {
  return { ...figures(desk), ...batches(desk), ...people(desk), ...changes(desk), ...many(desk), ...papers(desk), ...staff(desk), ...registry(desk) };
}

function figures(desk: Console): FigureServer {
  const { client } = desk;
  return {
    audit: (after) => desk.ask(client.GET("/v1/issuer/audit", { params: { query: { ...(after === "" ? {} : { after: Number(after) }), limit: MOST } } })),
    waiting: () => desk.ask(client.GET("/v1/issuer/waiting", QUIETLY)),
    numbers: () => desk.ask(client.GET("/v1/issuer/numbers")),
  };
}

function batches(desk: Console): BatchServer {
  const { client } = desk;
  const of = (batch: string) => ({ params: { path: { batch } } });
  return {
    batches: (after) => desk.ask(client.GET("/v1/issuer/batches", { params: { query: { after, limit: MOST } } })),
    batch: (batch) => desk.ask(client.GET("/v1/issuer/batches/{batch}", of(batch))),
    watch: (batch) => desk.ask(client.GET("/v1/issuer/batches/{batch}", { ...of(batch), ...QUIETLY })),
    check: (file, { asOf, documentType, norms, twin }) => desk.ask(client.POST("/v1/issuer/batches", {
      params: { query: { asOf, documentType, twin, normVersion: norms.map(({ code, version }) => `${code}:${version}`) } },
      ...sent(file),
    })),
    types: async () => (await desk.ask(client.GET("/v1/issuer/batches/types"))).items,
    checkRows: (file, query) => desk.ask(client.POST("/v1/issuer/batches/forms", { params: { query }, ...sent(file) })),
    norms: async (file) => (await desk.ask(client.POST("/v1/issuer/batches/norms", sent(file)))).norms,
    correct: (batch, file) => desk.ask(client.POST("/v1/issuer/batches/{batch}/corrections", { ...of(batch), ...sent(file) })),
    discard: (batch) => desk.tell(client.DELETE("/v1/issuer/batches/{batch}", of(batch))),
    wrongRows: (batch) => desk.ask(client.GET("/v1/issuer/batches/{batch}/wrong-rows", { ...of(batch), ...asFile })),
    mending: (batch) => desk.ask(client.GET("/v1/issuer/batches/{batch}/corrections", of(batch))),
    findings: (batch, found, after) => desk.ask(client.GET("/v1/issuer/batches/{batch}/findings", {
      params: { path: { batch }, query: { ...(found === "warned" ? { warned: true } : { outcome: found }), after: Number(after), limit: MOST } },
    })),
    sample: async (batch) => (await desk.ask(client.GET("/v1/issuer/batches/{batch}/sample", of(batch)))).rows,
    propose: (batch) => desk.ask(client.POST("/v1/issuer/batches/{batch}/proposal", of(batch))),
    release: (batch, digest, compared) => (
      desk.ask(client.POST("/v1/issuer/batches/{batch}/release", { ...of(batch), body: { digest, acceptErrors: true, compared: [...compared] } }))
    ),
    refuse: (batch) => desk.ask(client.POST("/v1/issuer/batches/{batch}/refusal", of(batch))),
    pause: (batch) => desk.ask(client.POST("/v1/issuer/batches/{batch}/pause", of(batch))),
    resume: (batch) => desk.ask(client.POST("/v1/issuer/batches/{batch}/resume", of(batch))),
  };
}

function people(desk: Console): PeopleServer {
  const { client } = desk;
  return {
    search: async (text, after) => {
      const { people: items, next } = await desk.ask(client.POST("/v1/issuer/searches", { body: { text, after: after === "" ? null : after } }));
      return { items, next };
    },
    named: async (credentials) => (await desk.ask(client.POST("/v1/issuer/people", { body: { credentials: [...credentials] } }))).people,
    person: (person) => desk.ask(client.POST("/v1/issuer/people/{person}", { params: { path: { person } } })),
    signed: (credential) => desk.ask(client.GET("/v1/issuer/credentials/{credential}", { params: { path: { credential } }, parseAs: "blob" })),
  };
}

function changes(desk: Console): ChangeServer {
  const { client } = desk;
  const once = onceEach();
  const act = (id: string) => ({ params: { path: { act: id } } });
  const amendment = (id: string) => ({ params: { path: { amendment: id } } });
  const reissue = (id: string) => ({ params: { path: { reissue: id } } });
  const decision = (id: string) => ({ params: { path: { decision: id } } });
  return {
    acts: (after) => desk.ask(client.GET("/v1/issuer/acts", { params: { query: { state: "proposed", after, limit: MOST } } })),
    proposeAct: (credential, body) => once(["act", credential, body], (header) => (
      desk.ask(client.POST("/v1/issuer/credentials/{credential}/acts", { params: { path: { credential }, header }, body }))
    )),
    approveAct: (id) => desk.ask(client.POST("/v1/issuer/acts/{act}/approval", act(id))),
    refuseAct: (id) => desk.ask(client.POST("/v1/issuer/acts/{act}/refusal", act(id))),
    announced: (phase, after) => desk.ask(client.GET("/v1/issuer/acts", { params: { query: { phase, after, limit: MOST } } })),
    printNotice: (id) => desk.maybe(client.POST("/v1/issuer/acts/{act}/notice", { ...act(id), ...asFile })),
    tellAct: (id, way) => desk.ask(client.POST("/v1/issuer/acts/{act}/telling", { ...act(id), body: { way } })),
    withdrawAct: (id) => desk.ask(client.POST("/v1/issuer/acts/{act}/withdrawal", act(id))),
    suspendAlone: (credential) => once(["suspend", credential], (header) => (
      desk.ask(client.POST("/v1/issuer/credentials/{credential}/suspensions", { params: { path: { credential }, header }, body: {} }))
    )),
    disputes: (after) => desk.ask(client.GET("/v1/issuer/disputes", { params: { query: { state: "open", after, limit: MOST } } })),
    dispute: (dispute) => desk.ask(client.GET("/v1/issuer/disputes/{dispute}", { params: { path: { dispute } } })),
    proposeDecision: (dispute, body) => once(["decision", dispute, body], (header) => (
      desk.ask(client.POST("/v1/issuer/disputes/{dispute}/decisions", { params: { path: { dispute }, header }, body }))
    )),
    approveDecision: (id) => desk.ask(client.POST("/v1/issuer/decisions/{decision}/approval", decision(id))),
    refuseDecision: (id) => desk.ask(client.POST("/v1/issuer/decisions/{decision}/refusal", decision(id))),
    amendments: (after) => desk.ask(client.GET("/v1/issuer/amendments", { params: { query: { after, limit: MOST } } })),
    proposeAmendment: (credential, correction) => once(["amendment", credential, correction], async (header) => (
      void await desk.ask(client.POST("/v1/issuer/credentials/{credential}/amendments", { params: { path: { credential }, header }, body: { correction } }))
    )),
    approveAmendment: async (id) => void await desk.ask(client.POST("/v1/issuer/amendments/{amendment}/approval", amendment(id))),
    refuseAmendment: async (id) => void await desk.ask(client.POST("/v1/issuer/amendments/{amendment}/refusal", amendment(id))),
    reissues: (after) => desk.ask(client.GET("/v1/issuer/reissues", { params: { query: { after, limit: MOST } } })),
    proposeReissue: (credential, body) => once(["reissue", credential, body], (header) => (
      desk.ask(client.POST("/v1/issuer/credentials/{credential}/reissues", { params: { path: { credential }, header }, body }))
    )),
    approveReissue: (id) => desk.ask(client.POST("/v1/issuer/reissues/{reissue}/approval", reissue(id))),
    refuseReissue: (id) => desk.ask(client.POST("/v1/issuer/reissues/{reissue}/refusal", reissue(id))),
    offerReissue: (id) => once(["offer", id], (header) => desk.ask(client.POST("/v1/issuer/reissues/{reissue}/offers", { params: { path: { reissue: id }, header } }))),
  };
}

function papers(desk: Console): PaperServer {
  const { client } = desk;
  const once = onceEach();
  const part = (slips: string, number: number) => ({ params: { path: { slips, part: number } } });
  return {
    slipRuns: (after) => desk.ask(client.GET("/v1/issuer/slips", { params: { query: { after, limit: MOST } } })),
    slipRun: (slips) => desk.ask(client.GET("/v1/issuer/slips/{slips}", { params: { path: { slips } } })),
    makeSlips: (body) => once(["slips", body], (header) => desk.ask(client.POST("/v1/issuer/slips", { params: { header }, body }))),
    printClaims: (run, number) => desk.maybe(client.POST("/v1/issuer/slips/{slips}/claims/{part}", { ...part(run, number), ...asFile })),
    printPins: (run, number) => desk.maybe(client.POST("/v1/issuer/slips/{slips}/pins/{part}", { ...part(run, number), ...asFile })),
    pinMessages: async (run, number) => (await desk.ask(client.POST("/v1/issuer/slips/{slips}/messages/{part}", part(run, number)))).items,
    printCards: (batch, number) => desk.maybe(client.POST("/v1/issuer/batches/{batch}/cards/{part}", { params: { path: { batch, part: number } }, ...asFile })),
    printNew: (bulk, number) => desk.maybe(client.POST("/v1/issuer/bulk-acts/{bulk}/cards/{part}", { params: { path: { bulk, part: number } }, ...asFile })),
    printCard: (credential) => desk.maybe(client.POST("/v1/issuer/credentials/{credential}/card", { params: { path: { credential } }, ...asFile })),
  };
}

function many(desk: Console): ManyServer {
  const { client } = desk;
  const once = onceEach();
  const of = (bulk: string) => ({ params: { path: { bulk } } });
  return {
    checkMany: (body) => desk.ask(client.POST("/v1/issuer/bulk-acts/checks", { body })),
    many: (after) => desk.ask(client.GET("/v1/issuer/bulk-acts", { params: { query: { after, limit: MOST } } })),
    manyOne: (bulk) => desk.ask(client.GET("/v1/issuer/bulk-acts/{bulk}", of(bulk))),
    members: (bulk, after) => desk.ask(client.GET("/v1/issuer/bulk-acts/{bulk}/members", { params: { path: { bulk }, query: { after: Number(after), limit: MOST } } })),
    manySample: async (bulk) => (await desk.ask(client.GET("/v1/issuer/bulk-acts/{bulk}/sample", of(bulk)))).rows,
    watchMany: (bulk) => desk.ask(client.GET("/v1/issuer/bulk-acts/{bulk}", { ...of(bulk), ...QUIETLY })),
    proposeMany: (body) => once(["many", body], (header) => desk.ask(client.POST("/v1/issuer/bulk-acts", { params: { header }, body }))),
    approveMany: (bulk, digest, compared) => (
      desk.ask(client.POST("/v1/issuer/bulk-acts/{bulk}/approval", { ...of(bulk), body: { digest, compared: [...compared] } }))
    ),
    refuseMany: (bulk) => desk.ask(client.POST("/v1/issuer/bulk-acts/{bulk}/refusal", of(bulk))),
    stopMany: (bulk) => desk.ask(client.POST("/v1/issuer/bulk-acts/{bulk}/stop", of(bulk))),
    printNotices: (bulk, part) => desk.maybe(client.POST("/v1/issuer/bulk-acts/{bulk}/notices/{part}", { params: { path: { bulk, part } }, ...asFile })),
    tellMany: (bulk, way) => desk.ask(client.POST("/v1/issuer/bulk-acts/{bulk}/telling", { ...of(bulk), body: { way } })),
    withdrawMany: (bulk) => desk.ask(client.POST("/v1/issuer/bulk-acts/{bulk}/withdrawal", of(bulk))),
    askWord: (asked) => once(["word", asked], (header) => (
      desk.ask(client.POST("/v1/registry/changes", { params: { header }, body: { kind: "approve_list", ...asked } }))
    )),
  };
}

function staff(desk: Console): StaffServer {
  const { client } = desk;
  const of = (id: string) => ({ params: { path: { id } } });
  const from = (after: string) => ({ params: { query: { after, limit: MOST } } });
  return {
    staff: (after) => desk.ask(client.GET("/v1/staff/people", from(after))),
    inviteStaff: (body) => desk.ask(client.POST("/v1/staff/people", { body })),
    resetStaff: (id) => desk.ask(client.POST("/v1/staff/people/{id}/resets", of(id))),
    unconfirmed: async () => (await desk.ask(client.GET("/v1/staff/confirmations"))).items,
    confirmStaff: async (id) => void await desk.ask(client.POST("/v1/staff/people/{id}/confirmation", of(id))),
    endStaff: async (id) => void await desk.ask(client.PATCH("/v1/staff/people/{id}", { ...of(id), body: { ended: true } })),
    sessions: async () => (await desk.ask(client.GET("/v1/staff/sessions"))).sessions,
    endSession: (id) => desk.tell(client.DELETE("/v1/staff/sessions/{id}", of(id))),
    keys: (after) => desk.ask(client.GET("/v1/staff/keys", from(after))),
    makeKey: async (body) => (await desk.ask(client.POST("/v1/staff/keys", { body }))).key,
    endKey: (id) => desk.tell(client.DELETE("/v1/staff/keys/{id}", of(id))),
    hooks: async () => (await desk.ask(client.GET("/v1/issuer/webhooks"))).items,
    addHook: async (body) => (await desk.ask(client.POST("/v1/issuer/webhooks", { body }))).secret,
    tryHook: (id) => desk.tell(client.POST("/v1/issuer/webhooks/{id}/test", of(id))),
    turnHook: (id, goes) => desk.tell(goes ? client.POST("/v1/issuer/webhooks/{id}/resume", of(id)) : client.POST("/v1/issuer/webhooks/{id}/pause", of(id))),
    removeHook: (id) => desk.tell(client.DELETE("/v1/issuer/webhooks/{id}", of(id))),
  };
}

function registry(desk: Console): RegistryServer {
  const { client } = desk;
  const once = onceEach();
  return {
    registryChanges: (after) => desk.ask(client.GET("/v1/registry/changes", { params: { query: { after, limit: MOST } } })),
    signingKeys: (after) => desk.ask(client.GET("/v1/registry/keys", { params: { query: { after, limit: MOST } } })),
    suspendKey: (key) => once(["suspend-key", key], async (header) => void await desk.ask(client.POST("/v1/registry/suspensions", { params: { header }, body: { key } }))),
    approveRegistryChange: (id) => once(["registry", id], async (header) => (
      void await desk.ask(client.POST("/v1/registry/changes/{id}/approvals", { params: { path: { id }, header } }))
    )),
  };
}

type Once = <T>(asked: unknown, send: (header: { "idempotency-key": string }) => Promise<T>) => Promise<T>;

/** What must not be done twice says so: until an answer comes, the same that is asked again is the same request. */
export function onceEach(): Once {
  const open = new Map<string, string>();
  return async (asked, send) => {
    const about = JSON.stringify(asked);
    const key = open.get(about) ?? crypto.randomUUID();
    open.set(about, key);
    const done = (): boolean => open.delete(about);
    return send({ "idempotency-key": key }).then((answer) => (done(), answer), (fault: unknown) => {
      if (!(fault instanceof Refusal) || fault.code !== "offline") done();
      throw fault;
    });
  };
}

/** A file's bytes as they are; the document types such a body as text. */
function sent(file: Blob): { body: string; bodySerializer: () => Blob; headers: Record<string, string> } {
  const sheet = file instanceof File && SPREADSHEET.test(file.name);
  const type = sheet ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv";
  return { body: "", bodySerializer: () => file, headers: { "Content-Type": type } };
}
