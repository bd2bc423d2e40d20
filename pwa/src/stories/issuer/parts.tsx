/** Parts that several views of the console share: counts, tables in their regions, facts, the empty view. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { grouped, shortTime } from "../../words/text.ts";
import { FaultNote, type Listed } from "./asking.tsx";

export interface Sum {
  readonly n: string;
  readonly icon: Parameters<typeof Glyph>[0]["name"];
  readonly label: string;
  /** Its rows are the ones shown. */
  readonly now?: boolean;
  readonly choose?: () => void;
}

/** Counts side by side; those that can be chosen are filters of what stands below. */
export function Sums({ items }: { items: readonly Sum[] }): VNode {
  return <div class="sums">{items.map((item) => <SumBox key={item.label} {...item} />)}</div>;
}

function SumBox({ n, icon, label, now = false, choose }: Sum): VNode {
  const inside = <><b>{n}</b><Glyph name={icon} /><span>{label}</span></>;
  if (choose === undefined) return <div>{inside}</div>;
  return <button type="button" class={now ? "now" : ""} aria-pressed={now} onClick={choose}>{inside}</button>;
}

/** A table that scrolls by itself, in a region with a name. The first column of each row names it. */
export function Table({ caption, heads, children }: { caption: string; heads: readonly string[]; children: ComponentChildren }): VNode {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Half a bridge, where something comes from, and the ways in. */
export function Empty({ title, say, children }: { title: string; say: string; children?: ComponentChildren }): VNode {
  return (
    <div class="empty">
      <svg class="big" viewBox="0 0 240 90" aria-hidden="true">
        <path fill="currentColor" d="M0 14h116v12H0zM0 26h16v64H0zM16 90v-6a100 54 0 0 1 100-56v9a90 46 0 0 0-88 47v6z" />
        <path fill="none" stroke="currentColor" stroke-width="3" stroke-dasharray="8 7" d="M124 16h116M124 26h108v64M124 37a100 54 0 0 1 96 53" />
      </svg>
      <h2>{title}</h2>
      <p>{say}</p>
      {children}
    </div>
  );
}

/** Moments and counts as this language writes them. */
export function useFigures(): { readonly count: (n: number) => string; readonly time: (iso: string | null) => string } {
  const { language } = useWords();
  return { count: (n) => grouped(language, n), time: (iso) => (iso === null ? "" : shortTime(language, iso)) };
}

/** A choice of several with this one in it, or out of it again. */
export function toggled<T>(chosen: readonly T[], item: T): readonly T[] {
  return chosen.includes(item) ? chosen.filter((each) => each !== item) : [...chosen, item];
}

/** The outside name of something, short enough to read aloud. */
export function shortName(id: string): string {
  return id.slice(0, 8);
}

/** More of a list, by hand, and why no more came. */
export function More({ list: { more, fault } }: { list: Listed<unknown> }): VNode {
  const { say } = useWords();
  return (
    <>
      <FaultNote fault={fault} />
      {more !== null && <div class="acts"><button class="tap" type="button" onClick={more}>{say("counter.more")}</button></div>}
    </>
  );
}

/** How much of a work is done. */
export function ProgressBar({ part }: { part: number }): VNode {
  const { say } = useWords();
  const percent = Math.floor(part * 100);
  return <div class="progress" role="progressbar" aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100} aria-label={say("issuing.bar")}><i style={{ width: `${percent}%` }} /></div>;
}
