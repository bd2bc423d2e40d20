/** A written world of speech: what is said, by which voice, and that no voice that sends words away is ever used. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { speaker } from "../../src/world/speech.ts";

type Named = Pick<SpeechSynthesisVoice, "lang" | "localService">;
const HERE: Named = { lang: "es_US", localService: true };
const BOGOTA: Named = { lang: "es-CO", localService: true };
const AWAY: Named = { lang: "es-CO", localService: false };

class Words {
  voice: Named | null = null;
  lang = "";
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
Object.assign(globalThis, { SpeechSynthesisUtterance: Words });

/** Speech with these voices, named when it is told to; and the page that is looked at. */
function world(...voices: readonly Named[]) {
  const heard: (Words | "hush")[] = [];
  let known: readonly Named[] = voices;
  const speech = Object.assign(new EventTarget(), { getVoices: () => known, speak: (words: Words) => void heard.push(words), cancel: () => void heard.push("hush") });
  const page = Object.assign(new EventTarget(), { hidden: false });
  const voice = speaker(speech as never, page as never);
  assert.ok(voice !== null);
  const name = (...more: readonly Named[]): void => {
    known = more;
    speech.dispatchEvent(new Event("voiceschanged"));
  };
  return { voice, heard, page, name, said: () => heard.filter((each) => each !== "hush").map(({ text, lang }) => [text, lang]) };
}

test("a voice of the phone says it, the country's own before others, and cuts short what was said before", async () => {
  const { voice, heard, said } = world(AWAY, HERE, BOGOTA);
  assert.equal(await voice.say("Válido.", "es"), true);
  assert.deepEqual(said(), [["Válido.", "es-CO"]]);
  assert.equal((heard.at(-1) as Words).voice, BOGOTA);
  assert.equal(heard[0], "hush");
});

test("voices are named in either way", async () => {
  const { voice, said } = world(HERE);
  await voice.say("Hola", "es");
  assert.deepEqual(said(), [["Hola", "es_US"]]);
});

test("a voice that speaks elsewhere, or another language, is none", async () => {
  const { voice, said } = world(AWAY, { lang: "fr-FR", localService: true });
  assert.equal(await voice.say("Ana María Pérez", "es"), false);
  assert.deepEqual(said(), []);
});

test("voices that come late are waited for, and those that never come are not", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const late = world();
  const first = late.voice.say("Hola", "es");
  late.name(HERE);
  assert.equal(await first, true);
  assert.deepEqual(late.said(), [["Hola", "es_US"]]);
  const never = world();
  const second = never.voice.say("Hola", "es");
  mock.timers.tick(2000);
  assert.equal(await second, false);
  mock.timers.reset();
});

test("what was asked for before somebody went on is not said after it", async () => {
  const { voice, name, said } = world();
  const asked = voice.say("Ana María Pérez", "es");
  voice.hush();
  name(HERE);
  assert.equal(await asked, true);
  assert.deepEqual(said(), []);
});

test("the words end when the page is out of sight", () => {
  const { heard, page } = world(HERE);
  page.hidden = true;
  page.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(heard, ["hush"]);
});

test("a device without speech has no voice", () => assert.equal(speaker(undefined, new EventTarget() as never), null));
