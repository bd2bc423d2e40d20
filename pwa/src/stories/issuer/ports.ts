/** What the console needs from outside: its server, the browser's passkeys, its history, a place for files. Given by world. */
import type {
  ActLine, ActRequest, Amendment, AuditLine, Batch, BatchType, Bulk, BulkAsked, BulkCheck, BulkRequest, Choices, Correction, DecisionRequest, Dispute, DisputeDecision, Enrolment,
  Finding, Found, HookAsk, HookLine, Invitation, Invite, KeyAsk, KeyLine, Me, Member, MemberSaid, Mending, Numbers, Offer, Page, Person, PersonFile, PinLine, RegistryLine, Reissue, ReissueRequest, RowChoices,
  SampleRow, SecondFactor, SessionLine, SigningKey, SlipRun, StaffLine, Waits, Way, WordAsked,
} from "./wire.ts";

/** Why the server or the browser did not do what was asked. `title`: the server's own sentence, in the language in use. */
export class Refusal extends Error {
  readonly code: string;
  readonly title: string | null;
  /** What of the sent it is about, as the server points at it. */
  readonly pointer: string | null;

  constructor(code: string, title: string | null = null, pointer: string | null = null) {
    super(code);
    this.code = code;
    this.title = title;
    this.pointer = pointer;
  }

