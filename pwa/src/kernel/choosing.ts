/**
 * From what a holder wants to show to the texts that show it: the profile first, then which passes, then how.
 *
 * What goes beyond its profile is refused before anything is made (`over_asking`). Of passes that say the same one is
 * offered: for a live code the one that is made for her key, for a still code one without a key, which is smaller. The
 * twin of `wallet/choosing.py`; what goes into the history is the wallet's to note.
 */
import type { InstalledBundle, Instant } from "./bundle/installed.ts";
import { canonicalText } from "./canonical.ts";
import { type JsonObject, member, without } from "./json.ts";
import type { Signer } from "./ports.ts";
import { isBoundTo, type Manner, showAnswer, showLive, type Shown, showStill } from "./presenting.ts";
import { mayShow, requireWithin } from "./profiles.ts";
import type { Question } from "./question.ts";
import { Refused } from "./refused.ts";
import { claimsOf } from "./subject.ts";

/** A pass that the wallet keeps, as far as choosing looks at it. */
export interface Held {
  readonly name: string;
  readonly document: JsonObject;
}

/** For what passes are looked for; `did` is the holder's. */
export interface Looking {
  readonly manner: Manner;
  readonly profile: string;
  readonly did: string;
}

/** What the holder chose to do; `question` for an answer only. */
export interface Wish {
  readonly manner: Manner;
  readonly profile: string;
  readonly question: Question | null;
}

/** What a code is made with. */
export interface Making {
  readonly bundle: InstalledBundle;
  readonly signer: Signer;
  readonly now: Instant;
}

/** The passes that may be shown so, one of each content, in the order they were kept. A code takes four (`PASSES`). */
export function passesFor<P extends Held>(held: readonly P[], looking: Looking, profiles: JsonObject): readonly P[] {
  const { manner, profile, did } = looking;
  const suits = ({ document }: P): boolean => isBoundTo(document, did) === (manner !== "static");
  const byContent = new Map<string, P>();
  for (const one of held.filter(({ document }) => mayShow(document, profile, profiles))) {
    const content = contentOf(one.document);
    const former = byContent.get(content);
    if (former === undefined || suits(one) || !suits(former)) byContent.set(content, one);
  }
  return [...byContent.values()].filter((one) => manner === "static" || suits(one));
}

/**
 * The texts to draw for a wish. Refuses `over_asking`, `holder_mismatch`, `invalid_shape`, `too_large_for_qr`, and
 * `bad_request` for an answer to nothing.
 */
export async function display(passes: readonly JsonObject[], wish: Wish, { bundle, signer, now }: Making): Promise<Shown> {
  const { manner, profile, question } = wish;
  requireWithin(passes, profile, bundle.policy.profiles);
  const showing = { signer, dictionary: bundle.dictionary, now };
  if (manner === "static") return showStill(passes, bundle.dictionary);
  if (manner === "live") return showLive(passes, showing);
  if (question === null) throw new Refused("bad_request", "an answer needs the verifier's letters");
  if (question.profile !== profile) throw new Refused("over_asking", "more than the holder chose");
  return showAnswer(passes, showing, { challenge: question.challenge, domain: question.domain });
}

/** What a pass certifies: twins of one origin differ in their key and places, not in this. */
function contentOf(document: JsonObject): string {
  return canonicalText([member(document, "type") ?? null, member(document, "issuer") ?? null, without(claimsOf(document), "id")]);
}
