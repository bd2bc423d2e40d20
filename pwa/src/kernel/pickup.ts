/**
 * Pick-up at an issuer: code and PIN, proof of the holder's key, and the passes made for it (DOMAIN P2).
 *
 * What comes back is not believed here: receiving.ts verifies each pass before it is kept. The proof is a presentation
 * without passes, for the issuer's own challenge and domain: it says that the key is held, and nothing else. The twin of
 * `wallet/pickup.py`.
 */
import type { Instant } from "./bundle/installed.ts";
import { PICKUP_JSON } from "./bounds.ts";
import { utf8 } from "./bytes.ts";
import { readJson } from "./codec.ts";
import { isObject, type JsonObject, member } from "./json.ts";
import type { Post, Signer } from "./ports.ts";
import { proveKey } from "./presenting.ts";
import { readClaim, readPin } from "./question.ts";
import { Refused } from "./refused.ts";
import { isCode } from "../words/codes.ts";
import { JSON_MEDIA, PROBLEM_MEDIA, VP_MEDIA } from "../words/terms.ts";

const PICKUPS = "/v1/issuer/pickups";
const MOST = 16;
const SHORT = 200;

/** An opened pick-up, good for ten minutes: what to sign. A proof that got no answer may be sent again. */
export interface Pickup {
  readonly id: string;
  readonly challenge: string;
  readonly domain: string;
}

/**
 * Opens a pick-up with the slip's letters and the PIN that came apart, both as typed or scanned. Refuses `bad_request`,
 * and with the issuer's own code: `wrong_secret`, `offer_used`, `another_phone`, `former_phone`, `offer_replaced`.
 */
export async function openPickup(code: string, pin: string, post: Post): Promise<Pickup> {
  const asked = utf8(JSON.stringify({ code: readClaim(code), pin: readPin(pin) }));
  const opened = await send(post, PICKUPS, asked, JSON_MEDIA);
  const pickup = { id: short(opened, "id"), challenge: short(opened, "challenge"), domain: short(opened, "domain") };
  if (!/^[A-Za-z0-9_-]*[A-Za-z0-9][A-Za-z0-9_-]*$/.test(pickup.id)) throw new Refused("schema", "a pick-up without a name");
  return pickup;
}

/** What an issuer hands over: the passes, and the full credential beside them where there is one. */
export interface Handed {
  readonly credentials: readonly JsonObject[];
  /** Open Badges 3.0, for wallets and verifiers of others: no pass, and never in a QR. */
  readonly badge: JsonObject | null;
}

/** Proves the key and takes what is handed over, as it came. Refuses `schema`, and with the issuer's own code. */
export async function takePickup(pickup: Pickup, signer: Signer, now: Instant, post: Post): Promise<Handed> {
  const { id, challenge, domain } = pickup;
  const proof = await proveKey(signer, { challenge, domain }, now);
  const answer = await send(post, `${PICKUPS}/${id}/present`, utf8(JSON.stringify(proof)), VP_MEDIA);
  const rows = member(answer, "credentials");
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > MOST) throw nothing();
  const full = member(answer, "badge");
  return { credentials: rows.map(credentialOf), badge: isObject(full) ? credentialOf(full) : null };
}

function credentialOf(row: unknown): JsonObject {
  const credential = isObject(row) ? member(row, "credential") : undefined;
  if (!isObject(credential)) throw nothing();
  return credential;
}

async function send(post: Post, path: string, body: Uint8Array, mediaType: string): Promise<JsonObject> {
  const answer = await post(path, body, mediaType);
  const document = readJson(answer.body, PICKUP_JSON);
  if (answer.mediaType.split(";")[0]?.trim() !== PROBLEM_MEDIA) return document;
  const code = member(document, "code");
  // Only codes that we know: the issuer's text is not shown.
  throw new Refused(typeof code === "string" && isCode(code) ? code : "bad_request", "the issuer refused the pick-up");
}

function short(document: JsonObject, name: string): string {
  const value = member(document, name);
  if (typeof value !== "string" || value === "" || [...value].length > SHORT) {
    throw new Refused("bad_request", "the issuer's answer lacks a member");
  }
  return value;
}

function nothing(): Refused {
  return new Refused("schema", "an answer without credentials");
}
