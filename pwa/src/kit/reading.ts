/** A report read into what a person sees: plain data, no drawing. Claims come only out of a pass whose verdict lets them. */
import type { Labels, Language, Level, PassReport, Report, Tier, Verdict } from "../words/report.ts";
import { counted, daysBetween, certificateDate, longDate, shortTime, text, type Key, type Values } from "../words/text.ts";
import { factsOf, issuerName, kindName, workLine, type Fact } from "./facts.ts";
import { shown } from "../kernel/typed.ts";
import { foreign, ownCode } from "./looks.ts";
import { clockIn, deciding, groupOf, MISREAD, phoneCode, type WrongClock } from "./reasons.ts";

/** A report and what stands around it on this device: the bundle's words and date, the read text's length, a link's host. */
export interface Judged {
  readonly report: Report;
  readonly labels: Labels | null;
  readonly listDate: string | null;
  readonly chars: number;
  readonly host: string | null;
  /** A question waited for its answer when this was read; without one a live code is judged by both phones' clocks (TRUST V24). */
  readonly asked?: boolean;
}

export interface PassView {
  readonly verdict: Verdict;
  readonly word: string;
  readonly title: string;
  /** Its own sentence of DOMAIN 8; null for a valid pass. */
  readonly sentence: string | null;
  readonly name: string | null;
  readonly tail: string | null;
  readonly lead: string | null;
  readonly facts: readonly Fact[];
}

/** A sentence's end with a date in it: the date is drawn bold. */
export interface When {
  readonly before: string;
  readonly date: string;
  readonly after: string;
}

export interface View {
  readonly verdict: Verdict;
  readonly word: string;
  /** The sentence; `when` is set apart in a bar where LOOK draws the date so. Empty for a grey verdict. */
  readonly say: string;
  readonly when: When | null;
  /** Grey verdicts only: the reason, and the group that its actions go by. */
  readonly why: string | null;
  /** Who signs, where the reason speaks of it (TRUST V16). */
  readonly signer: string | null;
  readonly group: string | null;
  /** A live code of another moment, where nobody asked: a question is worth asking, for it needs no clock. */
  readonly unasked: boolean;
  /** This device's clock is wrong, behind or far ahead: then what can be done about the verdict begins with it. */
  readonly clock: WrongClock | null;
  readonly fix: string;
  readonly name: string | null;
  readonly tail: string | null;
  readonly level: Level | null;
  readonly tier: Tier | null;
  readonly declared: readonly { readonly name: string; readonly say: string | null }[];
  readonly facts: readonly Fact[];
  readonly passes: readonly PassView[];
  readonly sameHolder: boolean;
  readonly notes: readonly string[];
  readonly means: readonly string[];
  readonly phone: string | null;
  readonly codes: readonly string[];
  readonly detail: readonly string[];
}

type Say = (key: Key, values?: Values) => string;

/** Reads a report in one language. Pure. */
export function read(judged: Judged, language: Language): View {
  const { report } = judged;
  const say: Say = (key, values) => text(language, key, values);
  const worst = report.passes.find((pass) => pass.verdict === report.verdict) ?? null;
  const shown = report.passes.filter((pass) => pass.verdict !== "cannot_verify" && pass.claims !== null);
  const several = report.passes.length > 1;
  const grey = report.verdict === "cannot_verify";
  const reason = grey ? greyReason(judged, worst, language) : null;
  const clock = clockIn(codesOf(report, worst));
  const sentence = several && !grey ? { say: countLine(report, say), when: null } : sentenceOf(report, report.verdict, worst, language);
  return {
    verdict: report.verdict,
    word: say(`v.${report.verdict}.word`),
    ...sentence,
    why: reason?.why ?? null,
    signer: signerOf(worst, reason?.group ?? null, language),
    group: reason?.group ?? null,
    unasked: reason?.unasked ?? false,
    clock,
    fix: reason?.fix ?? (clock !== null && report.verdict === "valid_as_of" ? say(`v.valid_as_of.do_${clock}`) : null) ?? (report.verdict === "valid" && isSpeltOtherwise(report) ? say("v.spelt") : say(`v.${report.verdict}.do` as Key)),
    name: common(shown.map((pass) => claim(pass, "name"))),
    tail: common(shown.map((pass) => claim(pass, "idTail")).filter((tail) => tail !== null)),
    level: report.passes.length > 0 ? report.level : null,
    tier: several ? null : (worst?.tier ?? null),
    declared: declaredOf(report),
    facts: several || shown[0] === undefined ? [] : factsOf(shown[0], judged.labels, language),
    passes: several ? listOf(report.passes.map((pass, place) => passView(pass, place, judged, language))) : [],
    sameHolder: report.sameHolder && !grey,
    notes: notesOf(judged, worst, reason?.group ?? null, several, language),
    means: meansOf(report, clock, say),
    phone: phoneOf(report, worst),
    codes: report.reasons,
    detail: detailOf(judged, worst, language),
  };
}

