/** The list of a fair: what it holds, what it may keep, and a file that no spreadsheet runs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { countsOf, csvOf, lineOf, namesOf, printOf, readLines, saidOf, toKeep, type Line } from "../../../src/stories/verifier/fairlist.ts";
import { clockTime, learn, text } from "../../../src/words/text.ts";
import en from "../../../src/words/languages/en.json" with { type: "json" };
import type { JudgedHere } from "../../../src/kit/ports.ts";
import type { PassReport, Report, Verdict } from "../../../src/words/report.ts";

const AT = Date.parse("2026-11-22T14:42:00Z");

function pass(verdict: Verdict, claims: Record<string, unknown> | null): PassReport {
  return {
    verdict, claims, tier: "T1", asOf: null, reasons: [], steps: [], issuer: { did: "did:web:norma.example", name: { es: "Norma (DEMO)" } },
    type: "CompetencePass", scheme: "SENA-NSCL", validFrom: null, validUntil: null, statusAge: null,
  };
}

function judged(verdict: Verdict, passes: readonly PassReport[], reasons: readonly string[] = [], steps: readonly string[] = []): JudgedHere {
  const report: Report = { verdict, passes, reasons, steps, level: passes.length > 0 ? "copy" : null, bundleVersion: 7, judgedAt: "2026-11-22T14:42:00Z", sameHolder: false, looksLike: null, seenBefore: null };
  const table = { norms: {}, levels: {}, idTypes: {}, permitStatus: {}, countries: {}, occupations: {}, municipalities: {} };
  return { report, labels: { es: { ...table, types: { "CompetencePass/SENA-NSCL": "=Competencia \"laboral\"" } } }, listDate: null, chars: 10, host: null };
}

const plain = { named: false, like: null };
const ANA = judged("valid", [pass("valid", { name: "Ana María", idTail: "4821" })]);

test("a line has no name unless it was asked for, and never of a pass that shows nothing", () => {
  assert.equal(lineOf(ANA, AT, plain).name, null);
  assert.equal(lineOf(ANA, AT, { named: true, like: null }).name, "Ana María");
  assert.equal(namesOf(judged("cannot_verify", [pass("cannot_verify", { name: "Ana María" })]).report), null);
});

test("a grey line says its reason and the code for the telephone", () => {
  const line = lineOf(judged("cannot_verify", [], ["malformed_base45"], ["V5"]), AT, plain);
  assert.deepEqual([line.group, line.phone, line.level], ["picture", "V5", null]);
});

test("beside a result stands of which day the status is, the oldest of several, and which list said so", () => {
  const days = ["2026-11-20T23:30:00Z", "2026-11-19T03:00:00Z"].map((asOf) => ({ ...pass("valid", { name: "Ana" }), asOf }));
  const line = lineOf(judged("valid", days), AT, plain);
  assert.deepEqual([line.status, line.list], ["2026-11-19T03:00:00Z", 7]);
  assert.match(csvOf([line], "es").split("\r\n")[1] ?? "", /;Válido;2026-11-18;.*;7$/); // that day in Colombia
  const grey = judged("cannot_verify", days.map((each) => ({ ...each, verdict: "cannot_verify" as const, claims: null })), ["status_too_old"], ["V21"]);
  assert.equal(lineOf(grey, AT, plain).status, null);
});

test("a line that was kept before there were dates is there still", () => {
  const { status: _status, list: _list, ...before } = toKeep([lineOf(ANA, AT, plain)])[0] as Line;
  assert.deepEqual(readLines([before]), [{ ...before, status: null, list: null }]);
});

test("counts stand best first, and nothing is counted that did not come", () => {
  const lines = ["valid", "revoked", "valid"].map((verdict) => lineOf(judged(verdict as Verdict, []), AT, plain));
  assert.deepEqual(countsOf(lines), [["valid", 2], ["revoked", 1]]);
});

test("the file is safe for a spreadsheet: formulas are no formulas, quotes are doubled", () => {
  const named: Line = { ...lineOf(ANA, AT, { named: true, like: null }), name: "@Zoë, \"la\" Müller" };
  const rows = csvOf([named], "es").split("\r\n");
  assert.equal(rows[0], "\uFEFFDía;Hora;Resultado;Fecha del estado;Tipo o razón;Cómo se mostró;Versión de la lista;Nombre");
  assert.match(rows[1] ?? "", /^2026-11-22;9:42\sa\.\sm\.;Válido;;"'=Competencia ""laboral""";/);
  assert.ok((rows[1] ?? "").endsWith(`"'@Zoë, ""la"" Müller"`));
  assert.equal(rows.length, 3);
  assert.ok(!csvOf([lineOf(ANA, AT, plain)], "es").includes("Nombre"));
});

test("what is kept has no name, and what comes back with one is left out", () => {
  const lines = [lineOf(ANA, AT, { named: true, like: AT })];
  assert.equal(JSON.stringify(toKeep(lines)).includes("Ana"), false);
  assert.deepEqual(readLines(structuredClone(toKeep(lines))), toKeep(lines));
  assert.deepEqual(readLines([...lines, null, {}, { ...toKeep(lines)[0], verdict: "fine" }]), []);
  assert.equal(readLines(undefined), null);
});

test("the same parts in any order are one code; the same claims look alike under another signature", () => {
  assert.equal(printOf(["B", "A"]), printOf(["A", "B"]));
  assert.notEqual(printOf(["A"]), printOf(["AB"]));
  assert.equal(saidOf(ANA.report), saidOf(judged("revoked", [pass("revoked", { name: "Ana María", idTail: "4821" })]).report));
  assert.equal(saidOf(judged("cannot_verify", [pass("cannot_verify", null)]).report), null);
  assert.equal(saidOf(judged("cannot_verify", []).report), null);
});

test("what is said to be kept is what the file holds, in the words of its columns", () => {
  learn("en", en);
  for (const language of ["es", "en"] as const) {
    const columns = (named: boolean): string[] => (csvOf([lineOf(ANA, AT, { named, like: null })], language).slice(1).split("\r\n")[0] ?? "").toLowerCase().split(";");
    const said = (named: boolean): string => text(language, named ? "fair.holds_names" : "fair.holds").toLowerCase();
    assert.equal(columns(true).length, 8);
    for (const named of [false, true]) assert.deepEqual(columns(named).filter((column) => !said(named).includes(column)), []);
  }
});

test("that a code looks like one before stands in the file as on the screen", () => {
  assert.ok(csvOf([lineOf(ANA, AT, { named: false, like: AT })], "es").includes(text("es", "fair.like", { time: clockTime("es", AT) })));
});
