/** What a person is told beside a grey verdict, over the written reports of the gallery. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { read } from "../../src/kit/reading.ts";
import type { Report } from "../../src/words/report.ts";
import { text } from "../../src/words/text.ts";
import reports from "../gallery/reports.json" with { type: "json" };

const cases = reports as unknown as Readonly<Record<string, { readonly report: Report; readonly chars: number; readonly listDate: string | null }>>;

test("the light and the paper are named only where what was read can be wrong", () => {
  const told = (name: string): string[] => {
    const { report, chars, listDate } = cases[name] as (typeof cases)[string];
    return read({ report, chars, listDate, labels: null, host: null }, "es").notes.filter((note) => note.startsWith(text("es", "v.no_blame")));
  };
  for (const name of Object.keys(cases).filter((each) => cases[each]?.report.verdict === "cannot_verify")) {
    const misread = ["cannot-verify", "cannot-verify-frames", "cannot-verify-signature", "two-passes-one-grey"].includes(name);
    assert.deepEqual(told(name), [text("es", misread ? "v.no_blame_misread" : "v.no_blame")], name);
  }
});

test("a live code of another moment names the clocks where nobody asked, and the question where somebody did", () => {
  const { report, chars, listDate } = cases["passes-late"] as (typeof cases)[string];
  const told = (asked: boolean) => read({ report, chars, listDate, labels: null, host: null, asked }, "es");
  const [unasked, asked] = [told(false), told(true)];
  assert.deepEqual([unasked.why, unasked.fix, unasked.unasked], [text("es", "why.late_unasked"), text("es", "fix.late_unasked"), true]);
  assert.deepEqual([asked.why, asked.fix, asked.unasked], [text("es", "why.late"), text("es", "fix.late"), false]);
  assert.deepEqual([unasked.passes, asked.passes], [[], []]); // each ended for the headline's reason, and says no other
});

test("of a code of Puente's that is no pass is told what it is, once; another system's is not Puente's", () => {
  const { report, chars, listDate } = cases["cannot-verify-health"] as (typeof cases)[string];
  const told = (looksLike: string) => read({ report: { ...report, looksLike }, chars, listDate, labels: null, host: null }, "es");
  for (const name of ["puente_update", "puente_log_proof", "puente_request", "puente_claim", "puente_sheet"] as const) {
    assert.deepEqual([told(name).why, told(name).notes], [text("es", `looks.${name}`), [text("es", "v.no_blame")]]);
  }
  assert.equal(told("eu_dcc").why, text("es", "why.other"));
  assert.ok(told("eu_dcc").notes.includes(text("es", "looks.eu_dcc")));
});

test("one key and a name that is not written alike is said in one true sentence; without the key nothing is said of it", () => {
  const told = (name: string, verdict?: "valid_as_of") => {
    const { report, chars, listDate } = cases[name] as (typeof cases)[string];
    return read({ report: { ...report, verdict: verdict ?? report.verdict }, chars, listDate, labels: null, host: null }, "es");
  };
  const spelt = text("es", "v.spelt");
  assert.deepEqual([told("two-spellings").fix, told("two-spellings").name, told("two-spellings").notes.includes(spelt)], [spelt, null, false]);
  assert.equal(told("two-names").fix, text("es", "v.valid.do"));
  const dated = told("two-spellings", "valid_as_of");
  assert.deepEqual([dated.fix, dated.notes.includes(spelt)], [text("es", "v.valid_as_of.do"), true]);
});

test("among several passes what the person says of herself is told as that, and by no code", () => {
  const { report, chars, listDate } = cases["two-passes-one-grey"] as (typeof cases)[string];
  const [own] = cases["cannot-verify-self"]?.report.passes ?? [];
  assert.ok(own);
  const { passes } = read({ report: { ...report, passes: [...report.passes, own] }, chars, listDate, labels: null, host: null }, "es");
  assert.equal(passes.at(-1)?.title, "3. Habilidad declarada");
});

test("where this device's clock is the reason, what to do is about the clock, by the code of that step", () => {
  const { report, chars, listDate } = cases["valid-as-of-clock"] as (typeof cases)[string];
  const told = (clock: string) => {
    const changed = JSON.parse(JSON.stringify(report).replaceAll("clock_behind", clock)) as Report;
    return read({ report: changed, chars, listDate, labels: null, host: null }, "es");
  };
  const [behind, far] = [told("clock_behind"), told("clock_far")];
  assert.deepEqual([behind.fix, behind.phone], [text("es", "v.valid_as_of.do_behind"), "V2-A"]);
  assert.deepEqual([far.fix, far.phone], [text("es", "v.valid_as_of.do_far"), "V2-B"]);
  for (const { means, notes, when } of [behind, far]) {
    assert.deepEqual([when?.before, when?.after], ["del ", "."], "no age by a clock that is wrong");
    assert.equal(notes.some((note) => note.includes("hace")), false);
    assert.equal(means[0], text("es", "v.valid_as_of.means_clock"));
    assert.ok(notes.includes(text("es", "why.clock")));
  }
  const sound = JSON.parse(JSON.stringify(report).replaceAll("clock_behind", "stale")) as Report;
  assert.match(read({ report: sound, chars, listDate, labels: null, host: null }, "es").when?.after ?? "", /hace/);
  const old = cases["cannot-verify-old"] as (typeof cases)[string];
  const doubted = { ...old.report, reasons: ["clock_far", ...old.report.reasons], steps: ["V2", ...old.report.steps] };
  assert.equal(read({ ...old, report: doubted, labels: null, host: null }, "es").fix, text("es", "v.valid_as_of.do_far"));
  assert.equal(read({ ...old, labels: null, host: null }, "es").fix, text("es", "fix.old"));
});