/** What is said aloud: word, sentence, what to do, name; then each pass that is listed. */
export function aloud(view: View): string {
  const listed = view.passes.flatMap((pass) => [pass.title.replace(/\.?$/, "."), pass.word, pass.sentence]);
  return [view.word, joined(view), view.why, view.signer, view.fix, view.name, ...listed].filter((part) => part !== null && part !== "").join(" ");
}

function joined({ say, when }: { say: string; when: When | null }): string {
  return when === null ? say : `${say} ${when.before}${when.date}${when.after}`;
}

function sentenceOf(report: Report, verdict: Verdict, pass: PassReport | null, language: Language): { say: string; when: When | null } {
  const say: Say = (key, values) => text(language, key, values);
  const issuer = issuerName(pass, language);
  const date = pass?.asOf ? longDate(language, pass.asOf) : null;
  switch (verdict) {
    case "valid":
      return { say: date === null ? say("v.valid.plain") : say("v.valid.say", { date }), when: null };
    case "valid_as_of": {
      if (date === null || pass === null) return { say: say("v.valid_as_of.plain"), when: null };
      const days = ageOf(pass, report.judgedAt);
      const when = clockIn(codesOf(report, pass)) === null ? say(counted("v.valid_as_of.when", days), { date, n: days }) : say("v.valid_as_of.when_alone", { date });
      return { say: say("v.valid_as_of.say", { when: "" }).trimEnd(), when: cut(when, date) };
    }
    case "expired": {
      if (!pass?.validUntil) return { say: say("v.expired.means"), when: null };
      const ended = say("v.expired.when", { date: certificateDate(language, pass.validUntil) });
      return { say: say("v.expired.say", { when: "" }).trimEnd(), when: { before: "", date: ended, after: "" } };
    }
    case "revoked":
      return { say: date === null ? say("v.revoked.means") : say("v.revoked.say", { issuer, date }), when: null };
    case "under_review":
      if (date === null || !pass?.reasons.includes("suspended")) return { say: say("v.under_review.paused"), when: null };
      return { say: say("v.under_review.say", { issuer, date }), when: null };
    case "cannot_verify":
      return { say: "", when: null };
  }
}

function cut(whole: string, date: string): When {
  const place = whole.indexOf(date);
  return { before: whole.slice(0, place), date, after: whole.slice(place + date.length) };
}

function greyReason(judged: Judged, pass: PassReport | null, language: Language): { why: string; fix: string; group: string; unasked: boolean } {
  const reasons = pass !== null && pass.reasons.length > 0 ? pass.reasons : judged.report.reasons;
  const group = groupOf(reasons[deciding(reasons)] ?? "");
  const days = pass?.statusAge ?? (judged.listDate === null ? 0 : daysBetween(judged.listDate, judged.report.judgedAt));
  const date = pass?.validFrom ? certificateDate(language, pass.validFrom) : "";
  const unasked = isUnasked(reasons, judged);
  const why = ownCode(judged.report, language) ?? whyOf(group, days, date, language, unasked);
  const isFar = group === "old" && clockIn(codesOf(judged.report, pass)) === "far"; // by such a clock any list is old
  return { why, fix: text(language, unasked ? "fix.late_unasked" : isFar ? "v.valid_as_of.do_far" : `fix.${group}`), group, unasked };
}

