/** What a holder is told that an employer will see: every claim of the pass, in the bundle's words, whatever the pass. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { factsOf } from "../../../src/kit/facts.ts";
import { isObject, type JsonObject } from "../../../src/kernel/json.ts";
import { cardOf, passOf } from "../../../src/stories/holder/card.ts";
import type { Held } from "../../../src/stories/holder/ports.ts";
import { restOf, seenOf } from "../../../src/stories/holder/show/sees.ts";
import type { Labels, PassReport, Tier } from "../../../src/words/report.ts";
import { readVectors, WALLET } from "../../published.ts";

const LABELS: Labels = {
  types: { "SkillPass/RAP": "Reconocimiento" }, norms: { "220201501/2": { title: "Servir a la mesa" } }, levels: { intermedio: "Intermedio" },
  idTypes: { PPT: "Permiso por Protección Temporal" }, permitStatus: {}, countries: { VEN: "Venezuela" }, occupations: { "51201": "Cocina" },
  municipalities: { "05001": "Medellín" },
};

function held(document: JsonObject, verdict: PassReport["verdict"] = "valid", tier: Tier = "T1"): Held {
  const subject = document["credentialSubject"];
  const claims = isObject(subject) ? subject : {};
  const type = Array.isArray(document["type"]) ? String(document["type"].at(-1)) : null;
  const scheme = typeof claims["scheme"] === "string" ? claims["scheme"] : null;
  const pass: PassReport = {
    verdict, tier, asOf: null, reasons: [], steps: [], issuer: null, type, scheme, validFrom: null, validUntil: null, claims, statusAge: null,
  };
  const report = { verdict, level: null, bundleVersion: 1, judgedAt: "2026-11-22T00:30:20Z", reasons: [], steps: [], sameHolder: false, looksLike: null, seenBefore: null, passes: [pass] };
  return { name: "a", document, judged: { report, labels: { es: LABELS }, host: null, listDate: null, chars: 0 }, bound: true, pinned: true, gone: false, receivedAt: "" };
}

function textsOf(pass: Held): readonly string[] {
  return seenOf(pass, "es").lines.map((line) => line.text);
}

const SEEN = readVectors<{ readonly seen: readonly { readonly document: JsonObject }[] }>(WALLET, "choosing.json").seen.map(({ document }) => document);
const WHOLE = SEEN.find((document) => isObject(document["credentialSubject"]) && "municipality" in document["credentialSubject"]) ?? {};

test("no claim of a pass stays unsaid, and words are the bundle's", () => {
  const { kind, title, lines } = seenOf(held(WHOLE), "es");
  assert.deepEqual([kind, title], ["Reconocimiento", "Servir a la mesa, Intermedio"]);
  assert.deepEqual(lines.map((line) => line.text), [
    "Nombre: Ana María Pérez Gómez", "Norma 220201501, versión 2", "Qué estudió o sabe: 7, 12", "Oficio: Cocina", "Horas: 40", "Número del certificado: 000-1",
    "Si puede trabajar: sí", "Estado del permiso: vigente", "Nacionalidad: Venezuela", "Tipo de documento: Permiso por Protección Temporal",
    "Documento: solo el final, 4821", "Año de nacimiento: 1994", "Municipio: Medellín", "Quién lo firma y las fechas",
  ]);
});

test("what no list of ours names is said too, cleaned of signs that nobody sees", () => {
  const strange = { ...WHOLE, credentialSubject: { scheme: "RAP", health: ["x\u202e", { y: 1 }], workAllowed: false } };
  assert.deepEqual(textsOf(held(strange)), ["Si puede trabajar: no lo dice", 'Otro dato: x, {"y":1}', "Quién lo firma y las fechas"]);
});

test("what the title tells is not told twice", () => {
  const permit = { type: ["VerifiableCredential", "PermitPass"], credentialSubject: { name: "Ana", scheme: "PPT", workAllowed: true } };
  assert.equal(seenOf(held(permit), "es").title, "Puede trabajar");
  assert.deepEqual(textsOf(held(permit)), ["Nombre: Ana", "Quién lo firma y las fechas"]);
  assert.ok(textsOf(held(permit, "expired")).includes("Si puede trabajar: sí"));
});

test("a norm that has no title here is named once, by its code, as whoever reads it is told", () => {
  const newer = { type: ["VerifiableCredential", "CompetencePass"], credentialSubject: { scheme: "SENA-NSCL", norm: 290801106, normVersion: 1 } };
  assert.equal(seenOf(held(newer), "es").title, "Norma 290801106, versión 1");
  assert.deepEqual(textsOf(held(newer)), ["Quién lo firma y las fechas"]);
});

test("each field that hiring asks for has its own reason", () => {
  const { lines } = seenOf(held(WHOLE), "es");
  const why = new Map(lines.map((line) => [line.text.split(":")[0], line.why]));
  assert.deepEqual([why.get("Nombre"), why.get("Nacionalidad"), why.get("Documento"), why.get("Oficio")], ["asked.name", "asked.registries", "asked.document", "asked.skill"]);
});

test("what no fact tells is told beside them, for whose pass it is", () => {
  const skill = { ...WHOLE, type: ["VerifiableCredential", "CompetencePass"] };
  assert.deepEqual(restOf(held(skill), "es").map((line) => line.split(":")[0]), [
    "Qué estudió o sabe", "Oficio", "Horas", "Número del certificado", "Si puede trabajar", "Estado del permiso", "Nacionalidad", "Año de nacimiento", "Municipio",
  ]);
  const permit = { type: ["VerifiableCredential", "PermitPass"], credentialSubject: { name: "Ana", scheme: "PPT", workAllowed: true, permitStatus: "vigente", country: "VEN", idTail: "4821" } };
  assert.deepEqual(restOf(held(permit), "es"), []);
  assert.deepEqual(restOf(held(permit, "expired"), "es"), ["Si puede trabajar: sí", "Estado del permiso: vigente"]);
});

test("what a person says of herself has its own kind, whatever kind of an issuer's is written on it", () => {
  const own = held(WHOLE, "cannot_verify", "T3");
  const [kind] = factsOf(passOf(own.document, own.judged.report), LABELS, "es").filter(({ name }) => name === "kind").flatMap(({ lines }) => lines);
  assert.deepEqual([seenOf(own, "es").kind, cardOf(own, "es").kind, kind?.text], Array(3).fill("Habilidad declarada"));
  assert.equal(cardOf(held(WHOLE), "es").kind, "Reconocimiento");
});