  /** The column of a file that stopped it, by its name; null for any other refusal. */
  get column(): string | null {
    return (this.code === "cohort_columns" || this.code === "column_repeated") && this.pointer !== null ? this.pointer.replace(/^\//, "") : null;
  }
}

/** How people come in, confirm and leave. Each call rejects with a Refusal. */
export interface Entry {
  /** null: nobody is signed in. */
  readonly me: () => Promise<Me | null>;
  /** The same, asked by the page itself: it keeps no session awake. */
  readonly stillIn: () => Promise<Me | null>;
  readonly byPasskey: () => Promise<Me>;
  readonly byPassword: (name: string, password: string, totp: string) => Promise<Me>;
  /** The passkey again: opens five minutes in which acts can be confirmed. */
  readonly stepUp: () => Promise<Me>;
  readonly stepUpByPassword: (password: string, totp: string) => Promise<Me>;
  readonly leave: () => Promise<void>;
  readonly openInvitation: (code: string) => Promise<Enrolment>;
  /** Makes a passkey of this device; how many there are now, and whether that is enough. */
  readonly addPasskey: (enrolment: Enrolment, label: string) => Promise<{ readonly passkeys: number; readonly complete: boolean }>;
  readonly choosePassword: (enrolment: Enrolment, password: string) => Promise<SecondFactor>;
  readonly confirmTotp: (enrolment: Enrolment, code: string) => Promise<void>;
  /** Tells when the server no longer knows the session. */
  readonly onEnded: (ended: () => void) => () => void;
  /** When the session ends by itself if nothing more is asked: slides with each answer to her own asking. */
  readonly endsAt: (me: Me) => number;
}

/** Cohorts and what becomes of them. */
export interface BatchServer {
  readonly batches: (after: string) => Promise<Page<Batch>>;
  readonly batch: (id: string) => Promise<Batch>;
  /** The same, asked by the page itself: it keeps no session awake. */
  readonly watch: (id: string) => Promise<Batch>;
  readonly check: (file: Blob, choices: Choices) => Promise<Batch>;
  /** What a file may bring, and its columns; the cohort's first. */
  readonly types: () => Promise<readonly BatchType[]>;
  /** A file of rows of one type. */
  readonly checkRows: (file: Blob, choices: RowChoices) => Promise<Batch>;
  /** The norm codes that a file names; nothing is judged or kept. */
  readonly norms: (file: Blob) => Promise<readonly string[]>;
  /** A corrected file for a batch: only what was in error goes on, in a batch of its own. */
  readonly correct: (batch: string, file: Blob) => Promise<Batch>;
  /** Undoes an upload that nobody sent: the batch and its file go. */
  readonly discard: (batch: string) => Promise<void>;
  /** The rows in error as they came, and what is wrong with each, as a file of the form that the batch's had. */
  readonly wrongRows: (batch: string) => Promise<Blob>;
  readonly mending: (batch: string) => Promise<Mending>;
  readonly findings: (batch: string, found: Found, after: string) => Promise<Page<Finding>>;
  /** Rows drawn by chance among those that would be signed. */
  readonly sample: (batch: string) => Promise<readonly SampleRow[]>;
  readonly propose: (batch: string) => Promise<Batch>;
  /** `compared`: the rows that she compared with the papers. */
  readonly release: (batch: string, digest: string, compared: readonly number[]) => Promise<Batch>;
  readonly refuse: (batch: string) => Promise<Batch>;
  readonly pause: (batch: string) => Promise<Batch>;
  readonly resume: (batch: string) => Promise<Batch>;
}

/** Papers of many: codes and PINs apart, cards. A file that is null: nothing of it can be printed now. */
export interface PaperServer {
  readonly slipRuns: (after: string) => Promise<Page<SlipRun>>;
  readonly slipRun: (id: string) => Promise<SlipRun>;
  readonly makeSlips: (asked: ({ readonly batch: string } | { readonly bulk: string } | { readonly credential: string }) & { readonly after: number }) => Promise<SlipRun>;
  readonly printClaims: (run: string, part: number) => Promise<Blob | null>;
  readonly printPins: (run: string, part: number) => Promise<Blob | null>;
  readonly pinMessages: (run: string, part: number) => Promise<readonly PinLine[]>;
  readonly printCards: (batch: string, part: number) => Promise<Blob | null>;
  /** Of what an act on many put in the places of others. */
  readonly printNew: (bulk: string, part: number) => Promise<Blob | null>;
  readonly printCard: (credential: string) => Promise<Blob | null>;
}

/** Changes of state of many at once: counted, proposed as counted, decided by another, done behind. */
export interface ManyServer {
  readonly checkMany: (asked: BulkAsked) => Promise<BulkCheck>;
  readonly many: (after: string) => Promise<Page<Bulk>>;
  readonly manyOne: (id: string) => Promise<Bulk>;
  readonly members: (id: string, after: string) => Promise<Page<Member>>;
  /** Some of them drawn by chance, with what they say. */
  readonly manySample: (id: string) => Promise<readonly MemberSaid[]>;
  /** The same, asked by the page itself: it keeps no session awake. */
  readonly watchMany: (id: string) => Promise<Bulk>;
  readonly proposeMany: (asked: BulkRequest) => Promise<Bulk>;
  /** `compared`: those that she compared with the papers, by their names. */
  readonly approveMany: (id: string, digest: string, compared: readonly string[]) => Promise<Bulk>;
  readonly refuseMany: (id: string) => Promise<Bulk>;
  readonly stopMany: (id: string) => Promise<Bulk>;
  readonly printNotices: (id: string, part: number) => Promise<Blob | null>;
  readonly tellMany: (id: string, way: Way) => Promise<Bulk>;
  readonly withdrawMany: (id: string) => Promise<Bulk>;
  /** Asks the registry's keepers to let a list through; how many have, and how many it takes. */
  readonly askWord: (asked: WordAsked) => Promise<{ readonly approvals: number; readonly needed: number }>;
}

/** What is seen of the whole: an issuer's numbers, an auditor's lines. */
export interface FigureServer {
  readonly audit: (after: string) => Promise<Page<AuditLine>>;
  readonly numbers: () => Promise<Numbers>;
  /** How much waits for who asks; asked by the page itself, so it keeps no session awake. */
  readonly waiting: () => Promise<Waits>;
}

/** People and what they hold. What is looked for travels in bodies. */
export interface PeopleServer {
  readonly search: (text: string, after: string) => Promise<Page<Person>>;
  /** Whose credentials these are, of 100 at the most: with each person those of them that are hers. */
  readonly named: (credentials: readonly string[]) => Promise<readonly Person[]>;
  readonly person: (id: string) => Promise<PersonFile>;
  /** A signed credential as its JSON, byte by byte. */
  readonly signed: (credential: string) => Promise<Blob>;
}

/** Changes of state and objections: proposed by one, decided by another. */
export interface ChangeServer {
  readonly acts: (after: string) => Promise<Page<ActLine>>;
  readonly proposeAct: (credential: string, asked: ActRequest) => Promise<ActLine>;
  readonly approveAct: (act: string) => Promise<ActLine>;
  readonly refuseAct: (act: string) => Promise<ActLine>;
  /** Announced revocations: whose people must still be told, and whose have been and may answer. */
  readonly announced: (phase: "untold" | "told", after: string) => Promise<Page<ActLine>>;
  /** A letter to the person; null: her name cannot be printed. Her days begin with the first. */
  readonly printNotice: (act: string) => Promise<Blob | null>;
  readonly tellAct: (act: string, way: Way) => Promise<ActLine>;
  readonly withdrawAct: (act: string) => Promise<ActLine>;
  /** For fraud, by one person alone; another confirms it within a day. */
  readonly suspendAlone: (credential: string) => Promise<ActLine>;
  readonly disputes: (after: string) => Promise<Page<Dispute>>;
  readonly dispute: (id: string) => Promise<Dispute>;
  readonly proposeDecision: (dispute: string, asked: DecisionRequest) => Promise<DisputeDecision>;
  readonly approveDecision: (decision: string) => Promise<Dispute>;
  readonly refuseDecision: (decision: string) => Promise<Dispute>;
  readonly amendments: (after: string) => Promise<Page<Amendment>>;
  readonly proposeAmendment: (credential: string, correction: Correction) => Promise<void>;
  readonly approveAmendment: (amendment: string) => Promise<void>;
  readonly refuseAmendment: (amendment: string) => Promise<void>;
  readonly reissues: (after: string) => Promise<Page<Reissue>>;
  readonly proposeReissue: (credential: string, asked: ReissueRequest) => Promise<Reissue>;
  readonly approveReissue: (reissue: string) => Promise<Reissue>;
  readonly refuseReissue: (reissue: string) => Promise<Reissue>;
  readonly offerReissue: (reissue: string) => Promise<Offer>;
}

/** Who works for this issuer, one's own sessions, and the keys of its systems. */
export interface StaffServer {
  readonly staff: (after: string) => Promise<Page<StaffLine>>;
  readonly inviteStaff: (asked: Invite) => Promise<Invitation>;
  readonly resetStaff: (id: string) => Promise<Invitation>;
  /** Who waits for another hand's word that is hers to give. */
  readonly unconfirmed: () => Promise<readonly StaffLine[]>;
  readonly confirmStaff: (id: string) => Promise<void>;
  readonly endStaff: (id: string) => Promise<void>;
  readonly sessions: () => Promise<readonly SessionLine[]>;
  readonly endSession: (id: string) => Promise<void>;
  readonly keys: (after: string) => Promise<Page<KeyLine>>;
  /** The key's text, told once. */
  readonly makeKey: (asked: KeyAsk) => Promise<string>;
  readonly endKey: (id: string) => Promise<void>;
  readonly hooks: () => Promise<readonly HookLine[]>;
  /** The secret that each message is signed with, told once. */
  readonly addHook: (asked: HookAsk) => Promise<string>;
  /** A test within seconds; one that never answered goes on. */
  readonly tryHook: (id: string) => Promise<void>;
  /** It goes again, or it is paused. */
  readonly turnHook: (id: string, goes: boolean) => Promise<void>;
  readonly removeHook: (id: string) => Promise<void>;
}

/** The trust list's changes, for its keepers; and the keys that issuers sign with, which one person stops. */
export interface RegistryServer {
  readonly signingKeys: (after: string) => Promise<Page<SigningKey>>;
  readonly suspendKey: (id: string) => Promise<void>;
  readonly registryChanges: (after: string) => Promise<Page<RegistryLine>>;
  readonly approveRegistryChange: (id: string) => Promise<void>;
}

export type Server = StaffServer & RegistryServer & BatchServer & FigureServer & ManyServer & PaperServer & PeopleServer & ChangeServer;

/** A view and what it is about, as the browser's history keeps it; no address holds it. */
export interface Spot {
  readonly view: string;
  readonly id: string;
}
export interface Trail {
  readonly at: () => Spot;
  readonly go: (spot: Spot) => void;
  readonly onMove: (moved: () => void) => () => void;
}

export interface CounterPorts {
  readonly entry: Entry;
  readonly server: Server;
  readonly trail: Trail;
  readonly now: () => number;
  readonly saveFile: (name: string, file: Blob) => void;
  readonly languages: readonly string[];
  readonly speakIn: (language: string) => Promise<void>;
}
