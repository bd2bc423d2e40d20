/** Papers of many people, fifty in a file: which file, the ways to have it, and all of them one after another. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
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

/** A paper, of one file or of all from that one on. */
interface Taken {
  readonly paper: Paper;
  readonly all: boolean;
}

export function PaperParts({ id, of, papers }: { id: string; of: number; papers: readonly Paper[] }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const [typed, setTyped] = useState("1");
  const [first, setFirst] = useState<Taken | null>(null);
  const act = useAct();
  const part = Number(typed);
  const right = Number.isInteger(part) && part >= 1 && part <= of;
  const { nothing, under, take } = useTaking(of, setTyped);
  /** Its question stands while the first file comes, which is signed for; the others come with the page in sight. */
  const taking = async (taken: Taken): Promise<void> => {
    await take({ ...taken, all: false }, part);
    if (taken.all && part < of) void act.run(() => take(taken, part + 1));
  };
  const ask = (taken: Taken) => () => (taken.paper.asked === undefined ? act.run(() => take(taken, part)) : setFirst(taken));
  return (
    <div class="stack">
      {of > 1 && <div class="narrow"><Field id={id} type="number" label={say("paper.part", { of: count(of) })} hint={say("paper.part_hint")} value={typed} change={setTyped} /></div>}
      <FaultNote fault={act.fault} />
      {nothing && <div class="note plain" role="status"><p>{say("paper.nothing")}</p></div>}
      {under > 0 && <p role="status">{say("paper.under_way", { n: count(under), of: count(of) })} <progress max={of} value={under} aria-hidden="true" /></p>}
      <div class="acts">
        {papers.map((paper) => <button class="tap" type="button" key={paper.name} disabled={!right} aria-disabled={act.busy} onClick={ask({ paper, all: false })}><Glyph name="print" />{paper.label}</button>)}
      </div>
      {of > 1 && (
        <div class="acts">
          {papers.map((paper) => <button class="tap" type="button" key={paper.name} disabled={!right} aria-disabled={act.busy} onClick={ask({ paper, all: true })}><Glyph name="save" />{say("paper.all", { what: paper.label, n: typed, of: count(of) })}</button>)}
        </div>
      )}
      {first?.paper.asked !== undefined && <Confirm close={() => setFirst(null)} asked={{ ...first.paper.asked, act: () => taking(first) }} />}
    </div>
  );
}

/** Takes one file or the rest of them, a request each; `at` follows, so that what broke off is gone on with where it stands. */
function useTaking(of: number, at: (part: string) => void): { nothing: boolean; under: number; take: (taken: Taken, from: number) => Promise<void> } {
  const { ports } = useWalk();
  const [nothing, setNothing] = useState(false);
  const [under, setUnder] = useState(0);
  const stands = useRef(true);
  useEffect(() => () => {
    stands.current = false; // who leaves the view has what was saved so far
  }, []);
  const save = async ({ name, print }: Paper, part: number): Promise<boolean> => {
    const file = await print(part);
    if (file !== null) ports.saveFile(`${name}-${part}.${file.type.endsWith("pdf") ? "pdf" : "csv"}`, file);
    return file !== null;
  };
  const take = async ({ paper, all }: Taken, from: number): Promise<void> => {
    setNothing(false);
    let saved = false;
    try {
      for (let part = from; stands.current && part <= (all ? of : from); part += 1) {
        if (all) setUnder(part);
        at(String(part));
        saved = await save(paper, part) || saved;
      }
    } finally {
      setUnder(0);
    }
    setNothing(!saved);
  };
  return { nothing, under, take };
}
