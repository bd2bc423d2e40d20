/** Counts as bars, each with its number beside it, and the same as a table one tap away (LOOK section 3, Charts). Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { Table } from "../parts.tsx";

export interface Bar {
  readonly label: string;
  /** null: so few that they are not shown. */
  readonly n: number | null;
  readonly told: string;
  /** Of no group at all: its label is no name. */
  readonly nowhere?: boolean;
  /** Still growing. */
  readonly open?: boolean;
}
export interface BarsParts {
  /** What is found in them. */
  readonly title: string;
  readonly heads: readonly [string, string];
  readonly caption: string;
  readonly bars: readonly Bar[];
  /** All groups, where the bars are only some of them. */
  readonly all?: readonly Bar[];
}

export function Bars({ title, heads, caption, bars, all = bars }: BarsParts): VNode {
  const { say } = useWords();
  const most = Math.max(1, ...bars.map(({ n }) => n ?? 0));
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <ol class="bars">{bars.map((bar) => <li key={bar.label}><b>{bar.label}</b><span class="bar-line"><i class={looksOf(bar)} style={bar.n === null ? {} : { width: `${Math.round(70 * bar.n / most)}%` }} />{bar.told}</span></li>)}</ol>
      {bars.some((bar) => looksOf(bar) === "now") && <p class="bar-line small quiet"><i class="now" style={{ width: "1.25rem" }} />{say("figures.key_now")}</p>}
      <details class="more">
        <summary>{say("figures.as_table")}</summary>
        <Table caption={caption} heads={heads}>{all.map((bar) => <tr key={bar.label}><th scope="row">{bar.label}</th><td class="n">{bar.told}</td></tr>)}</Table>
      </details>
    </figure>
  );
}

function looksOf({ n, open }: Bar): string {
  return n === null ? "few" : open === true ? "now" : "";
}
