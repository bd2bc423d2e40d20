/** An issuer's numbers: rounded, no group under ten, over all centres; as bars, as tables, and as a file of their own. */
import type { VNode } from "preact";
import { csvText } from "../../../kit/csv.ts";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords, type Words } from "../../../kit/words.tsx";
import { dayOf, shortDate } from "../../../words/text.ts";
import { useLoad, Waiting } from "../asking.tsx";
import { inLanguage } from "../batches/naming.ts";
import { Empty, Sums, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Numbers } from "../wire.ts";
import { type Bar, Bars } from "./bars.tsx";

/** Of the days, so many are drawn; the table has them all. */
const DAYS = 14;

export function NumbersView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const { value, fault, again } = useLoad(() => ports.server.numbers(), "");
  if (value === null) return <Waiting fault={fault} again={again} />;
  const empty = value.byType.length === 0;
  return (
    <>
      <h1>{say("figures.title")}</h1>
      {!empty && <p>{say("figures.what")}</p>}
      {empty ? <Empty title={say("figures.none")} say={say("figures.none_say")} /> : <Drawn numbers={value} />}
    </>
  );
}

function Drawn({ numbers }: { numbers: Numbers }): VNode {
  const { say } = useWords();
  const { days, centres, types } = useBars(numbers);
  const { count } = useFigures();
  const told = (n: number | null): string => (n === null ? say("figures.few_n") : count(n));
  const { ports } = useWalk();
  const save = (): void => ports.saveFile(say("figures.file_name"), new Blob([csvOf(numbers)], { type: "text/csv" }));
  return (
    <>
      <Sums items={[
        { n: told(numbers.issued), icon: "same", label: say("figures.issued") },
        { n: told(numbers.suspended), icon: "pause", label: say("figures.suspended") },
        { n: told(numbers.revoked), icon: "hand", label: say("figures.revoked") },
        { n: told(numbers.disputesOpen), icon: "talk", label: say("figures.disputes_open") },
        { n: told(numbers.disputesAnswered), icon: "talk", label: say("figures.disputes_answered") },
      ]} />
      {numbers.isOverdue && <div class="note"><p>{say("figures.overdue")}</p></div>}
      <div class="cols">
        <Bars title={found(days, say, "figures.most_day")} caption={say("figures.by_day")} heads={[say("figures.day"), say("figures.issued_head")]} bars={days.slice(-DAYS)} all={days} />
        <div class="stack">
          <Bars title={found(centres, say, "figures.most_centre")} caption={say("figures.by_centre")} heads={[say("figures.centre"), say("figures.issued_head")]} bars={centres} />
          <Bars title={found(types, say, "figures.most_type")} caption={say("figures.by_type")} heads={[say("figures.type"), say("figures.issued_head")]} bars={types} />
        </div>
      </div>
      <div class="acts"><button class="tap" type="button" onClick={save}><Glyph name="save" />{say("figures.save")}</button></div>
    </>
  );
}

interface Drawable {
  readonly days: readonly Bar[];
  readonly centres: readonly Bar[];
  readonly types: readonly Bar[];
}

function useBars({ byDay, byCentre, byType }: Numbers): Drawable {
  const { say, language } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  const today = dayOf(ports.now());
  const bar = (label: string, n: number | null): Bar => ({ label, n, told: n === null ? say("figures.few") : count(n) });
  return {
    days: byDay.map(({ group, issued }) => ({ ...bar(shortDate(language, `${group}T12:00:00Z`), issued), open: group === today })),
    centres: byCentre.map(({ group, issued }) => ({ ...bar(group === "" ? say("figures.no_centre") : group, issued), nowhere: group === "" })),
    types: byType.map(({ title, titleEn, issued }) => bar(inLanguage({ es: title, en: titleEn }, language) ?? title, issued)),
  };
}

/** The finding: where most were issued. */
function found(bars: readonly Bar[], say: Words["say"], key: "figures.most_day" | "figures.most_centre" | "figures.most_type"): string {
  const most = bars.reduce<Bar | null>((best, bar) => ((bar.n ?? 0) > (best?.n ?? 0) ? bar : best), null);
  if (most === null) return say("figures.all_few");
  return most.nowhere === true ? say("figures.most_no_centre", { n: most.told }) : say(key, { group: most.label, n: most.told });
}

/** One line a group; what is so few that it is not shown stands empty. */
function csvOf({ byDay, byCentre, byType }: Numbers): string {
  const rows = Object.entries({ day: byDay, centre: byCentre, type: byType }).flatMap(([kind, groups]) => groups.map(({ group, issued }) => [kind, group, issued ?? ""]));
  return `\ufeff${csvText([["kind", "group", "issued"], ...rows])}`;
}
