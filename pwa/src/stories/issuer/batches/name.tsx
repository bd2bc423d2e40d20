/** A batch by its name: as the way to it, and with the small line of what its name does not say. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { numbered } from "../../../words/text.ts";
import { useWalk } from "../walk.tsx";
import { useFigures } from "../parts.tsx";
import type { BatchName } from "../wire.ts";
import { besideOf, nameOf } from "./naming.ts";

/** A batch that was released, and when; `again`: how many rows at most go out a second time with the choices of now. */
export type Issued = BatchName & { readonly released: string | null; readonly again?: number };

export function Beside({ batch }: { batch: BatchName }): VNode {
  const { language } = useWords();
  return <span class="small quiet">{besideOf(batch, language).join(" · ")}</span>;
}

/** That a batch was issued from the very same file; nothing where none was. */
export function IssuedBefore({ batch }: { batch: Issued | null | undefined }): VNode | null {
  const { say } = useWords();
  const { time, count } = useFigures();
  if (batch === null || batch === undefined || batch.released === null) return null;
  const { released, again = 0 } = batch;
  const date = time(released);
  const said = again === 0 ? say("dry.issued_before", { date }) : say(numbered("dry.issued_otherwise", again), { date, n: count(again) });
  return <div class="note" role="status"><p>{said}<br /><BatchLink batch={batch} /></p></div>;
}

export function BatchLink({ batch }: { batch: BatchName }): VNode {
  const { language } = useWords();
  const { go } = useWalk();
  return <><button class="link-tap" type="button" onClick={() => go("batch", batch.id)}>{nameOf(batch, language)}</button><br /><Beside batch={batch} /></>;
}
