/** The catalogues: the same keys and holes in each, nothing left untranslated, the written sentences, no word that may not appear. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { CODES } from "../../src/words/codes.ts";
import en from "../../src/words/languages/en.json" with { type: "json" };
import es from "../../src/words/languages/es.json" with { type: "json" };
import { VERDICTS } from "../../src/words/report.ts";
import { type Catalogue, certificateDate, counted, dayOf, type Key, learn, longDate, ownName, pieces, properName, shortDate, spaced, text } from "../../src/words/text.ts";
import { namedIn } from "../../tools/catalogue.ts";
import { deciding, GROUPS, groupOf, phoneCode } from "../../src/kit/reasons.ts";

const CATALOGUES: Readonly<Record<string, Catalogue>> = { es, en };
learn("en", en);
const HOLES = /\{[a-z]+\}/g;
const SAME = new Set(["paper.csv_pin", "app.brand", "v.valid_as_of.plain", "issuing.rate", "issuing.seconds", "issuing.minutes", "figures.few_n"]); // names, and what reads alike in both
const FORBIDDEN = /\b(fals[oa]s?|falsificad\w+|fraude|ilegal\w*|no (?:revocad|anulad)o|vigente|inválid\w*|sospechos\w*|rechazad\w*|alerta|error)\b|[!¡]/i;
const keys = Object.keys(es) as Key[];

test("every key is translated, with the same holes", () => {
  for (const [language, catalogue] of Object.entries(CATALOGUES)) {
    assert.deepEqual(Object.keys(catalogue).sort(), [...keys].sort(), language);
    for (const key of keys) {
      assert.notEqual(catalogue[key].trim(), "", `${language} ${key}`);
      assert.deepEqual([...(catalogue[key].match(HOLES) ?? [])].sort(), [...(es[key].match(HOLES) ?? [])].sort(), `${language} ${key}`);
    }
  }
  const untranslated = keys.filter((key) => es[key] === en[key] && !SAME.has(key) && !/^\{[a-z]+\}\.?$/.test(es[key]));
  assert.deepEqual(untranslated, []);
});

test("no view holds text of its own, and every key is used", () => {
  const folder = new URL("../../src/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name) && (name === "words/text.ts" || !name.startsWith("words/")));
  const code = sources.map((name) => readFileSync(new URL(name, folder), "utf8"));
  sources.forEach((name, place) => {
    if (!name.endsWith(".tsx")) return;
    const spoken = (code[place] ?? "").match(/(?<!=)>\s*[A-Za-zÁÉÍÓÚÑáéíóúñ¿«][^<>{}();=]*<\//g);
    assert.equal(spoken, null, `${name} holds text: ${spoken?.join(" | ")}`);
  });
  const all = code.join("\n");
  const named = namedIn(all);
  const unused = keys.filter((key) => !named(key));
  assert.deepEqual(unused, ["app.no_script"]); // stands in index.html, for pages without script
  for (const name of ["verifier", "wallet", "issuer"] as const) {
    const page = readFileSync(new URL(`../../${name}/index.html`, import.meta.url), "utf8");
    assert.ok(page.includes(es["app.no_script"]) && page.includes(`<title>${es[`app.title.${name}`]}</title>`), name);
  }
});

test("no word of the forbidden list in Spanish", () => {
  assert.deepEqual(keys.filter((key) => FORBIDDEN.test(es[key])), []);
});

test("every code has a sentence and every step a telephone code", () => {
  const grey = Object.entries(CODES).filter(([, row]) => row.kind !== "mark").map(([code]) => code);
  const marks = ["not_yet_valid", "status_missing", "status_mismatch", "status_too_old", "clock_doubt", "self_declared"];
  for (const code of [...grey, ...marks]) {
    assert.ok(deciding([code]) === 0, code);
    assert.ok(`why.${groupOf(code)}` in es && `fix.${groupOf(code)}` in es, code);
  }
  for (const group of GROUPS) assert.ok(`why.${group}` in es, group);
  for (const verdict of VERDICTS) assert.ok(`v.${verdict}.word` in es, verdict);
  for (const [code, row] of Object.entries(CODES)) for (const step of row.steps) assert.match(phoneCode(step, code), /^V\d+(-[A-H])?$/, code);
  assert.equal(phoneCode("V15", "invalid_signature"), "V15");
  assert.equal(phoneCode("V12", "unknown_issuer"), "V12-B");
  assert.equal(deciding(["clock_behind", "self_declared", "invalid_signature"]), 2);
});

test("the sentences of the reasons are the contract's, in both languages", () => {
  const rows = readFileSync(new URL("../../../schemas/codes.py", import.meta.url), "utf8");
  for (const group of GROUPS) {
    for (const catalogue of [es, en] as const) {
      const sentence = catalogue[`why.${group}`].replaceAll("{date}", catalogue === es ? "{fecha}" : "{date}");
      assert.ok(rows.includes(sentence), sentence);
    }
  }
});

test("dates are Bogotá's day, a bare date keeps its own", () => {
  assert.equal(longDate("es", "2026-11-20T03:00:00Z"), "19 de noviembre de 2026");
  assert.equal(certificateDate("es", "2029-03-10T00:00:00Z"), "10 de marzo de 2029");
  assert.equal(certificateDate("es", "2026-11-22"), "22 de noviembre de 2026");
  assert.equal(certificateDate("en", "2029-03-10T04:59:59Z"), "9 March 2029");
  assert.deepEqual([shortDate("es", "2026-11-20T12:00:00Z"), shortDate("en", "2026-11-20T12:00:00Z")], ["20 nov 2026", "20 Nov 2026"]);
  assert.equal(counted("note.days", 1), "note.days_1");
});

test("a hole without a value raises", () => {
  assert.throws(() => text("es", "note.days"));
  assert.deepEqual(pieces("es", "note.days", { n: 3 }), ["Información de hace ", 3, " días."]);
});

test("a language names itself, and one that lacks a key is not learnt", () => {
  assert.deepEqual([ownName("es"), ownName("en")], ["Español", "English"]);
  assert.throws(() => learn("xx", { "app.brand": "Puente" }), /lacks/);
  assert.throws(() => text("xx", "app.brand"), /not learnt/);
});

test("names of staff are written as names, whatever the server keeps", () => {
  assert.equal(properName("óscar de la rueda (demo)"), "Óscar de la Rueda (DEMO)");
  for (const login of ["oscar@formacion", "oscar", "oscar rueda@formacion", "sistema-seccl 2"]) assert.equal(properName(login), login);
  assert.equal(properName("de la hoz pérez-peña"), "De la Hoz Pérez-Peña");
});

test("a moment's day is Bogotá's, also where London has another", () => {
  assert.equal(dayOf(Date.parse("2026-11-21T04:59:59Z")), "2026-11-20");
  assert.equal(dayOf(Date.parse("2026-11-21T05:00:00Z")), "2026-11-21");
  assert.equal(dayOf(Date.parse("2027-01-01T00:00:00Z")), "2026-12-31"); // a moment, though it looks like a bare date
});

test("a long sign stands in groups, the last as short as it is", () => {
  assert.equal(spaced("9fK2mQx7a", 4), "9fK2 mQx7 a");
  assert.equal(spaced("9fK2mQx7", 4), "9fK2 mQx7");
  assert.equal(spaced("", 8), "");
});
