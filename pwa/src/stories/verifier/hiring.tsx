/** The hiring helper: from the dates of a contract to what is due when, as a list and for the calendar. Names nobody, keeps nothing. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { calendarText, civilDay, duesOf, readLaw, type CivilDate, type Events, type Law, type Trigger } from "../../kernel/calendar.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { Refused } from "../../kernel/refused.ts";
import { BackBar } from "../../kit/bar.tsx";
import { dueWords, listText, passEndWords, remindersOf, type DueWords } from "../../kit/dues.ts";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import type { Report } from "../../words/report.ts";
import { certificateDate, dayOf, pieces, text } from "../../words/text.ts";

/** First those that every contract has. */
const FIRST = ["contract.signed", "work.start"] as const satisfies readonly Trigger[];
const LATER = ["contract.renewed", "event.date", "work.end"] as const satisfies readonly Trigger[];

export interface HiringActions {
  readonly back: () => void;
  readonly save: (name: string, type: string, text: string) => void;
  readonly print: () => void;
  /** A random name for the series of reminders, and the time of making. */
  readonly series: () => string;
  readonly now: () => number;
}
export interface HiringState {
  /** The list's own law; null where there is no list. */
  readonly law: () => Promise<JsonObject | null>;
  /** What was just shown; null where one comes from the start. */
  readonly report: Report | null;
}

export function HiringView({ state, actions }: { state: HiringState; actions: HiringActions }): VNode {
  const { language, say } = useWords();
  const [events, setEvents] = useState<Events>({});
  const [end, setEnd] = useState<CivilDate>("");
  const [series] = useState(actions.series);
  const heading = useRef<HTMLHeadingElement>(null);
  const [law, setLaw] = useState<Law | null | undefined>(undefined);
  useEffect(() => {
    heading.current?.focus();
    void state.law().then((found) => setLaw(lawOf(found)));
  }, []);
  const today = !law ? dayOf(actions.now()) : civilDay(new Date(actions.now()).toISOString(), law.zone);
  const words = !law ? [] : duesOf(law, events).map((due) => dueWords(due, today, language));
  const all = end === "" ? words : [...words, passEndWords(end, today, language)];
  const set = (trigger: Trigger, on: CivilDate): void => {
    setEvents(({ [trigger]: _, ...rest }) => (on === "" ? rest : { ...rest, [trigger]: on }));
  };
  const calendar = (): string => calendarText(remindersOf(all), { title: text(language, "due.title"), language, series, madeAt: new Date(actions.now()).toISOString() });
  return (
    <>
      <BackBar label={say("about.back")} back={actions.back} />
      <main class="page" id="main">
        <h1 tabIndex={-1} ref={heading}>{say("hire.title")}</h1>
        <p class="no-print">{say("hire.lead")}</p>
        {law === null && <div class="note"><p>{say("hire.no_law")}</p></div>}
        <form class="stack no-print" onSubmit={(event) => event.preventDefault()}>
          {FIRST.map((trigger) => <DayField key={trigger} name={trigger} value={events[trigger] ?? ""} set={(on) => set(trigger, on)} />)}
          <PassEnd value={end} shown={!law ? null : passEndOf(state.report, law.zone)} set={setEnd} />
          <details class="more">
            <summary>{say("hire.more")}</summary>
            <div class="stack">{LATER.map((trigger) => <DayField key={trigger} name={trigger} value={events[trigger] ?? ""} set={(on) => set(trigger, on)} />)}</div>
          </details>
        </form>
        <DueList words={all} />
        {all.length > 0 && (
          <>
            <div class="note plain"><p>{say("due.each")}</p><p>{say("due.holidays")}</p></div>
            <div class="taps">
              <button class="tap main" type="button" onClick={() => actions.save(say("hire.file"), "text/calendar;charset=utf-8", calendar())}><Glyph name="calendar" />{say("hire.calendar")}</button>
              <button class="tap" type="button" onClick={() => actions.save(say("hire.text_file"), "text/plain;charset=utf-8", listText(all, language))}><Glyph name="save" />{say("hire.text")}</button>
              <button class="tap" type="button" onClick={actions.print}><Glyph name="print" />{say("fair.print")}</button>
            </div>
          </>
        )}
        <p class="small quiet">{say("hire.keeps")}</p>
      </main>
    </>
  );
}

/** The day on which the permit that was shown ends; null for one that is not sure, or has no end. */
function passEndOf(report: Report | null, zone: string): CivilDate | null {
  const permit = report?.passes.find((pass) => pass.type === "PermitPass" && pass.verdict !== "cannot_verify" && pass.claims !== null);
  return permit?.validUntil ? civilDay(permit.validUntil, zone) : null;
}

/** The law of the one country that the list tells of; null where the list tells of none, or in a form that is not known. */
function lawOf(document: JsonObject | null): Law | null {
  const country = Object.keys(document ?? {}).find((name) => /^[A-Z]{2}$/.test(name));
  if (document === null || country === undefined) return null;
  try {
    return readLaw(document, country);
  } catch (fault) {
    if (fault instanceof Refused) return null;
    throw fault;
  }
}

function DayField({ name, value, set }: { name: (typeof FIRST)[number] | (typeof LATER)[number]; value: CivilDate; set: (on: CivilDate) => void }): VNode {
  const { say } = useWords();
  const id = `day-${name.replace(".", "-")}`;
  return (
    <div class="field">
      <label for={id}>{say(`hire.${name}`)}</label>
      <input class="in" type="date" id={id} min="2000-01-01" max="2100-12-31" value={value} onInput={(event) => set(event.currentTarget.value)} />
    </div>
  );
}

/** The end of the permit that was just shown comes in when the person taps it, not by itself. */
function PassEnd({ value, shown, set }: { value: CivilDate; shown: CivilDate | null; set: (on: CivilDate) => void }): VNode {
  const { language, say } = useWords();
  return (
    <div class="field">
      <label for="day-pass">{say("hire.pass_end")}</label>
      <input class="in" type="date" id="day-pass" min="2000-01-01" max="2100-12-31" value={value} onInput={(event) => set(event.currentTarget.value)} />
      {shown !== null && value !== shown && (
        <button class="link-tap" type="button" onClick={() => set(shown)}>{say("hire.use_pass", { date: certificateDate(language, `${shown}T00:00:00Z`) })}</button>
      )}
    </div>
  );
}

function DueList({ words }: { words: readonly DueWords[] }): VNode {
  const { language, say } = useWords();
  if (words.length === 0) return <p aria-live="polite">{say("hire.none")}</p>;
  return (
    <ol class="rows" aria-live="polite">
      {words.map(({ name, on, past, title, lines, quoted }) => (
        <li class="stack" key={name}>
          <h2>{title}</h2>
          {name !== "pass-end" && on !== null ? <p>{pieces<VNode>(language, past ? "due.past" : "due.before", { date: <b class="due-day">{certificateDate(language, `${on}T00:00:00Z`)}</b> })}</p> : <p>{lines[0]}</p>}
          {lines.slice(1, -1).map((line) => <p key={line}>{line}</p>)}
          {lines.length > 1 && <p class="small quiet"><Source line={lines.at(-1) ?? ""} quoted={quoted} /></p>}
        </li>
      ))}
    </ol>
  );
}

/** A source's title is read aloud as what it is. */
function Source({ line, quoted }: { line: string; quoted: string | null }): VNode {
  const [before, after] = quoted === null ? [line] : line.split(quoted);
  return <>{before}{after !== undefined && <span lang="es">{quoted}</span>}{after}</>;
}
