/** The employer's calendar: DOMAIN 10's worked example out of our own law.json, what is unknown said so, and RFC 5545 to the octet. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { calendarText, civilDay, type Due, duesOf, type Events, readLaw, type Reminder } from "../../src/kernel/calendar.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { dueWords, listText, passEndWords, remindersOf } from "../../src/kit/dues.ts";
import en from "../../src/words/languages/en.json" with { type: "json" };
import { learn } from "../../src/words/text.ts";
import { readVectors, ROOT } from "../published.ts";

learn("en", en);
const FILE = readVectors<JsonObject>(join(ROOT, "schemas", "data"), "law.json");
const LAW = readLaw(FILE, "CO");
const STATED = readFileSync(join(ROOT, "schemas", "data", "law.json"), "utf8");

function due(events: Events): Record<string, string | null> {
  return Object.fromEntries(duesOf(LAW, events).map(({ rule, on }) => [rule.id, on]));
}

function refusal(work: () => unknown): string {
  try {
    work();
    return "accepted";
  } catch (fault) {
    assert.ok(fault instanceof Refused, String(fault));
    return fault.code;
  }
}

test("DOMAIN 10's worked example", () => {
  const hired = due({ "contract.signed": "2025-11-20", "work.start": "2025-11-20" });
  assert.deepEqual(hired, { "sire-start": "2025-12-05", "rutec-register": "2026-03-20", "social-security": null });
  assert.deepEqual(due({ "event.date": "2025-11-20" }), { "rutec-change": "2025-12-20" });
});

test("the trigger's day is day 0, over a leap day and a year's end; the earliest known event counts", () => {
  assert.equal(due({ "work.start": "2028-02-20" })["sire-start"], "2028-03-06");
  assert.equal(due({ "work.end": "2025-12-31" })["sire-end"], "2026-01-15");
  assert.equal(due({ "work.end": "2025-12-31" })["rutec-end"], "2026-01-30");
  assert.equal(due({ "contract.signed": "2025-11-01", "work.start": "2025-11-20" })["rutec-register"], "2026-03-01");
  assert.equal(due({ "contract.signed": "2025-12-01", "work.start": "2025-11-20" })["rutec-register"], "2026-03-20");
  assert.equal(due({ "contract.renewed": "2025-11-20" })["rutec-rehire"], "2026-03-20");
  assert.deepEqual(due({}), {});
});

test("a last day at a weekend stays that day, with the advice to do it before; what is unknown has no date and comes last", () => {
  const dues = duesOf(LAW, { "event.date": "2025-11-20", "work.start": "2025-11-20", "vacancy.open": "2025-11-01" });
  assert.deepEqual(dues.map(({ rule, on, isWeekend }) => [rule.id, on, isWeekend]), [
    ["sire-start", "2025-12-05", false],
    ["rutec-change", "2025-12-20", true],
    ["rutec-register", "2026-03-20", false],
    ["vacancy-register", null, false],
    ["social-security", null, false],
  ]);
  const ends = ["2025-11-21", "2025-11-22", "2025-11-23", "2025-11-24", "1969-12-20"].map((day) => duesOf(LAW, { "work.end": day })[0] as Due);
  assert.deepEqual(ends.map(({ on, isWeekend }) => [on, isWeekend]), [
    ["2025-12-06", true], ["2025-12-07", true], ["2025-12-08", false], ["2025-12-09", false], ["1970-01-04", true],
  ]);
});

test("only calendar days are counted, and only what is a day is one", () => {
  const working = readLaw({ ...FILE, CO: [{ ...(FILE["CO"] as JsonObject[])[0], dayKind: "working" }] }, "CO");
  assert.equal(duesOf(working, { "work.start": "2025-11-20" })[0]?.on, null);
  for (const day of ["2025-02-29", "2025-13-01", "20251120", "2025-11-20T00:00:00Z", "", "x"]) {
    assert.equal(refusal(() => duesOf(LAW, { "work.start": day })), "invalid_value", day);
  }
});

test("the rules are the bundle's: another country has none, a rule of another form is refused", () => {
  assert.ok(LAW.rules.length >= 8 && LAW.zone === "America/Bogota");
  assert.deepEqual(readLaw(FILE, "PE").rules, []);
  const [first] = FILE["CO"] as JsonObject[];
  for (const change of [{ days: -1 }, { days: 1.5 }, { days: "120" }, { from: [] }, { from: "work.start" }, { confirmed: "yes" }, { authority: "x" }, { id: "" }]) {
    assert.equal(refusal(() => readLaw({ ...FILE, CO: [{ ...first, ...change }] }, "CO")), "schema", JSON.stringify(change));
  }
  assert.equal(refusal(() => readLaw({ CO: [] }, "CO")), "schema");
  const source = readFileSync(new URL("../../src/kernel/calendar.ts", import.meta.url), "utf8");
  for (const word of ["RUTEC", "SIRE", "120", "Migración"]) assert.ok(!source.includes(word) && STATED.includes(word), word);
});

test("an end date is a day of the zone: its last second is still that day, a bare date keeps its own", () => {
  assert.equal(civilDay("2031-05-31T04:59:59Z", LAW.zone), "2031-05-30");
  assert.equal(civilDay("2031-05-31T05:00:00Z", LAW.zone), "2031-05-31");
  assert.equal(civilDay("2029-03-10T00:00:00Z", LAW.zone), "2029-03-10");
});

const MADE = { title: "Fechas de registro", language: "es", series: "5f1d7a", madeAt: "2025-11-20T14:00:00Z" } as const;

/** The lines of a calendar, unfolded as RFC 5545 section 3.1 says. */
function unfolded(file: string): string[] {
  assert.ok(file.endsWith("\r\n") && !/(?<!\r)\n|\r(?!\n)/.test(file));
  for (const line of file.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75, line);
  return file.replace(/\r\n[ \t]/g, "").trimEnd().split("\r\n");
}

