/**
 * V23 to V25: does the person to whom the passes were given show them, now, to this verifier, and for the first time?
 */
import { hex, sha256, utf8 } from "../bytes.ts";
import { type JsonObject, member } from "../json.ts";
import { checkProof, type Proof, proofForm } from "../proof.ts";
import { during, Refused } from "../refused.ts";
import { claimsOf } from "../subject.ts";
import type { Level } from "../../words/report.ts";
import { AUTHENTICATION } from "../../words/terms.ts";
import { requireDidKey } from "./believing.ts";
import { readDateTime } from "./dates.ts";
import type { Ground } from "./ground.ts";

const LIVE_TOLERANCE = 90_000;
const SESSION_LIFE = 120_000;
/** The challenge of a code that answers nobody in particular (FORMAT section 5). */
const OPEN = "0";

/** A presentation whose holder's proof held. `seenBefore`: seconds since it was first shown here. */
export interface VerifiedPresentation {
  readonly level: Level;
  readonly seenBefore: number | null;
}

/** V23 to V25 in order. */
export async function requireShown(document: JsonObject, passes: readonly JsonObject[], ground: Ground): Promise<VerifiedPresentation> {
  const proof = during("V23", () => proofForm(document, AUTHENTICATION));
  await requireHolder(document, passes, proof, ground); // V23
  const level = requireAnswer(proof, ground); // V24
  return { level, seenBefore: ground.seen.look(hex(sha256(utf8(proof.value))), ground.now) }; // V25
}

/** V23: one proof for authentication, by the did:key to which every enclosed pass was given. */
async function requireHolder(document: JsonObject, passes: readonly JsonObject[], proof: Proof, ground: Ground): Promise<void> {
  const key = requireDidKey(proof.method, "holder_mismatch", "V23");
  const holder = proof.method.split("#")[0] ?? "";
  try {
    await checkProof(document, proof, key, ground.crypto);
  } catch (fault) {
    throw fault instanceof Refused ? fault.at("V23") : fault;
  }
  const stated = member(document, "holder");
  if (stated !== undefined && stated !== holder) {
    throw new Refused("holder_mismatch", "the holder named is not the one that signed", "V23");
  }
  for (const pass of passes) {
    if (member(claimsOf(pass), "id") !== holder) {
      throw new Refused("holder_mismatch", "a pass was given to another holder", "V23");
    }
  }
}

/** V24: the answer to this session's question, or without a session a code made within 90 s of now. */
function requireAnswer(proof: Proof, { session, now }: Ground): Level {
  if (proof.challenge !== (session === null ? OPEN : session.challenge)) {
    throw new Refused("challenge_mismatch", "the proof answers another challenge", "V24");
  }
  if (session === null) {
    requireRecent(proof, now);
    return "live";
  }
  if (proof.domain !== null && proof.domain !== session.domain) {
    throw new Refused("domain_mismatch", "the proof answers another verifier", "V24");
  }
  if (now < session.issuedAt || now - session.issuedAt > SESSION_LIFE) {
    throw new Refused("stale_presentation", "the question is older than its life", "V24");
  }
  return "live_challenge";
}

/** By the raw device clock: a phone that runs behind the bundle still agrees with the phone before it. */
function requireRecent(proof: Proof, now: number): void {
  let created: number;
  try {
    created = readDateTime(proof.created);
  } catch (fault) {
    throw fault instanceof Refused ? new Refused("stale_presentation", "no time of making that can be read", "V24") : fault;
  }
  if (Math.abs(created - now) > LIVE_TOLERANCE) {
    throw new Refused("stale_presentation", "made more than 90 s away from now", "V24");
  }
}
