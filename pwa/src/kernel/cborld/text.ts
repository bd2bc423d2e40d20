/**
 * The text in a QR: prefix + base45 + CBOR-LD, both ways. Steps V3 to V9 of the verifier (TRUST 4, FORMAT 6).
 *
 * Frames are joined before (frames.ts). No URL is opened, no text trimmed.
 */
import { QR_BYTES, QR_TEXT } from "../bounds.ts";
import { base45, fromBase45 } from "../base45.ts";
import { sameBytes } from "../bytes.ts";
import { canonicalText } from "../canonical.ts";
import { equals, isObject, type JsonObject, type JsonValue, without } from "../json.ts";
import { during, Refused } from "../refused.ts";
import { CREDENTIAL_PREFIX, PASS_CONTEXTS, PRESENTATION_CONTEXTS, PRESENTATION_PREFIX } from "../../words/terms.ts";
import { type Documents, encode, isPresentation } from "./compress.ts";
import { type Decoded, type Expanded, expand } from "./expand.ts";
import { type Dictionary, EMPTY_ENTRY } from "./tables.ts";

/** QR text -> documents. Refuses with the codes and steps of V3 to V9. */
export function fromText(text: string, dictionary: Dictionary): Decoded {
  if (text.length > QR_TEXT) throw new Refused("limits_exceeded", "more characters than a symbol holds", "V3");
  const presented = text.startsWith(PRESENTATION_PREFIX);
  if (!presented && !text.startsWith(CREDENTIAL_PREFIX)) {
    throw new Refused("unsupported_prefix", "neither VC1-R nor VP1-R", "V4");
  }
  const bytes = during("V5", () => fromBase45(text.slice(CREDENTIAL_PREFIX.length)));
  if (bytes.length > QR_BYTES) throw new Refused("limits_exceeded", "more bytes than a symbol holds", "V7");
  const expanded = expand(bytes, dictionary, presented);
  during("V9", () => {
    requireContexts(expanded);
    if (!expanded.defined) throw new Refused("unknown_property", "a property that no context defines");
    requireSameBytes(expanded, dictionary, bytes);
  });
  return expanded;
}

/**
 * Documents -> QR text; what would not come back the same is refused as `invalid_value` (FORMAT 2.6), what no symbol
 * holds as `too_large_for_qr`.
 */
export function toText(documents: Documents, dictionary: Dictionary, entry: number): string {
  if (entry === EMPTY_ENTRY) throw new Refused("unknown_registry_entry", "an entry that is read but never written");
  const presented = isObject(documents) && isPresentation(documents);
  const text = (presented ? PRESENTATION_PREFIX : CREDENTIAL_PREFIX) + base45(encode(documents, dictionary, entry));
  if (text.length > QR_TEXT) throw new Refused("too_large_for_qr", "more characters than a symbol holds");
  const back = fromText(text, dictionary);
  const read = isObject(documents) ? (back.presentation ?? back.documents[0] ?? null) : [...back.documents];
  if (canonicalText(read) !== canonicalText(isObject(documents) ? documents : [...documents])) {
    throw new Refused("invalid_value", "it would not come back the same");
  }
  return text;
}

/** VCDM 2.0 4.3 as the profile has it: these lists, this order; inside, only the proof repeats one (V11 compares it). */
export function requireContexts(decoded: Pick<Decoded, "documents" | "presentation">): void {
  for (const document of decoded.documents) requireContext(document, PASS_CONTEXTS);
  if (decoded.presentation !== null) requireContext(without(decoded.presentation, "verifiableCredential"), PRESENTATION_CONTEXTS);
}

function requireContext(document: JsonObject, contexts: readonly string[]): void {
  const inside = holdsContext(Object.values(without(document, "@context", "proof")));
  if (!equals(document["@context"], [...contexts]) || inside) {
    throw new Refused("unknown_context", "not the contexts of the profile");
  }
}

function holdsContext(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(holdsContext);
  return isObject(value) && (Object.hasOwn(value, "@context") || Object.values(value).some(holdsContext));
}

function requireSameBytes(expanded: Expanded, dictionary: Dictionary, bytes: Uint8Array): void {
  const { kind, documents, presentation, entry } = expanded;
  const again = kind === "credential" ? documents[0] : kind === "presentation" ? presentation : documents;
  let written = new Uint8Array();
  try {
    if (again !== undefined && again !== null) written = Uint8Array.from(encode(again, dictionary, entry));
  } catch (fault) {
    // What cannot be written again was not written by the one way there is.
    if (!(fault instanceof Refused)) throw fault;
  }
  if (!sameBytes(written, bytes)) throw new Refused("noncanonical_cbor", "writing it again gives other bytes");
}
