/** A batch's small line: what its name does not say. Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { besideOf, type Named } from "./naming.ts";

export function Beside({ batch }: { batch: Named }): VNode {
  const { language } = useWords();
  return <span class="small quiet">{besideOf(batch, language).join(" · ")}</span>;
}
