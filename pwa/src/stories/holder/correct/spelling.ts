/** Which of her passes still write her name as it was before a correction. Plain data, no drawing. */
import { shown } from "../../../kernel/typed.ts";
import { certificatesOf, nameOf } from "../card.ts";
import type { DisputeLine, Held } from "../ports.ts";

/**
 * Of each certificate the copy made for her key that still stands and writes another name than those that were corrected: not
 * one without a name, nor of a certificate of which she asked for it already, in whichever copy.
 */
export function speltOtherwise(passes: readonly Held[], disputes: readonly Pick<DisputeLine, "pass" | "kind" | "state">[]): readonly Held[] {
  const about = disputes.filter(({ kind }) => kind === "name");
  const asked = new Set(about.map(({ pass }) => pass));
  const corrected = new Set(about.filter(({ state }) => state === "corrected").map(({ pass }) => pass));
  const right = new Set(passes.filter(({ name }) => corrected.has(name)).map(nameIn).filter((name) => name !== ""));
  if (right.size === 0) return [];
  const others = certificatesOf(passes).filter((copies) => !copies.some(({ name }) => asked.has(name)));
  return others.flatMap((copies) => copies.filter((held) => held.bound && stands(held) && isOther(nameIn(held), right)).slice(0, 1));
}

/** Her name on it as it is drawn: what looks the same is the same. */
export function nameIn(held: Pick<Held, "document">): string {
  return shown(nameOf(held));
}

function isOther(name: string, right: ReadonlySet<string>): boolean {
  return name !== "" && !right.has(name);
}

function stands({ judged: { report } }: Held): boolean {
  return report.verdict !== "revoked" && report.verdict !== "expired";
}
