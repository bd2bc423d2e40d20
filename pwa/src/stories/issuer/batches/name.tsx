/** A batch by its name: as the way to it, and with the small line of what its name does not say. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { useWalk } from "../walk.tsx";
import type { BatchName } from "../wire.ts";
import { besideOf, nameOf } from "./naming.ts";

export function Beside({ batch }: { batch: BatchName }): VNode {
  const { language } = useWords();
  return <span class="small quiet">{besideOf(batch, language).join(" · ")}</span>;
}

export function BatchLink({ batch }: { batch: BatchName }): VNode {
  const { language } = useWords();
  const { go } = useWalk();
  return <><button class="link-tap" type="button" onClick={() => go("batch", batch.id)}>{nameOf(batch, language)}</button><br /><Beside batch={batch} /></>;
}
