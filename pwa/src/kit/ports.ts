/** What every page needs from the device it runs on: given by world, never imported. Nothing here draws or keeps anything. */
import type { Labels } from "../words/report.ts";
import type { Judged } from "./reading.ts";

export type PageName = "verifier" | "wallet" | "issuer";

/** The installed list as the pages speak of it. `date` is when its newest signed part was made, ISO 8601. */
export interface ListFacts {
  readonly version: number;
  readonly date: string;
}

/**
 * What came of a list that was offered, over the network, by file or by codes; in all cases but `installed` and `not_stored` the
 * one in use stays. `older`: ours, but older than the one in use. `other_version`: an update by codes that does not begin at
 * ours. `no_list`: a file of another kind. `portal`: the network answered with a page of its own. `needs_net`: a first list by file, and no network for its root.
 */
export type ListOutcome = "installed" | "current" | "older" | "offline" | "portal" | "needs_net" | "refused" | "not_stored" | "other_version" | "unreadable" | "no_list";
/**
 * What there is to say of the list in use and of this phone's clock beside it: the clock stands behind the list's time or far
 * ahead of it, the list is late or too old to find any state good, its root has ended, what was kept is damaged; and what came of a list nobody asked for.
 */
export type ListNotice = "clock_behind" | "clock_far" | "bundle_expired" | "too_old" | "root_expired" | "canary" | "older" | "refused";
/** The list in use for another phone: `frames` in turn, or the one `text` to copy. */
export interface Onward {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly frames: readonly string[];
}
/** Why it can go by file alone: the version is not kept here, too much changed, more than status changed. */
export type NotOnward = "not_kept" | "too_large" | "needs_file";

/** How the list is brought, looked at and handed on, beyond asking the network for it. */
export interface ListPorts {
  readonly noticed: () => Promise<readonly ListNotice[]>;
  /** Takes in an update by codes: its text, or its frames. null: what was read is no update, and is to be judged. */
  readonly takeUpdate: (texts: readonly string[]) => Promise<ListOutcome | null>;
  /** Takes in a `.puente` file. */
  readonly installFile: (file: Blob) => Promise<ListOutcome>;
  /** The list in use as a `.puente` file; null where there is none. */
  readonly exportFile: () => Promise<Blob | null>;
  /** The versions from which an update can be shown onward, newest first. */
  readonly formers: () => Promise<readonly number[]>;
  /** `from`: the version that the other phone says it has; null: the one before ours. */
  readonly showOnward: (from: number | null) => Promise<Onward | NotOnward>;
}
/** `unread`: no code in the photo before this one either. */
export type PhotoFault = "no_code" | "unread" | "too_large" | "pdf";
export type CameraFault = "refused" | "none" | "reader";
export type PageUpdate = "none" | "ready" | "refused";

/** Speech that stays on the device. */
export interface Voice {
  /** Cuts what it said before short. False: it has no voice of its own in that language. */
  readonly say: (text: string, language: string) => Promise<boolean>;
  readonly hush: () => void;
}

/** What the camera tells while it runs. It looks on once what came of a text is there. */
export interface CameraEvents {
  readonly text: (text: string) => Promise<void> | void;
  readonly opened: (light: ((on: boolean) => void) | null) => void;
  readonly fault: (fault: CameraFault) => void;
}

/** Collects frames of one code, whatever the order (FORMAT section 9). */
export interface Collector {
  /** Gives the texts to judge when they are complete, else how many of how many are there. */
  readonly add: (text: string) => { readonly texts: readonly string[] } | { readonly have: number; readonly total: number };
}

/** A judged code with the bundle's words in every language that it has; the view takes those of its own. */
export type JudgedHere = Omit<Judged, "labels"> & { readonly labels: Readonly<Record<string, Labels>> };

export interface DevicePorts extends ListPorts {
  /** All QR texts in a picture; empty when there is none. RangeError: too large; any other rejection: the reader cannot be opened. */
  readonly readPicture: (picture: Blob) => Promise<readonly string[]>;
  /** Runs the camera into the element until the returned function is called. */
  readonly openCamera: (video: HTMLVideoElement, events: CameraEvents) => () => void;
  readonly collector: () => Collector;
  readonly list: () => Promise<ListFacts | null>;
  readonly refresh: () => Promise<ListOutcome>;
  /** Tells when the list in use has changed, or what is noticed of it; gives back how to stop listening. */
  readonly onList: (changed: () => void) => () => void;
  /** The languages that the page has, Spanish first. */
  readonly languages: readonly string[];
  /** Brings a language's catalogue and remembers the choice; the view speaks it once this is settled. */
  readonly speakIn: (language: string) => Promise<void>;
  /** Null where the device has no speech at all. */
  readonly voice: Voice | null;
  readonly onUpdate: (changed: (update: PageUpdate) => void) => void;
  readonly loadUpdate: () => void;
  /** The stored page: its version (a hash of all its files) and how many files; null before it is stored. */
  readonly pageVersion: () => Promise<{ readonly version: string; readonly files: number } | null>;
}
