/**
 * V26: the fold. Marks and the one code that ended a pass -> verdicts -> the report. Nothing is judged anew here.
 */
import type { Instant } from "../bundle/installed.ts";
import type { Refused } from "../refused.ts";
import type { Code } from "../../words/codes.ts";
import { type Level, LEVELS, type PassReport, type Report, type Verdict, VERDICTS } from "../../words/report.ts";
import { member } from "../json.ts";
import type { Trail, VerifiedCredential } from "./believing.ts";
import { endOf, inStepOrder, type Mark } from "./marks.ts";
import { textOrNull } from "./reading.ts";
import type { Standing } from "./standing.ts";

/**
 * First row that any mark is of; none: valid. `shown_before` changes nothing.
 * What a person says of herself comes first: no other verdict may lend it weight, not even "expired" (TRUST section 3).
 */
const FOLD: readonly (readonly [ReadonlySet<Code>, Verdict])[] = [
  [new Set<Code>(["self_declared"]), "cannot_verify"],
  [new Set<Code>(["revoked"]), "revoked"],
  [new Set<Code>(["suspended", "key_review"]), "under_review"],
  [new Set<Code>(["expired"]), "expired"],
  [new Set<Code>(["not_yet_valid", "clock_doubt", "status_missing", "status_mismatch", "status_too_old"]), "cannot_verify"],
  [new Set<Code>(["stale", "clock_behind", "clock_far", "bundle_expired"]), "valid_as_of"],
];

/** A time on the wire: UTC, whole seconds, `Z`. */
export function moment(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function fold(marks: readonly Mark[]): Verdict {
  return FOLD.find(([codes]) => marks.some(({ code }) => codes.has(code)))?.[1] ?? "valid";
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "cannot_verify";
}

function told(marks: readonly Mark[]): { reasons: Code[]; steps: string[] } {
  const ordered = inStepOrder(marks);
  return { reasons: ordered.map(({ code }) => code), steps: ordered.map(({ step }) => step) };
}

/** A pass that V17 let through: its claims are shown under whatever verdict its marks give. */
export function reportPass({ reading, kind }: VerifiedCredential, trail: Trail, standing: Standing): PassReport {
  return {
    verdict: fold(trail.marks),
    ...told(trail.marks),
    tier: trail.tier,
    issuer: trail.issuer,
    type: kind.type,
    scheme: kind.scheme,
    validFrom: textOrNull(member(reading.document, "validFrom")),
    validUntil: textOrNull(member(reading.document, "validUntil")),
    asOf: standing.asOf === null ? null : moment(standing.asOf),
    statusAge: standing.age,
    claims: reading.subject,
  };
}

/** A pass that a step ended: of it nothing is shown; of its signer what the registry says, where V15 held. */
export function reportEndedPass(ended: Refused, trail: Trail): PassReport {
  return {
    verdict: "cannot_verify",
    ...told([...trail.marks, endOf(ended)]),
    tier: trail.tier,
    issuer: trail.issuer,
    type: null,
    scheme: null,
    validFrom: null,
    validUntil: null,
    asOf: null,
    statusAge: null,
    claims: null,
  };
}

export interface Whole {
  readonly level: Level | null;
  readonly bundleVersion: number | null;
  readonly judgedAt: Instant;
  /** Marks of the whole: of a text that held no pass, or of V25. */
  readonly extra?: readonly Mark[];
  readonly sameHolder?: boolean;
  readonly looksLike?: string | null;
  readonly seenBefore?: number | null;
}

/** The headline over the passes. */
export function reportAll(passes: readonly PassReport[], whole: Whole): Report {
  const verdict = worst(passes.map((one) => one.verdict));
  const marks = [...passes.flatMap(marksOf), ...(whole.extra ?? [])];
  return {
    verdict,
    level: whole.level,
    bundleVersion: whole.bundleVersion,
    judgedAt: moment(whole.judgedAt),
    ...(verdict === "valid" ? { reasons: [], steps: [] } : told(marks)),
    sameHolder: whole.sameHolder ?? false,
    looksLike: whole.looksLike ?? null,
    seenBefore: whole.seenBefore ?? null,
    passes,
  };
}

/** Several texts, several codes on one paper: all their passes under one headline, at the lowest of their levels. */
export function joinReports(reports: readonly Report[]): Report {
  const [first, ...rest] = reports;
  if (first === undefined) throw new Error("no report to join");
  if (rest.length === 0) return first;
  const levels = reports.map((one) => one.level);
  return {
    ...first,
    verdict: worst(reports.map((one) => one.verdict)),
    level: levels.includes(null) ? null : (LEVELS.find((level) => levels.includes(level)) ?? null),
    ...told(reports.flatMap(marksOf)),
    sameHolder: false,
    looksLike: null,
    seenBefore: reports.find((one) => one.seenBefore !== null)?.seenBefore ?? null,
    passes: reports.flatMap((one) => one.passes),
  };
}

function marksOf({ reasons, steps }: Pick<PassReport, "reasons" | "steps">): Mark[] {
  // The checked edge: every reason of a report was written from a Code by `told`.
  return reasons.map((code, place) => ({ step: steps[place] ?? "V0", code: code as Code }));
}
