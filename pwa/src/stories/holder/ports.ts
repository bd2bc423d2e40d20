/**
 * What the wallet's page needs from the world: the pocket, which holds people's vaults on this device, opens them and signs.
 *
 * A PIN opens the show-pack alone: looking at pinned passes, showing them live, the history of shows. All else (receiving,
 * changing, backing up) needs the vault open: passphrase or recovery sheet (TRUST section 8). Secrets never leave the pocket.
 */
import type { DevicePorts, JudgedHere } from "../../kit/ports.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Profile } from "../../kernel/question.ts";
import type { SymbolName } from "./symbols.tsx";

/** A pass as it is kept, judged now with the list in use. */
export interface Held {
  readonly name: string;
  readonly document: JsonObject;
  readonly judged: JudgedHere;
  /** Made for this wallet's key: it can be shown live. */
  readonly bound: boolean;
  /** Opens with the PIN alone. */
  readonly pinned: boolean;
  /** Another phone of hers took it away: it stays here until she says yes. */
  readonly gone: boolean;
  readonly receivedAt: string;
}

/** One line of what was shown. `to` is the verifier's short name where it was scanned, `note` what the holder wrote down. */
export interface ShowLine {
  readonly id: string;
  readonly at: string;
  readonly profile: string;
  /** null: they asked for more than their profile allows, and nothing was sent. */
  readonly manner: Manner | null;
  readonly to: string | null;
  readonly note: string | null;
  /** Kinds shown, as "PassType/SCHEME". */
  readonly kinds: readonly string[];
  /** The names of the claims that went out with them. */
  readonly claims: readonly string[];
}

export type DisputeKind = "name" | "data" | "cancelled" | "other";
/** `untaken`: answered as corrected, and no pass came that may take the place of hers. `unheld`: what came never holds, and is asked for no more; `unlisted`: nor did any list know it in time. */
export type DisputeState = "open" | "corrected" | "untaken" | "unheld" | "unlisted" | "upheld" | "lifted" | "rejected" | "withdrawn";
export interface DisputeLine {
  readonly id: string;
  readonly pass: string;
  readonly kind: DisputeKind;
  readonly text: string;
  /** The spelling that she asked for; empty where she asked for something else. */
  readonly wanted: string;
  readonly sentAt: string;
  readonly state: DisputeState;
  /** The issuer's sentence; empty until it came. */
  readonly answer: string;
  /** She looked at the answer, on this phone or another of hers. */
  readonly heard: boolean;
}

/** Who is here now. */
export interface Opened {
  readonly symbol: SymbolName;
  readonly did: string;
  /** The vault is open too, not the show-pack alone. */
  readonly vault: boolean;
  /** False after a forgotten PIN or a recovery, until a new PIN is set: nothing opens without the vault then. */
  readonly hasPin: boolean;
  /** The vault opens with a passphrase too, not with the sheet alone. */
  readonly hasPassphrase: boolean;
  /** Three groups of the recovery sheet were given back. */
  readonly saved: boolean;
  readonly passes: readonly Held[];
  readonly shows: readonly ShowLine[];
  readonly disputes: readonly DisputeLine[];
  readonly backup: BackupState;
}

export type PinAnswer =
  | { readonly opened: true }
  /**
   * `tried`: it was looked at and counted; while a wait stands none is. `left` tries before the next wait, `wait` in seconds from
   * now; `last`: the next wrong one erases. `erased`: what opened behind this drawing by PIN is gone, vaults stay. A drawing that
   * nobody uses answers alike.
   */
  | { readonly opened: false; readonly tried: boolean; readonly left: number; readonly wait: number; readonly last: boolean; readonly erased: boolean };

export interface NewPerson {
  readonly symbol: SymbolName;
  readonly pin: string;
  /** null: the recovery sheet alone opens the vault. */
  readonly passphrase: string | null;
}

/** A way into the vault. `halves`: the two helpers' papers, in either order. */
export type Way =
  | { readonly passphrase: string }
  | { readonly sheet: string }
  | { readonly halves: readonly [string, string] };
/** `half`: one paper alone; `twice`: the same half in both places. */
export type WayAnswer = "opened" | "wrong" | "half" | "twice";

/** What came and what the verifier says of it; `kept` false where it may not be kept. Nothing is kept before `keep`. */
export interface Arrived {
  readonly document: JsonObject | null;
  readonly judged: JudgedHere;
  /** The code that stands in the way of keeping it; null when it may be kept. */
  readonly refused: string | null;
}
export type ReceiveFault = "offline" | "wrong_secret" | "offer_used" | "another_phone" | "former_phone" | "replaced" | "withdrawn" | "unreadable" | "busy" | "storage";
/** `badge`: the full credential that an issuer handed over beside its passes, to keep as a file. */
export type Received = { readonly arrived: readonly Arrived[]; readonly badge?: JsonObject | null } | { readonly fault: ReceiveFault };

