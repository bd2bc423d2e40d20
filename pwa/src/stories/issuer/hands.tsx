/** Whose hand it was, and when: who asked for something or made it, and who decided about it. Draws only. */
import type { VNode } from "preact";
import { properName } from "../../words/text.ts";
import { useFigures } from "./parts.tsx";

export function AskedBy({ person, at }: { person: string; at: string }): VNode {
  const { time } = useFigures();
  return <>{properName(person)}<br /><span class="small quiet">{time(at)}</span></>;
}

/** Under what became of it; nothing where nobody decided yet. */
export function DecidedBy({ of: { decidedBy, decided } }: { of: { readonly decidedBy: string | null; readonly decided: string | null } }): VNode | null {
  const { time } = useFigures();
  if (decidedBy === null) return null;
  return <><br /><span class="small quiet">{properName(decidedBy)}, {time(decided)}</span></>;
}
