/**
 * Status lists at install (TRUST section 5, step 6): what stays set, what is held back, what the registry may reset.
 *
 * A stolen status key must neither clear a revocation nor annul a country in a day.
 */
import { common, countBits, minus, union } from "../status.ts";
import type { Instant, StatusList } from "./installed.ts";

const DAY = 86_400_000;
const MANY_LEAST = 64;
/** One fiftieth: 2 % of the list. */
const MANY_SHARE = 50;

/** A list that was never here before, as `install` makes it: nothing to compare with. */
export type FreshList = Pick<StatusList, "url" | "issuer" | "purpose" | "signed" | "signedAt" | "epoch">;

export function firstList(fresh: FreshList): StatusList {
  return { ...fresh, sticky: fresh.signed, held: false, unset: 0, added: [] };
}

/** `fresh` after `former`. `approved`: the registry lists its hash. For suspension the newest wins. */
export function followList(fresh: StatusList, former: StatusList, now: Instant, approved: boolean): StatusList {
  if (fresh.purpose === "suspension") return fresh;
  // A higher epoch is the registry's own word that what is no longer set may go.
  const base = fresh.epoch > former.epoch ? common(former.sticky, fresh.signed) : former.sticky;
  const bits = countBits(minus(fresh.signed, base));
  const recent = former.added.filter(([at]) => Math.min(fresh.signedAt, now) - at < DAY);
  const before = recent.reduce((sum, [, count]) => sum + count, 0);
  if (!approved && bits + before > allowance(fresh, former, now)) {
    return { ...fresh, signedAt: former.signedAt, sticky: base, held: true, added: recent };
  }
  return {
    ...fresh,
    sticky: union(base, fresh.signed),
    unset: countBits(minus(base, fresh.signed)),
    added: bits > 0 && !approved ? [...recent, [fresh.signedAt, bits]] : recent,
  };
}

/**
 * The day's share, once for each day begun since the former list; a list that is held back gains none by waiting.
 * The list's own time may not run ahead of the device's, or a stolen key could give itself years.
 */
function allowance(fresh: StatusList, former: StatusList, now: Instant): number {
  const passed = Math.min(fresh.signedAt, now) - former.signedAt;
  const days = former.held ? 1 : Math.max(1, Math.ceil(passed / DAY));
  return Math.max(MANY_LEAST, Math.floor((fresh.signed.length * 8) / MANY_SHARE)) * days;
}