function valueOf(lines: readonly string[], name: string): string {
  const line = lines.find((one) => one.startsWith(`${name}:`)) ?? assert.fail(name);
  return line.slice(name.length + 1).replace(/\\([\\;,nN])/g, (_all, sign: string) => (sign === "n" || sign === "N" ? "\n" : sign));
}

test("the calendar file: whole days, warnings, folded lines, texts that come back", () => {
  const text = `Línea con ñ y 🥖, comas; punto y coma \\ barra\n${"á".repeat(120)}`;
  const lines = unfolded(calendarText([{ name: "a", on: "2025-12-31", title: "SIRE: inicio, ya", text, warnings: [7, 1] }], MADE));
  assert.deepEqual(lines.slice(0, 5), ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Puente//Fechas de registro//ES", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]);
  assert.ok(lines.includes("DTSTART;VALUE=DATE:20251231") && lines.includes("DTEND;VALUE=DATE:20260101") && lines.includes("DTSTAMP:20251120T140000Z"));
  assert.deepEqual([valueOf(lines, "SUMMARY"), valueOf(lines, "DESCRIPTION")], ["SIRE: inicio, ya", text]);
  assert.deepEqual(lines.filter((line) => line.startsWith("TRIGGER")), ["TRIGGER:-P7D", "TRIGGER:-P1D"]);
  const stack: string[] = [];
  for (const line of lines) {
    if (line.startsWith("BEGIN:")) stack.push(line.slice(6));
    if (line.startsWith("END:")) assert.equal(stack.pop(), line.slice(4));
  }
  assert.deepEqual(stack, []);
  assert.ok(!unfolded(calendarText([{ name: "a", on: "2025-12-31", title: "x\u0000\u0007\r\nEND:VEVENT", text: "", warnings: [] }], MADE)).includes("x"));
});

test("a UID stays while the date moves, differs by series and by duty, and is a UUID that tells nothing", () => {
  const uids = (reminders: readonly Reminder[], series: string): string[] =>
    unfolded(calendarText(reminders, { ...MADE, series })).filter((line) => line.startsWith("UID:"));
  const one = { name: "sire-start", on: "2025-12-05", title: "a", text: "b", warnings: [] };
  assert.deepEqual(uids([one], "s"), uids([{ ...one, on: "2026-01-01", title: "c" }], "s"));
  assert.equal(new Set([...uids([one], "s"), ...uids([one], "t"), ...uids([{ ...one, name: "sire-end" }], "s")]).size, 3);
  assert.match(uids([one], "s")[0] ?? "", /^UID:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("in words: by when, before whom, by which source; the permit's end is to renew or update", () => {
  const dues = duesOf(LAW, { "contract.signed": "2025-11-20", "work.start": "2025-11-20", "event.date": "2025-11-20" });
  const es = [...dues.map((one) => dueWords(one, "2025-11-20", "es")), passEndWords("2031-05-30", "2025-11-20", "es")];
  assert.deepEqual(es[0]?.lines, [
    "Hágalo antes de terminar el 5 de diciembre de 2025.",
    "Ante Migración Colombia.",
    "15 días calendario desde el 20 de noviembre de 2025.",
    "Fuente: Resolución 2357 de 2020, Migración Colombia, según textos secundarios (2020). Confirme con su asesor.",
  ]);
  assert.equal(es[1]?.lines[1], "Ese día es fin de semana: hágalo antes.");
  assert.deepEqual(es[3]?.lines, ["No sé en cuántos días.", "No lo he confirmado. Pregunte a su asesor."]);
  const list = listText(es, "es");
  assert.ok(list.includes("La fecha del permiso es el 30 de mayo de 2031. Recuérdele a la persona renovar o actualizar."));
  assert.ok(list.includes("No conozco los festivos.") && list.includes("Hacer un registro no hace el otro."));
  assert.doesNotMatch(list, /despid|ilegal|no puede trabajar/i);
  const file = unfolded(calendarText(remindersOf(es), MADE));
  assert.equal(file.filter((line) => line === "BEGIN:VEVENT").length, 4);
  assert.ok(file.includes("SUMMARY:Permiso: renovar o actualizar"));
  assert.equal(dueWords(dues[2] as Due, "2025-11-20", "en").lines[0], "Do it before the end of 20 March 2026.");
  for (const language of ["es", "en"] as const) {
    const told = dues.map((one) => dueWords(one, "2025-11-20", language));
    assert.ok(told.every(({ lines, quoted }) => quoted === null || lines.at(-1)?.split(quoted).length === 2));
    assert.deepEqual([told[0]?.quoted, told[3]?.quoted], ["Resolución 2357 de 2020, Migración Colombia, según textos secundarios", null]);
  }
});

test("a day that is over is told as past, the last day itself is not; a source without a date says so", () => {
  const [due] = duesOf(LAW, { "work.start": "2025-11-20" });
  const on = (today: string): readonly string[] => dueWords(due as Due, today, "es").lines;
  assert.equal(on("2025-12-05")[0], "Hágalo antes de terminar el 5 de diciembre de 2025.");
  assert.equal(on("2025-12-06")[0], "El plazo terminó el 5 de diciembre de 2025. Haga el registro cuanto antes y pregunte a su asesor.");
  assert.ok(passEndWords("2025-12-05", "2025-12-06", "es").lines[0]?.startsWith("La fecha del permiso ya pasó: fue el 5 de diciembre de 2025."));
  const rung = dueWords(due as Due, "2025-12-06", "es").warnings.concat(passEndWords("2025-12-05", "2025-12-06", "es").warnings);
  assert.deepEqual(rung, []); // an alarm for it could never ring
  assert.ok(dueWords(due as Due, "2025-12-05", "es").warnings.length > 0);
  const undated = { ...(due as Due), rule: { ...(due as Due).rule, sourceDate: null } };
  assert.ok(dueWords(undated, "2025-11-20", "es").lines.at(-1)?.includes("sin fecha conocida"));
});
