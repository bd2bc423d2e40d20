/**
 * V20 to V22: how the pass stands with its issuer, by the lists in the bundle. No answer is a mark, never a pass.
 *
 * Every entry is looked at. Revocation is read from the sticky list (a cancellation known once stays one), suspension
 * from the newest (TRUST section 5). Nobody is asked about one pass.
 */
import type { Instant, StatusList } from "../bundle/installed.ts";
import { bit } from "../status.ts";
import { STATUS_ENTRY } from "../../words/terms.ts";
import { INDEX, type VerifiedCredential } from "./believing.ts";
import type { Ground } from "./ground.ts";
import { type Mark, mark } from "./marks.ts";
import type { Credential, StatusEntry } from "./reading.ts";

const DAY = 86_400_000;
const MISSING = mark("V20", "status_missing");
const MISMATCH = mark("V20", "status_mismatch");

/** The marks of V20 to V22, and the date of the oldest list that was read: what is known is known as of then. */
export interface Standing {
  readonly marks: readonly Mark[];
  readonly asOf: Instant | null;
  /** Whole days from `asOf` to the time judged by; 0 for a list from the future. */
  readonly age: number | null;
}

export function lookAtStatus({ reading, kind, isSelfDeclared }: VerifiedCredential, ground: Ground): Standing {
  const marks: Mark[] = [];
  const { t } = ground.frame;
  let asOf: Instant | null = null;
  for (const entry of reading.status) {
    const place = findPlace(entry, reading, ground); // V20
    if ("code" in place) {
      marks.push(place);
      continue;
    }
    const { list, index } = place;
    const revocation = list.purpose === "revocation";
    if (bit(revocation ? list.sticky : list.signed, index)) marks.push(mark("V21", revocation ? "revoked" : "suspended"));
    const age = t - list.signedAt; // V22
    if (age > kind.rule.fresh) marks.push(mark("V22", age <= kind.rule.maxAge ? "stale" : "status_too_old"));
    asOf = asOf === null ? list.signedAt : Math.min(asOf, list.signedAt);
  }
  const asked = isSelfDeclared ? [] : kind.rule.purposes;
  if (asked.some((purpose) => !reading.status.some((entry) => entry.purpose === purpose))) marks.push(MISSING);
  return { marks, asOf, age: asOf === null ? null : Math.max(0, Math.floor((t - asOf) / DAY)) };
}

/** V20 for one entry: the list and the index in it, or the mark that says why there is none. */
function findPlace(entry: StatusEntry, reading: Credential, ground: Ground): { list: StatusList; index: number } | Mark {
  const { type, purpose, index, list: url } = entry;
  if (type !== STATUS_ENTRY || (purpose !== "revocation" && purpose !== "suspension") || url === null) return MISMATCH;
  if (index === null || !INDEX.test(index)) return MISMATCH;
  const list = ground.bundle.lists.get(url);
  if (list === undefined) return MISSING;
  const inside = Number(index) < list.sticky.length * 8;
  if (list.issuer !== reading.issuer || list.purpose !== purpose || !inside) return MISMATCH;
  return { list, index: Number(index) };
}
