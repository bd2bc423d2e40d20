/**
 * What she keeps from the PIN, as it lies in the vault: notes of one pass each, so that it stays so after a forgotten PIN, on a
 * new phone and on her others. One that replaces such a pass is kept from it too.
 *
 *     {"type": "unpinned", "changedAt": …, "pass": name}
 */
import type { Instant } from "../../kernel/bundle/installed.ts";
import { member } from "../../kernel/json.ts";
import type { Random } from "../../kernel/ports.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { former } from "../../kernel/vault/kept.ts";

const UNPINNED = "unpinned";

/** The passes that the PIN does not open; `waiting`: those that a pack says and the vault does not yet. */
export function unpinnedIn(wallet: OpenWallet, waiting: readonly string[] = []): ReadonlySet<string> {
  const said = new Set([...waiting, ...wallet.notes(UNPINNED).map(({ body }) => member(body, "pass"))]);
  if (said.size === 0) return new Set();
  return new Set(wallet.passes().map(({ name }) => name).filter((name) => lineOf(wallet, name).some((each) => said.has(each))));
}

/** With those passes kept from the PIN. */
export function withUnpinned(wallet: OpenWallet, names: readonly string[], now: Instant, random: Random): OpenWallet {
  const there = unpinnedIn(wallet);
  return names.filter((name) => !there.has(name)).reduce((before, pass) => before.note(UNPINNED, { pass }, now, random), wallet);
}

/** With those passes opened by the PIN again, or gone: nothing is said of them nor of those that they replaced. */
export function withoutUnpinned(wallet: OpenWallet, names: readonly string[]): OpenWallet {
  const meant = new Set<unknown>(names.flatMap((name) => lineOf(wallet, name)));
  const over = wallet.notes(UNPINNED).filter(({ body }) => meant.has(member(body, "pass")));
  return over.reduce((before, { name }) => before.dropNote(name), wallet);
}

function lineOf(wallet: OpenWallet, name: string): readonly string[] {
  return [name, ...former(wallet.contents, name)];
}
