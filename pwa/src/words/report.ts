/** The verifier's report as it travels (TRUST sections 3 and 4): what the kernel makes and the views draw. No words for people here. */

/** The six verdicts, worst first (TRUST V26): the order in which the headline of several passes is chosen. */
export const VERDICTS = ["cannot_verify", "revoked", "under_review", "expired", "valid_as_of", "valid"] as const;
export type Verdict = (typeof VERDICTS)[number];
/** How a code was shown, lowest first; it never raises a verdict. */
export const LEVELS = ["copy", "live", "live_challenge"] as const;
export type Level = (typeof LEVELS)[number];
export type Tier = "T1" | "T2" | "T3";
/** A language by its code, as its catalogue's file is named. */
export type Language = string;

export interface IssuerReport {
  readonly did: string;
  readonly name: Readonly<Record<string, string>>;
}

/** What one pass came to. `claims` is the credential's subject, null when V17 was not passed. Times are ISO 8601, UTC. */
export interface PassReport {
  readonly verdict: Verdict;
  readonly tier: Tier | null;
  readonly asOf: string | null;
  readonly reasons: readonly string[];
  readonly steps: readonly string[];
  readonly issuer: IssuerReport | null;
  readonly type: string | null;
  readonly scheme: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly claims: Readonly<Record<string, unknown>> | null;
  readonly statusAge: number | null;
}

/** What one code came to: `steps` stand parallel to `reasons`. */
export interface Report {
  readonly verdict: Verdict;
  readonly level: Level | null;
  readonly bundleVersion: number | null;
  readonly judgedAt: string;
  readonly reasons: readonly string[];
  readonly steps: readonly string[];
  readonly sameHolder: boolean;
  readonly looksLike: string | null;
  readonly seenBefore: number | null;
  readonly passes: readonly PassReport[];
}

/** A norm's entry in the bundle's labels. */
export interface NormLabel {
  readonly title: string;
  readonly replacedBy?: string;
}

/** The bundle's words for codes, one document a language (labels.es.json, labels.en.json). */
export interface Labels {
  readonly types: Readonly<Record<string, string>>;
  readonly norms: Readonly<Record<string, NormLabel>>;
  readonly levels: Readonly<Record<string, string>>;
  readonly idTypes: Readonly<Record<string, string>>;
  readonly permitStatus: Readonly<Record<string, string>>;
  readonly countries: Readonly<Record<string, string>>;
  readonly occupations: Readonly<Record<string, string>>;
  readonly municipalities: Readonly<Record<string, string>>;
  /** Of the number of what was learned, recognised or allowed; a bundle from before has none. */
  readonly skills?: Readonly<Record<string, string>>;
}
