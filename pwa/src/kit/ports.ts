/** What every page needs from the device it runs on: given by world, never imported. Nothing here draws or keeps anything. */
import type { Labels } from "../words/report.ts";
import type { Judged } from "./reading.ts";

export type PageName = "verifier" | "wallet";

/** The installed list as the pages speak of it. `date` is when its newest signed part was made, ISO 8601. */
export interface ListFacts {
  readonly version: number;
  readonly date: string;
}

export type RefreshOutcome = "installed" | "current" | "offline" | "refused" | "not_stored";
export type PhotoFault = "no_code" | "too_large";
export type CameraFault = "refused" | "none" | "reader";
export type PageUpdate = "none" | "ready" | "refused";

/** What the camera tells while it runs: a text it read, or how far a code of several parts is. */
export interface CameraEvents {
  readonly text: (text: string) => void;
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

export interface DevicePorts {
  /** All QR texts in a picture; empty when there is none. RangeError: too large; any other rejection: the reader cannot be opened. */
  readonly readPicture: (picture: Blob) => Promise<readonly string[]>;
  /** Runs the camera into the element until the returned function is called. */
  readonly openCamera: (video: HTMLVideoElement, events: CameraEvents) => () => void;
  readonly collector: () => Collector;
  readonly list: () => Promise<ListFacts | null>;
  readonly refresh: () => Promise<RefreshOutcome>;
  /** Tells when the list in use has changed. */
  readonly onList: (changed: () => void) => void;
  /** The languages that the page has, Spanish first. */
  readonly languages: readonly string[];
  /** Brings a language's catalogue and remembers the choice; the view speaks it once this is settled. */
  readonly speakIn: (language: string) => Promise<void>;
  readonly speak: ((text: string, language: string) => void) | null;
  readonly onUpdate: (changed: (update: PageUpdate) => void) => void;
  readonly loadUpdate: () => void;
  /** The stored page: its version (a hash of all its files) and how many files; null before it is stored. */
  readonly pageVersion: () => Promise<{ readonly version: string; readonly files: number } | null>;
}