export type Manner = "static" | "live" | "answer";
export interface Choice {
  readonly manner: Manner;
  readonly profile: Profile;
  readonly names: readonly string[];
  /** The verifier's question, scanned or typed; for an answer only. */
  readonly request: string | null;
}
/** The texts to draw; `until` in milliseconds since the epoch when a live code is to be made anew. */
export interface Drawn {
  readonly texts: readonly string[];
  readonly level: "L" | "M";
  readonly until: number | null;
}
export type ShowFault = "over_asking" | "no_list" | "nothing" | "too_large" | "bad_request" | "locked";

/** `elsewhere`: what is kept was changed meanwhile by another window of the same wallet, and is not written over. */
export type SaveOutcome = "saved" | "full" | "elsewhere" | "failed";
export type Unsaved = Exclude<SaveOutcome, "saved">;
/** A wallet that is to come back on this device: from when on it can, unless a phone that is in says no. */
export interface Wait {
  readonly opensAt: string;
  /** This device as the phones that are in are shown it (`DeviceLine.id`). */
  readonly device: string;
  /** It waited before: a phone that is in took it out meanwhile. */
  readonly again: boolean;
}

export type BackupState =
  | { readonly on: false }
  | { readonly on: true; readonly lastAt: string | null; readonly waiting: readonly WaitingDevice[]; readonly joined: readonly JoinedDevice[] };
/** Somebody who asks to come in to the copy; `opensAt`: from then on it is in, unless a phone that is in says no. */
export interface WaitingDevice {
  readonly id: string;
  readonly opensAt: string | null;
}
/** Somebody who is in the copy without this phone's yes, and whom she was not shown yet; asked to come in at `since`. */
export interface JoinedDevice {
  readonly id: string;
  readonly since: string;
}
/** `full`: this phone has no room; `server_full`: the copy has none; `server_devices`: it takes no more phones. */
export type SyncOutcome = "done" | "offline" | "busy" | "refused" | "waiting" | "stale_server" | "signed_out" | "off" | "server_full" | "server_devices" | Unsaved;
export interface DeviceLine {
  readonly id: string;
  readonly here: boolean;
  readonly since: string;
  readonly lastSeen: string;
  readonly state: "active" | "waiting";
  readonly opensAt: string | null;
}
/** The recovery sheet to write down or print: its letters, and the text of its QR. */
export interface SheetView {
  readonly letters: string;
  readonly qr: string;
}

/** The numbers of the groups, from 1, that are not the sheet's. */
export interface WrongGroups {
  readonly wrong: readonly number[];
}

/** `current`: in force; null where this vault does not know its letters. `next`: a new one, until three of its groups came back. */
export interface SheetsView {
  readonly current: SheetView | null;
  readonly next: SheetView | null;
}

/** Who is open, and the ways in. */
export interface Opening {
  /** Who is open now; null when locked. */
  readonly opened: () => Opened | null;
  /** Tells of every change: opened, locked, passes, backup. Gives back how to stop listening. */
  readonly onChange: (changed: () => void) => () => void;
  /** People were kept here once, and nothing of them is left: the browser took the storage away. */
  readonly lost: () => Promise<boolean>;
  readonly tryPin: (symbol: SymbolName, pin: string) => Promise<PinAnswer>;
  /** The PIN once more before something is shown; counts as a try. */
  readonly confirm: (pin: string) => Promise<PinAnswer>;
  /** `taken`: that PIN cannot be had with that drawing. */
  readonly create: (person: NewPerson) => Promise<SheetView | "taken" | "weak" | "full" | "failed">;
  /** The vault of who is open; while nobody is, of those behind `symbol` (forgotten PIN). */
  readonly openVault: (way: Way, symbol: SymbolName) => Promise<WayAnswer>;
  /** A new PIN and drawing for who is open with the vault (forgotten PIN, recovered wallet). */
  readonly setPin: (symbol: SymbolName, pin: string) => Promise<SaveOutcome | "taken">;
  /** A passphrase for who is open with the vault, in the place of the one that she had. */
  readonly setPhrase: (passphrase: string) => Promise<SaveOutcome | "weak">;
  /** Locks at once. Without any act for 60 s it locks by itself; `touch` says that the person is here. */
  readonly lock: () => void;
  /** How the last one who was open left: by time, or taken away from this phone; of whom, nobody is told. */
  readonly left: () => "lapsed" | "erased" | null;
  readonly touch: () => void;
}

/** What comes and what is kept of it. All but `look` needs the vault open. */
export interface Receiving {
  /** A QR's text or its frames, or a file's bytes, judged; nothing is kept yet. */
  readonly look: (sent: readonly string[] | Uint8Array) => Promise<Received>;
  readonly pickUp: (code: string, pin: string) => Promise<Received>;
  /** Keeps what `look` or `pickUp` gave and did not refuse; what did not come from there is not kept. */
  readonly keep: (arrived: readonly Arrived[]) => Promise<SaveOutcome>;
  /** All copies of one certificate at once. */
  readonly pin: (names: readonly string[], pinned: boolean) => Promise<SaveOutcome>;
  readonly drop: (names: readonly string[]) => Promise<SaveOutcome>;
  /** Her no to what another phone took away: it comes back there too. */
  readonly retain: (names: readonly string[]) => Promise<SaveOutcome>;
}

