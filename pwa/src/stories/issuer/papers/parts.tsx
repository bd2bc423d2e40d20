/** Papers of many people, fifty in a file: which file, and the ways to have it. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { type Asked, Confirm } from "../confirm.tsx";
import { Field } from "../entry/fields.tsx";
import { useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";

export interface Paper {
  readonly label: string;
  /** The file's name without its part and ending. */
  readonly name: string;
  /** What printing does beside the paper: said and asked first. */
  readonly asked?: Omit<Asked, "act"> | undefined;
  /** null: nothing of that part can be printed now. */
  readonly print: (part: number) => Promise<Blob | null>;
}

export function PaperParts({ id, of, papers }: { id: string; of: number; papers: readonly Paper[] }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  const [typed, setTyped] = useState("1");
  const [nothing, setNothing] = useState(false);
  const [first, setFirst] = useState<Paper | null>(null);
  const act = useAct();
  const part = Number(typed);
  const right = Number.isInteger(part) && part >= 1 && part <= of;
  const take = async ({ name, print }: Paper): Promise<void> => {
    setNothing(false);
    const file = await print(part);
    setNothing(file === null);
    if (file !== null) ports.saveFile(`${name}-${part}.${file.type.endsWith("pdf") ? "pdf" : "csv"}`, file);
  };
  return (
    <div class="stack">
      {of > 1 && <div class="narrow"><Field id={id} type="number" label={say("paper.part", { of: count(of) })} hint={say("paper.part_hint")} value={typed} change={setTyped} /></div>}
      <FaultNote fault={act.fault} />
      {nothing && <div class="note plain" role="status"><p>{say("paper.nothing")}</p></div>}
      <div class="acts">
        {papers.map((paper) => <button class="tap" type="button" key={paper.name} disabled={!right} aria-disabled={act.busy} onClick={() => (paper.asked === undefined ? act.run(() => take(paper)) : setFirst(paper))}><Glyph name="print" />{paper.label}</button>)}
      </div>
      {first?.asked !== undefined && <Confirm close={() => setFirst(null)} asked={{ ...first.asked, act: () => take(first) }} />}
    </div>
  );
}
