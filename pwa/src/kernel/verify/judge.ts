/**
 * The procedure as a story (TRUST section 4), with the same steps, numbers and codes as `kernel/verify/procedure.py`.
 * Pure: clock, bundle, session and replay cache are arguments.
 *
 * Every step refuses with its number or gives what the next one needs. Only this file catches a refusal, to fold it into
 * the report: one place for a text that holds no pass, one for a pass, one for a presentation. A fault of ours is not
 * caught.
 */
import type { JsonObject } from "../json.ts";
import { Refused } from "../refused.ts";
import { requireUsable } from "../trust.ts";
import type { PassReport, Report } from "../../words/report.ts";
import { type Arrived, type Letter, readJsonLetter, readLetter, sortTexts } from "./arriving.ts";
import { believe, type Trail } from "./believing.ts";
import { lookAtDates } from "./dates.ts";
import { type Ground, groundMarks, type World } from "./ground.ts";
import { looksLike } from "./looks.ts";
import { endOf, mark } from "./marks.ts";
import { joinReports, reportAll, reportEndedPass, reportPass } from "./reporting.ts";
import { requireShown } from "./showing.ts";
import { lookAtStatus } from "./standing.ts";

/**
 * What came -> a report, always. `raw` is the text of a QR code, or several texts (frames in any order, log proofs, more
 * than one code), or the bytes of a credential or presentation in JSON. Nothing is fetched, and nothing kept but one
 * hash in `seen`.
 */
export async function judge(raw: string | readonly string[] | Uint8Array, world: World): Promise<Report> {
  let ground: Ground;
  let letters: readonly (Letter | Uint8Array)[];
  try {
    ground = prepare(world); // V1, V2
  } catch (fault) {
    const bundleVersion = world.bundle?.version ?? null;
    return reportAll([], { level: null, bundleVersion, judgedAt: world.now, extra: [endOf(requireRefused(fault))] });
  }
  if (raw instanceof Uint8Array) return judgeOne(raw, ground);
  try {
    const post = sortTexts(typeof raw === "string" ? [raw] : raw);
    letters = post.letters;
    ground = { ...ground, logProofs: [...post.logProofs, ...ground.logProofs] };
  } catch (fault) {
    return reportNothing(requireRefused(fault), null, ground);
  }
  const reports: Report[] = [];
  for (const letter of letters) reports.push(await judgeOne(letter, ground));
  return joinReports(reports);
}

/** V1 and V2: a bundle that may be used, and the time to judge by. */
function prepare({ bundle, now, floor, session, seen, crypto, logProofs = [] }: World): Ground {
  if (bundle === null) throw new Refused("no_bundle", "no bundle is installed", "V1");
  return { bundle, frame: requireUsable(bundle, now, floor), now, session, seen, crypto, logProofs };
}

/** One letter, or one JSON document: V3 to V9, then each pass, then the presentation around them. */
async function judgeOne(sent: Letter | Uint8Array, ground: Ground): Promise<Report> {
  const { dictionary } = ground.bundle;
  let arrived: Arrived;
  try {
    arrived = sent instanceof Uint8Array ? readJsonLetter(sent, dictionary) : readLetter(sent, dictionary); // V3 to V9
  } catch (fault) {
    return reportNothing(requireRefused(fault), sent instanceof Uint8Array ? null : (sent[0] ?? ""), ground);
  }
  const looks: Look[] = [];
  for (const pass of arrived.passes) looks.push(await judgePass(pass, ground)); // V10 to V22
  if (arrived.presentation === null) return reportOn(looks.map(({ report }) => report), "copy", ground);
  return judgePresentation(arrived.presentation, arrived.passes, looks, ground); // V23 to V25
}

/** What one pass came to, before the presentation around it has its say. */
interface Look {
  readonly report: PassReport;
  readonly trail: Trail;
  readonly hasEnded: boolean;
}

/** V10 to V22 for one pass, folded (V26). */
async function judgePass(document: JsonObject, ground: Ground): Promise<Look> {
  const trail: Trail = { marks: groundMarks(ground), issuer: null, tier: null };
  try {
    const verified = await believe(document, ground, trail); // V10 to V17
    const { t, floor, marks } = ground.frame;
    trail.marks.push(...lookAtDates({ ...verified.kind, t, floor, isFar: marks.includes("clock_far") })); // V18, V19
    const standing = lookAtStatus(verified, ground); // V20 to V22
    trail.marks.push(...standing.marks);
    return { report: reportPass(verified, trail, standing), trail, hasEnded: false };
  } catch (fault) {
    return { report: reportEndedPass(requireRefused(fault), trail), trail, hasEnded: true };
  }
}

/** V23 to V25. A refusal here ends every pass that still stood; where none stood, it is not asked. */
async function judgePresentation(
  document: JsonObject,
  passes: readonly JsonObject[],
  looks: readonly Look[],
  ground: Ground,
): Promise<Report> {
  const reports = looks.map(({ report }) => report);
  if (looks.every(({ hasEnded }) => hasEnded)) return reportOn(reports, null, ground);
  try {
    const { level, seenBefore } = await requireShown(document, passes, ground);
    return reportAll(reports, {
      level,
      bundleVersion: ground.bundle.version,
      judgedAt: ground.frame.t,
      extra: seenBefore === null ? [] : [mark("V25", "shown_before")],
      sameHolder: looks.length > 1,
      seenBefore,
    });
  } catch (fault) {
    const ended = requireRefused(fault);
    const fallen = looks.map(({ report, trail, hasEnded }) => (hasEnded ? report : reportEndedPass(ended, trail)));
    return reportOn(fallen, null, ground);
  }
}

/** A text that held no pass to judge: the one code, the marks of the time, and what it looks like. */
function reportNothing(ended: Refused, text: string | null, ground: Ground): Report {
  const isForeign = text !== null && ended.code === "unsupported_prefix";
  return reportAll([], {
    level: null,
    bundleVersion: ground.bundle.version,
    judgedAt: ground.frame.t,
    extra: [...groundMarks(ground), endOf(ended)],
    looksLike: isForeign ? looksLike(text) : null,
  });
}

function reportOn(passes: readonly PassReport[], level: "copy" | null, ground: Ground): Report {
  return reportAll(passes, { level, bundleVersion: ground.bundle.version, judgedAt: ground.frame.t });
}

function requireRefused(fault: unknown): Refused {
  if (fault instanceof Refused) return fault;
  throw fault;
}