function isUnasked(reasons: readonly string[], { asked = false }: Judged): boolean {
  return !asked && reasons[deciding(reasons)] === "stale_presentation";
}

/** Why it cannot be told, with the age in whole days where that is known. */
export function whyOf(group: ReturnType<typeof groupOf>, days: number, date: string, language: Language, unasked = false): string {
  const key: Key = group === "old" && days < 1 ? "why.old_undated" : unasked ? "why.late_unasked" : `why.${group}`;
  return text(language, key, { n: days, date });
}

function countLine(report: Report, say: Say): string {
  const n = report.passes.length;
  if (report.passes.every((pass) => pass.verdict === report.verdict)) return say(report.verdict === "cannot_verify" ? "v.several_none" : "v.several_same", { n });
  return n === 2 ? say("v.two") : say("v.several", { n });
}

/** No list where every pass ended for the one reason of the headline: equal items would only repeat it. */
function listOf(passes: readonly PassView[]): readonly PassView[] {
  return passes.every((pass) => pass.verdict === "cannot_verify" && pass.sentence === passes[0]?.sentence) ? [] : passes;
}

function passView(pass: PassReport, place: number, judged: Judged, language: Language): PassView {
  const { labels } = judged;
  const open = pass.verdict !== "cannot_verify" && pass.claims !== null;
  return {
    verdict: pass.verdict,
    word: text(language, `v.${pass.verdict}.word`),
    title: pass.type === null ? text(language, "v.pass", { n: place + 1 }) : `${place + 1}. ${kindName(pass, labels, language)}`,
    sentence: passSentence(pass, judged, language),
    name: open ? claim(pass, "name") : null,
    tail: open ? claim(pass, "idTail") : null,
    lead: open ? workLine(pass, language) : null,
    facts: open ? factsOf(pass, labels, language).filter((fact) => fact.name !== "kind") : [],
  };
}

function passSentence(pass: PassReport, judged: Judged, language: Language): string | null {
  if (pass.verdict === "valid") return null;
  if (pass.verdict !== "cannot_verify") return joined(sentenceOf(judged.report, pass.verdict, pass, language));
  const group = passGroup(pass);
  const why = whyOf(group, pass.statusAge ?? 0, pass.validFrom ? certificateDate(language, pass.validFrom) : "", language, isUnasked(pass.reasons, judged));
  const signer = signerOf(pass, group, language);
  return signer === null ? why : `${why} ${signer}`;
}

function passGroup(pass: PassReport): ReturnType<typeof groupOf> {
  return groupOf(pass.reasons[deciding(pass.reasons)] ?? "");
}

/** V16: the registry knows who signs, so its name stands under the reason; the claims do not. */
function signerOf(pass: PassReport | null, group: string | null, language: Language): string | null {
  const issuer = issuerName(pass, language);
  return group !== "scope" || issuer === "" ? null : text(language, "v.signed_by", { issuer });
}

/** What people say of themselves (T3), apart from what others signed. */
function declaredOf(report: Report): View["declared"] {
  const own = report.passes.filter((pass) => pass.verdict === "cannot_verify" && pass.claims !== null && passGroup(pass) === "self");
  return own.map((pass) => ({ name: claim(pass, "name") ?? "", say: claim(pass, "description") }));
}

function notesOf({ report, listDate, host }: Judged, pass: PassReport | null, group: string | null, several: boolean, language: Language): string[] {
  const say: Say = (key, values) => text(language, key, values);
  const notes: string[] = [...foreign(report, group, host, language)];
  const has = (code: string): boolean => codesOf(report, pass).includes(code);
  if (report.reasons.includes("frames_incomplete")) notes.push(say("note.parts"));
  if (report.verdict === "cannot_verify" && several) notes.push(countLine(report, say));
  const clock = clockIn(codesOf(report, pass));
  if ((has("stale") || has("bundle_expired")) && group !== "old" && clock === null) {
    const days = pass !== null ? ageOf(pass, report.judgedAt) : listDate === null ? 0 : daysBetween(listDate, report.judgedAt);
    notes.push(say(counted("note.days", days), { n: days }));
  }
  if (clock !== null && group !== "clock") notes.push(say(report.verdict === "valid_as_of" ? "why.clock" : "note.clock"));
  if (has("key_review") && has("suspended")) notes.push(say("note.key_review"));
  if (report.verdict !== "valid" && isSpeltOtherwise(report)) notes.push(say("v.spelt"));
  if (report.seenBefore !== null) notes.push(say("note.shown_before", { n: report.seenBefore }));
  if (report.verdict === "expired" && pass?.scheme === "PEP") notes.push(say("note.old_permit"));
  if (report.verdict === "revoked" || report.verdict === "under_review") notes.push(say("v.rights"));
  if (report.verdict === "cannot_verify") notes.push(say(MISREAD.has(group ?? "") ? "v.no_blame_misread" : "v.no_blame"));
  return notes;
}

