/**
 * What may be shown under which disclosure profile (DOMAIN section 7): closed lists, signed in the bundle's policy.
 *
 * A pass is shown whole, so one claim too many refuses the whole pass: `over_asking`, "Piden datos de más". The holder may
 * always show less. `profiles` is the bundle's `policy.profiles`; a profile that it does not hold allows nothing. The
 * twin of `wallet/profiles.py`.
 */
import { ANY } from "./bundle/installed.ts";
import { equals, isObject, type JsonObject, type JsonValue, member } from "./json.ts";
import { isRefused, Refused } from "./refused.ts";

/** The holder's own key: it proves who shows, and says nothing else. */
const ALWAYS = "id";

/** Refuses `over_asking` where a pass says more than the profile lists, `schema` where it has no subject. */
export function requireWithin(passes: readonly JsonObject[], profile: string, profiles: JsonObject): void {
  for (const document of passes) {
    const { claims, beyond } = look(document, profile, profiles);
    if (beyond.length > 0 || claims.size === 0) throw new Refused("over_asking", "more than the disclosure profile lists");
  }
}

/** Whether a pass lies within the profile: for choosing what to offer; the refusal itself is `requireWithin`. */
export function mayShow(document: JsonObject, profile: string, profiles: JsonObject): boolean {
  return !isRefused(() => requireWithin([document], profile, profiles));
}

/** The claims of a pass that the profile does not list, in the pass's order: what is told of a pass that stays home. */
export function claimsBeyond(document: JsonObject, profile: string, profiles: JsonObject): readonly string[] {
  return look(document, profile, profiles).beyond;
}

function look(document: JsonObject, profile: string, profiles: JsonObject): { claims: ReadonlySet<string>; beyond: readonly string[] } {
  const subject = member(document, "credentialSubject");
  if (!isObject(subject)) throw new Refused("schema", "a pass without a subject");
  const claims = listed(document, subject, rowsOf(member(profiles, profile)));
  return { claims, beyond: Object.keys(subject).filter((name) => name !== ALWAYS && !claims.has(name)) };
}

/** The claims of the most specific row: the pair, then the type with any scheme. */
function listed(document: JsonObject, subject: JsonObject, rows: readonly JsonObject[]): ReadonlySet<string> {
  const types = member(document, "type");
  const named = Array.isArray(types) ? types.at(-1) : undefined;
  for (const scheme of [member(subject, "scheme"), ANY]) {
    const row = rows.find((one) => equals(member(one, "type"), named) && equals(member(one, "scheme"), scheme));
    const claims = row === undefined ? undefined : member(row, "claims");
    if (row !== undefined) return new Set(Array.isArray(claims) ? claims.map(String) : []);
  }
  return new Set();
}

function rowsOf(profile: JsonValue | undefined): readonly JsonObject[] {
  const shows = isObject(profile) ? member(profile, "shows") : undefined;
  return Array.isArray(shows) ? shows.filter(isObject) : [];
}
