/** Whose credentials an act on many is for: all of a lot or of another such act, of a norm on some days, of some documents. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { numbered } from "../../../words/text.ts";
import { FaultNote, useLoad } from "../asking.tsx";
import { nameOf } from "../batches/naming.ts";
import { Choice, Field } from "../entry/fields.tsx";
import { shortName } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { BatchName, Chosen } from "../wire.ts";
import { readWay } from "./way.ts";

const WAYS = ["norm", "documents"] as const;
type Way = (typeof WAYS)[number];

export interface Typed {
  readonly way: Way;
  readonly norm: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly documents: string;
}
export const NOTHING_TYPED: Typed = { way: "norm", norm: "", firstDay: "", lastDay: "", documents: "" };

/** `given`: what the view was opened for, by the server's own words for it ("batch 9fK2…"); empty where it is to be typed. */
export function chosenOf(given: string, { way, norm, firstDay, lastDay, documents }: Typed): Chosen {
  const opened = readWay(given);
  if (opened?.what === "batch") return { way: "batch", batch: opened.name };
  if (opened?.what === "bulk") return { way: "bulk", bulk: opened.name };
  if (way === "norm") return { way, norm, firstDay, lastDay };
  return { way, documents: documents.split(/[\s,;]+/).filter((each) => each !== "") };
}

export function Choosing({ given, typed, change }: { given: string; typed: Typed; change: (typed: Typed) => void }): VNode {
  const { say } = useWords();
  if (given !== "") return <Given way={given} />;
  const field = (name: keyof Typed) => ({ id: name, label: say(`many.${name}`), value: typed[name], change: (value: string) => change({ ...typed, [name]: value }) });
  return (
    <>
      <Choice id="way" label={say("many.way")} value={typed.way} change={(way) => change({ ...typed, way })} options={WAYS.map((each) => ({ value: each, label: say(`many.way.${each}`) }))} />
      {typed.way === "norm"
        ? <><Field {...field("norm")} /><Field {...field("firstDay")} type="date" /><Field {...field("lastDay")} type="date" /></>
        : <Documents value={typed.documents} change={(documents) => change({ ...typed, documents })} />}
    </>
  );
}

function Documents({ value, change }: { value: string; change: (value: string) => void }): VNode {
  const { say } = useWords();
  return (
    <div class="field">
      <label for="documents">{say("many.documents")}</label>
      <span class="hint" id="documents-hint">{say("many.documents_hint")}</span>
      <textarea class="in" id="documents" rows={5} required spellcheck={false} aria-describedby="documents-hint" value={value} onInput={(event) => change(event.currentTarget.value)} />
    </div>
  );
}

/** What the view was opened for; a batch is called by its name as soon as it is known. */
function Given({ way: line }: { way: string }): VNode {
  const { ports } = useWalk();
  const way = readWay(line);
  const { value, fault } = useLoad(() => (way?.what === "batch" ? ports.server.batch(way.name) : Promise.resolve(null)), line);
  return <><p><b><WayWords way={line} batch={value} /></b></p><FaultNote fault={fault} /></>;
}

/** How it was chosen, in words: the server's line names no person. */
export function WayWords({ way: line, batch }: { way: string; batch: BatchName | null }): VNode | null {
  const { say, language } = useWords();
  const way = readWay(line);
  if (way === null) return null;
  if (way.what === "batch") return <>{say("many.of.batch", { name: batch === null ? shortName(way.name) : nameOf(batch, language) })}</>;
  if (way.what === "bulk") return <>{say("many.of.bulk", { name: shortName(way.name) })}</>;
  if (way.what === "norm") return <>{say("many.of.norm", { norm: way.norm, first: way.first, last: way.last })}</>;
  return <>{say(numbered(`many.of.${way.what}`, Number(way.n)), { n: way.n })}</>;
}