function codesOf(report: Report, pass: PassReport | null): readonly string[] {
  return [...report.reasons, ...(pass?.reasons ?? [])];
}

function meansOf(report: Report, clock: WrongClock | null, say: Say): string[] {
  const { verdict, level } = report;
  const live = verdict !== "cannot_verify" && (level === "live" || level === "live_challenge") ? [say(`level.${level}_means`)] : [];
  const isPaper = live.length === 0 || !["valid", "valid_as_of"].includes(verdict); // theirs is of who holds a paper
  return [say(verdict === "valid_as_of" && clock !== null ? "v.valid_as_of.means_clock" : `v.${verdict}.means`), ...(isPaper ? [say(`v.${verdict}.means_2`)] : []), ...live];
}

function phoneOf(report: Report, pass: PassReport | null): string | null {
  const source = pass !== null && pass.reasons.length > 0 ? pass : report;
  const wanted: Partial<Record<Verdict, readonly string[]>> = {
    revoked: ["revoked"], under_review: ["suspended", "key_review"], expired: ["expired"], valid_as_of: ["stale", "bundle_expired"],
  };
  const marks = report.verdict === "valid_as_of" && clockIn(codesOf(report, pass)) !== null ? ["clock_behind", "clock_far"] : wanted[report.verdict];
  const place = marks === undefined ? deciding(source.reasons) : source.reasons.findIndex((code) => marks.includes(code));
  const code = source.reasons[place];
  const step = source.steps[place];
  return code === undefined || step === undefined ? null : phoneCode(step, code);
}

function detailOf(judged: Judged, pass: PassReport | null, language: Language): string[] {
  const say: Say = (key, values) => text(language, key, values);
  const { report } = judged;
  const lines = [say("detail.read", { n: judged.chars })];
  if (report.verdict === "cannot_verify") lines.push(say("detail.no_claims"));
  else lines.push(say("detail.suite"));
  if (pass?.issuer) lines.push(say("detail.issuer", { did: shown(pass.issuer.did) }));
  if (pass?.asOf) lines.push(say("detail.status", { time: shortTime(language, pass.asOf) }));
  if (report.bundleVersion !== null) lines.push(say("detail.list", { version: report.bundleVersion }));
  return [...lines, say("detail.judged", { time: shortTime(language, report.judgedAt) })];
}

function ageOf(pass: PassReport, judgedAt: string): number {
  return pass.statusAge ?? (pass.asOf === null ? 0 : daysBetween(pass.asOf, judgedAt));
}

function claim(pass: PassReport, name: string): string | null {
  const value = pass.claims?.[name];
  return typeof value === "string" && value !== "" ? shown(value) : null;
}

/** One key proved that all are hers, and what may be shown of them does not write her name alike (DOMAIN P6: one of two was corrected). */
function isSpeltOtherwise({ sameHolder, verdict, passes }: Report): boolean {
  const names = passes.filter((pass) => pass.verdict !== "cannot_verify" && pass.claims !== null).map((pass) => claim(pass, "name"));
  return sameHolder && verdict !== "cannot_verify" && new Set(names).size > 1;
}

/** The one value that all share, else null: two names on one screen are shown each at its pass. */
function common(values: readonly (string | null)[]): string | null {
  const first = values[0] ?? null;
  return first !== null && values.every((value) => value === first) ? first : null;
}
