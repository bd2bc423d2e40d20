/** The chunks of a batch as a grid: full, hatched, empty, with its key and the same in words (LOOK section 3, Progress). Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { useFigures } from "../parts.tsx";
import type { Progress } from "../wire.ts";

type Chunk = Progress["chunks"][number];
const LOOKS = { sealed: "done", promised: "now", waiting: "" } as const satisfies Readonly<Record<Chunk["state"], string>>;
const STATES = Object.keys(LOOKS) as (keyof typeof LOOKS)[];
const LEAST_FAR_FIRST = STATES.toReversed();
/** More than these are drawn several to a square, by the least far of them. */
const MOST = 400;

export function Chunks({ chunks }: { chunks: readonly Chunk[] }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const of = (state: Chunk["state"]): string => count(chunks.filter((chunk) => chunk.state === state).length);
  const words = say("chunks.words", { n: count(chunks.length), done: of("sealed"), now: of("promised"), waiting: of("waiting") });
  return (
    <section class="stack">
      <h2>{say("chunks.title", { n: count(chunks[0]?.size ?? 0) })}</h2>
      <div class="chunks" role="img" aria-label={words}>{squares(chunks).map((state, place) => <i key={place} class={LOOKS[state]} />)}</div>
      <p class="key" aria-hidden="true">{STATES.map((state) => <span key={state}><span class="chunks"><i class={LOOKS[state]} /></span>{say(`chunks.${state}`)}</span>)}</p>
    </section>
  );
}

function squares(chunks: readonly Chunk[]): readonly Chunk["state"][] {
  const each = Math.ceil(chunks.length / MOST);
  return Array.from({ length: Math.ceil(chunks.length / each) }, (_, place) => {
    const here = chunks.slice(place * each, (place + 1) * each).map(({ state }) => state);
    return LEAST_FAR_FIRST.find((state) => here.includes(state)) ?? "waiting";
  });
}