export interface Showing {
  /** Makes what is drawn. `note`: also a line of history (once a show, not at each renewal); it gives the line's id, or why it was not kept. */
  readonly present: (choice: Choice, note: boolean) => Promise<(Drawn & { readonly line: string | null; readonly unnoted: Unsaved | null }) | { readonly fault: ShowFault }>;
  readonly noteTo: (line: string, to: string) => Promise<SaveOutcome>;
  /** A line of history that somebody asked for more than allowed: nothing was sent. */
  readonly noteRefused: (to: string | null) => Promise<SaveOutcome>;
  readonly clearHistory: () => Promise<SaveOutcome>;
  /** The passes that a profile may show in a manner, one of each content, of those that are open. */
  readonly offered: (profile: string, manner: Manner) => readonly Held[];
}

export interface Sheets {
  /** The sheet of who is open with the vault. Looking changes nothing of it. */
  readonly sheet: () => Promise<SheetsView | Unsaved>;
  /** Draws a new one beside it, which opens nothing yet. */
  readonly newSheet: () => Promise<SheetsView | Unsaved>;
  /** Without the new one: the sheet that she had stays. */
  readonly keepSheet: () => Promise<SheetsView | Unsaved>;
  /**
   * The groups asked back, by number from 1; once they are right and that is kept, the vault counts as saved. Those of a new
   * sheet put it in force: the former, and the helpers' papers made of it, open no more.
   */
  readonly confirmSheet: (groups: Readonly<Record<number, string>>) => Promise<SaveOutcome | WrongGroups>;
  /** The two helpers' papers of the sheet in force, the same ones every time. `unknown`: this vault does not know its sheet. */
  readonly halves: () => Promise<readonly [SheetView, SheetView] | "unknown" | Unsaved>;
}

/** Corrections and disputes. */
export interface Asking {
  /** Asks after what is open; gives how many answers came, null without network. */
  readonly answers: () => Promise<number | null>;
  /** She looked at these answers, and is told of them no more. */
  readonly heard: (ids: readonly string[]) => Promise<SaveOutcome>;
  readonly dispute: (name: string, kind: DisputeKind, text: string, wanted: string | null) => Promise<"sent" | "offline" | "busy" | "already" | "refused" | "strange">;
  /** Takes back what was asked. `answered`: before that, and the answer came in or comes yet. */
  readonly withdraw: (id: string) => Promise<"withdrawn" | "answered" | "offline" | "busy" | "refused">;
}

/** Copies outside this device: the server's, a file; and everything away. */
export interface BackingUp {
  /** `anyway`: what the server shows is taken although it is older than what was seen; joining it loses nothing. */
  readonly backUp: (anyway?: boolean) => Promise<SyncOutcome>;
  readonly stopBackUp: (erase: boolean) => Promise<SyncOutcome>;
  /** Whoever is in this list counts as shown to her. */
  readonly devices: () => Promise<readonly DeviceLine[] | SyncOutcome>;
  readonly approve: (device: string) => Promise<SyncOutcome>;
  readonly signOut: (device: string) => Promise<SyncOutcome>;
  /** On a new phone: the vault that a sheet or two halves open, from the server. A `Wait`: not before its end, or an old phone's yes. */
  readonly recover: (way: Way) => Promise<WayAnswer | "none" | "offline" | "busy" | "refused" | "devices" | SaveOutcome | Wait>;
  /** The soonest wait on this device that is not over; null where none is. */
  readonly waits: () => Promise<Wait | null>;
  readonly exportFile: () => Promise<Blob>;
  /** Whether what is open still lies on this device: a browser may take it away meanwhile. */
  readonly here: () => Promise<boolean>;
  /** Joined with what lies here, where that vault is on this device already. */
  readonly importFile: (file: Blob, way: Way) => Promise<WayAnswer | SaveOutcome | "large">;
  /** Everything of this person leaves this device. */
  readonly erase: () => Promise<SaveOutcome>;
}

/** The parts that the page has so far; each part comes in whole, never by a stand-in. */
export type Pocket = Opening & Receiving & Showing & Sheets & Asking & BackingUp;

export interface HolderPorts extends DevicePorts {
  readonly pocket: Pocket;
  /** The device's time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Holds the screen awake; gives back how to let it sleep. */
  readonly stayAwake: () => () => void;
  /** Remembers whether this device shows pictures instead of lists. */
  readonly keepEasy: (easy: boolean) => void;
  /** Hands a file to the browser's own saving. */
  readonly saveFile: (name: string, file: Blob) => void;
}
