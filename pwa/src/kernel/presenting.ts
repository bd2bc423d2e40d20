/**
 * What a holder shows: passes as a still code, or signed live by her key (TRUST section 9, FORMAT sections 5 d, 8, 9).
 *
 * The texts made here go into QR codes as they are: one symbol, or frames where one is too small. The clock and the
 * signer are arguments; which passes may be shown is choosing.ts's. The twin of `wallet/showing.py`.
 */
import { PASS_CHARS, PASSES, SYMBOL_CHARS } from "./bounds.ts";
import type { Instant } from "./bundle/installed.ts";
import { type Dictionary, EMPTY_ENTRY } from "./cborld/tables.ts";
import { toText } from "./cborld/text.ts";
import { framesOf } from "./frames.ts";
import { type JsonObject, member } from "./json.ts";
import type { Signer } from "./ports.ts";
import { addProof } from "./proof.ts";
import { Refused } from "./refused.ts";
import { claimsOf } from "./subject.ts";
import { moment } from "./verify/reporting.ts";
import { AUTHENTICATION, PRESENTATION_CONTEXTS, VERIFIABLE_PRESENTATION } from "../words/terms.ts";

export type Manner = "static" | "live" | "answer";
export type QrLevel = "L" | "M";

/** The challenge of a live code that answers nobody in particular. */
const OPEN = "0";
/** What an issuer's desk asks has this form, of 32 bytes, which no verifier takes: it asks by "0" or eight letters. */
const AT_DESK = /^[A-Za-z0-9_-]{43}$/;
/** After so long a live code is made anew (TRUST section 9). */
export const LIVE_STEP = 30_000;

/** The texts to draw: one, or the frames of one. `until` = when a live code is to be drawn anew, null if never. */
export interface Shown {
  readonly manner: Manner;
  readonly texts: readonly string[];
  readonly level: QrLevel;
  readonly until: Instant | null;
}

/** What a signed code is made with. */
export interface Showing {
  readonly signer: Signer;
  readonly dictionary: Dictionary;
  readonly now: Instant;
}

/** The members of the holder's proof that say for whom and when. */
interface Freshness {
  readonly challenge: string;
  readonly domain: string | null;
}

/** A still code: proves what the issuers said, not who shows it. Refuses `invalid_shape`, `too_large_for_qr`. */
export function showStill(passes: readonly JsonObject[], dictionary: Dictionary): Shown {
  requireSome(passes);
  const [first] = passes;
  const alone = passes.length === 1 && first !== undefined;
  const text = toText(alone ? first : passes, dictionary, entryOf(dictionary));
  return { manner: "static", texts: drawn(text), level: alone && text.length <= PASS_CHARS ? "M" : "L", until: null };
}

/** Signed now, for nobody in particular; to be made anew at `until`. Refuses `holder_mismatch` besides. */
export async function showLive(passes: readonly JsonObject[], showing: Showing): Promise<Shown> {
  const texts = await signed(passes, showing, { challenge: OPEN, domain: null });
  return { manner: "live", texts, level: "L", until: stepOf(showing.now) + LIVE_STEP };
}

/** Signed for one verifier's letters, whatever the clocks say; `domain` is its short name if the letters were scanned. */
export async function showAnswer(passes: readonly JsonObject[], showing: Showing, asked: Freshness): Promise<Shown> {
  return { manner: "answer", texts: await signed(passes, showing, asked), level: "L", until: null };
}

/** A presentation without passes, which proves a key alone (pick-up). */
export function proveKey(signer: Signer, asked: Freshness, now: Instant): Promise<JsonObject> {
  return proved([], signer, asked, now);
}

/**
 * The presentation of one pass for its own issuer's desk, and for nobody else, as JSON (a dispute): whom it is for says the
 * pass, never the desk. Refuses `bad_request` for a challenge that is none of a desk, `holder_mismatch`.
 */
export async function presentAtDesk(document: JsonObject, signer: Signer, challenge: string, now: Instant): Promise<JsonObject> {
  requireHers([document], signer);
  if (!AT_DESK.test(challenge)) throw new Refused("bad_request", "a challenge of another form than a desk's");
  return presentTo([document], signer, { challenge, domain: String(member(document, "issuer")) }, now);
}

/** Whether the pass was made for this key: only then can it be shown live. */
export function isBoundTo(document: JsonObject, did: string): boolean {
  return member(claimsOf(document), "id") === did;
}

/** Now rounded down to 30 s. */
function stepOf(now: Instant): Instant {
  return now - (now % LIVE_STEP);
}

function compose(passes: readonly JsonObject[]): JsonObject {
  const document: JsonObject = { "@context": [...PRESENTATION_CONTEXTS], type: [VERIFIABLE_PRESENTATION] };
  return passes.length === 0 ? document : { ...document, verifiableCredential: [...passes] };
}

function presentTo(passes: readonly JsonObject[], signer: Signer, asked: Freshness, now: Instant): Promise<JsonObject> {
  requireHers(passes, signer);
  return proved(passes, signer, asked, now);
}

function proved(passes: readonly JsonObject[], signer: Signer, asked: Freshness, now: Instant): Promise<JsonObject> {
  return addProof(compose(passes), signer, { purpose: AUTHENTICATION, created: moment(stepOf(now)), ...asked });
}

async function signed(passes: readonly JsonObject[], { signer, dictionary, now }: Showing, asked: Freshness): Promise<string[]> {
  const presentation = await presentTo(passes, signer, asked, now);
  return drawn(toText(presentation, dictionary, entryOf(dictionary)));
}

function requireHers(passes: readonly JsonObject[], signer: Signer): void {
  requireSome(passes);
  if (!passes.every((document) => isBoundTo(document, signer.did))) {
    throw new Refused("holder_mismatch", "only a pass made for this wallet's key can be shown live");
  }
}

/** The registry entry to write under: the bundle's newest one with tables. */
function entryOf(dictionary: Dictionary): number {
  const numbers = [...dictionary.entries.keys()].filter((number) => number !== EMPTY_ENTRY);
  if (numbers.length === 0) throw new Refused("unknown_registry_entry", "the bundle has no entry to write under");
  return Math.max(...numbers);
}

/** One symbol up to 15-L; else frames, each 11-M at most (FORMAT 9). */
function drawn(text: string): string[] {
  return text.length <= SYMBOL_CHARS ? [text] : framesOf(text);
}

function requireSome(passes: readonly JsonObject[]): void {
  if (passes.length === 0 || passes.length > PASSES) {
    throw new Refused("invalid_shape", "between one and four passes are shown at a time");
  }
}
