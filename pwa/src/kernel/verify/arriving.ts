/**
 * V3 to V9: texts or bytes -> the documents in them. Bounds first, nothing trimmed, nothing opened, nothing repaired.
 *
 * What is decoded here is believed by nobody yet: a table, a context or a frame can break a pass, never change it,
 * since the signature is over the JSON (V15).
 */
import { CODES_AT_ONCE, CREDENTIAL_JSON, PRESENTATION_JSON, PRESENTED_PASSES, QR_TEXT, TEXTS } from "../bounds.ts";
import { isPresentation, requireDefined } from "../cborld/compress.ts";
import type { Dictionary } from "../cborld/tables.ts";
import { fromText, requireContexts } from "../cborld/text.ts";
import { readJson } from "../codec.ts";
import { joinFrames } from "../frames.ts";
import { equals, isObject, type JsonObject, member } from "../json.ts";
import { during, Refused } from "../refused.ts";
import { FRAME_PREFIX, VERIFIABLE_PRESENTATION } from "../../words/terms.ts";

/** One text, or the frames of one. */
export type Letter = readonly string[];

/** What a letter held: passes, and the presentation around them if they came in one. */
export interface Arrived {
  readonly passes: readonly JsonObject[];
  readonly presentation: JsonObject | null;
}

/** Texts by what they are for: letters to judge, and log proofs that may stand by a pass (V17). */
export interface Sorted {
  readonly letters: readonly Letter[];
  readonly logProofs: readonly string[];
}

/** Frames together, log proofs apart, each code once. Where no text is of Puente, the first stands for all. */
export function sortTexts(texts: readonly string[]): Sorted {
  if (texts.length > TEXTS) throw new Refused("limits_exceeded", "more texts than one look can hold", "V3");
  const distinct = [...new Set(texts)];
  const frames = distinct.filter((text) => text.startsWith(FRAME_PREFIX));
  const letters = distinct.filter((text) => text.startsWith("VC1-") || text.startsWith("VP1-")).map((text) => [text]);
  if (frames.length > 0) letters.push(frames);
  if (letters.length > CODES_AT_ONCE) throw new Refused("limits_exceeded", "more codes than one look can hold", "V3");
  const logProofs = distinct.filter((text) => text.startsWith("VR1-"));
  return { letters: letters.length > 0 ? letters : [[distinct[0] ?? ""]], logProofs };
}

/** V3 to V9 for a QR text or its frames. */
export function readLetter(letter: Letter, dictionary: Dictionary): Arrived {
  if (letter.some((text) => text.length > QR_TEXT)) throw new Refused("limits_exceeded", "longer than any QR code", "V3");
  const [first = ""] = letter;
  const text = first.startsWith(FRAME_PREFIX) ? during("V4", () => joinFrames(letter)) : first;
  const { documents, presentation } = fromText(text, dictionary);
  return presentation === null ? { passes: documents, presentation } : open(presentation);
}

/** V9 for a credential or a presentation as JSON; what comes before speaks of QR codes alone. */
export function readJsonLetter(raw: Uint8Array, dictionary: Dictionary): Arrived {
  const document = during("V7", () => readBounded(raw));
  const presented = isPresentation(document);
  const arrived = presented ? open(document) : { passes: [document], presentation: null };
  during("V9", () => {
    requireContexts({ documents: arrived.passes, presentation: arrived.presentation });
    // One pass may stand bare or in an array (VC Data Model 2.0 section 4.13); the walk knows the array.
    requireDefined(presented ? { ...document, verifiableCredential: [...arrived.passes] } : [document], dictionary);
  });
  return arrived;
}

/** A presentation may be larger than a credential, and which of them it is shows only when it is read. */
function readBounded(raw: Uint8Array): JsonObject {
  const document = readJson(raw, PRESENTATION_JSON);
  if (raw.length > CREDENTIAL_JSON.bytes && !isPresentation(document)) {
    throw new Refused("limits_exceeded", "more bytes than a credential may have");
  }
  return document;
}

/** The presentation and the passes inside, 1 to 8 of them. */
function open(document: JsonObject): Arrived {
  const found = member(document, "verifiableCredential");
  const inside = found === undefined ? [] : Array.isArray(found) ? found : [found];
  if (inside.length > PRESENTED_PASSES) throw new Refused("limits_exceeded", "more passes than it may hold", "V9");
  const passes = inside.filter(isObject);
  const plain = equals(member(document, "type"), [VERIFIABLE_PRESENTATION]);
  if (passes.length === 0 || passes.length !== inside.length || !plain) {
    throw new Refused("invalid_shape", "a presentation of nothing, or of no credentials", "V9");
  }
  return { passes, presentation: document };
}
