/**
 * The list from phone to phone without a network: shown onward with codes, saved to a file, taken in from one; and what there is
 * to say of the list and the clock. Draws only; an update by codes is taken in wherever codes are read.
 */
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { longDate, type Key } from "../words/text.ts";
import { Fault } from "./bar.tsx";
import { Glyph } from "./icons.tsx";
import type { DevicePorts, ListFacts, ListNotice, ListOutcome, NotOnward, Onward } from "./ports.ts";
import { QrPicture } from "./qr.tsx";
import { useTold } from "./told.ts";
import { useWords, type Words } from "./words.tsx";

/** One line a notice, each said at once. */
export function ListNotices({ notices, list }: { notices: readonly ListNotice[]; list: ListFacts | null }): VNode {
  const { language, say } = useWords();
  const date = list === null ? "" : longDate(language, list.date);
  const key = (notice: ListNotice): Key => (list === null && (notice === "older" || notice === "refused") ? `list.notice.${notice}_empty` : `list.notice.${notice}`);
  return <>{notices.map((notice) => <Fault key={notice} text={say(key(notice), { date })} />)}</>;
}

/** Outcomes that speak of the list in use: a phone that has none has another sentence for each. */
const OF_OURS = ["older", "offline", "portal", "refused", "other_version", "unreadable"] as const;

/** What came of a list that a person brought; null where there is nothing to say. */
export function outcomeWords(outcome: ListOutcome | null, list: ListFacts | null, say: Words["say"]): string | null {
  if (outcome === null) return null;
  if (outcome === "installed") return say("list.taken", { version: list?.version ?? "" });
  const ours = list === null ? OF_OURS.find((one) => one === outcome) : undefined;
  return say(ours === undefined ? `list.${outcome}` : `list.${ours}_empty`);
}

export type PassingPorts = Pick<DevicePorts, "formers" | "showOnward" | "exportFile" | "installFile" | "list" | "onList">;

interface PassingParts {
  readonly ports: PassingPorts;
  readonly back: () => void;
  /** A file is looked at: what the page told of another try holds no more. */
  readonly began: () => void;
  /** The page's other ways to a newer list, drawn before those from phone to phone. */
  readonly children?: ComponentChildren;
}

export function PassingView({ ports, back, began, children }: PassingParts): VNode {
  const { language, say } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const [list, setList] = useState<ListFacts | null>(null);
  const [outcome, setOutcome] = useState<ListOutcome | null>(null);
  const [taking, setTaking] = useState(false);
  const take = (file: File): void => {
    setTaking(true);
    began();
    void ports.installFile(file).then((came) => {
      setOutcome(came);
      setTaking(false);
    });
  };
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    const look = (): void => void ports.list().then(setList);
    look();
    return ports.onList(look);
  }, [ports]);
  return (
    <main class="page" id="main">
      <h1 tabIndex={-1} ref={heading}>{say("onward.title")}</h1>
      {list === null ? <p>{say("list.empty_title")}</p> : <p>{say("onward.have", { version: list.version, date: longDate(language, list.date) })}</p>}
      {children}
      {list !== null && <ByCodes key={list.version} ports={ports} />}
      {list !== null && <SavedFile key={`file-${list.version}`} version={list.version} ports={ports} />}
      <FileWay take={take} />
      <p aria-live="polite">{taking ? say("onward.taking") : outcomeWords(outcome, list, say)}</p>
      <button class="tap" type="button" onClick={back}>{say("app.back")}</button>
    </main>
  );
}

function ByCodes({ ports }: { ports: PassingPorts }): VNode {
  const { say } = useWords();
  const [formers, setFormers] = useState<readonly number[] | null>(null);
  const [from, setFrom] = useState<number | null>(null);
  const [shown, setShown] = useState<Onward | NotOnward | null>(null);
  const told = useTold(shown);
  useEffect(() => void ports.formers().then(setFormers), [ports]);
  return (
    <section class="stack">
      <h2>{say("onward.codes")}</h2>
      {formers?.length === 0 && <p>{say("onward.not_kept")}</p>}
      {formers !== null && formers.length > 0 && (
        <>
          <div class="field">
            <label for="from">{say("onward.from")}</label>
            <select class="in" id="from" onChange={(event) => setFrom(Number(event.currentTarget.value))}>
              {formers.map((version) => <option key={version} value={version}>{version}</option>)}
            </select>
          </div>
          <button class="tap" type="button" onClick={() => void ports.showOnward(from).then(setShown)}><Glyph name="code" />{say("onward.show")}</button>
        </>
      )}
      {typeof shown === "string" && <Fault text={say(`onward.${shown}` satisfies Key)} />}
      {shown !== null && typeof shown !== "string" && (
        <div class="stack led" tabIndex={-1} ref={told}>
          <QrPicture texts={shown.frames} level="M" label={say("onward.qr")} />
          <p>{say("onward.hold", { n: shown.frames.length })}</p>
        </div>
      )}
    </section>
  );
}

/** The file stands behind a link for as long as the view does. */
function SavedFile({ version, ports }: { version: number; ports: PassingPorts }): VNode {
  const { say } = useWords();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    void ports.exportFile().then((file) => {
      if (file === null || gone) return;
      made = URL.createObjectURL(file);
      setAddress(made);
    });
    return () => {
      gone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [ports]);
  return (
    <section class="stack">
      <h2>{say("onward.file")}</h2>
      {address !== null && <a class="tap" href={address} download={`puente-${version}.puente`}><Glyph name="file" />{say("onward.save")}</a>}
    </section>
  );
}

function FileWay({ take }: { take: (file: File) => void }): VNode {
  const { say } = useWords();
  return (
    <div class="way">
      <Glyph name="file" />
      <span><label for="list-file"><b>{say("onward.take")}</b></label><small id="list-file-hint">{say("onward.take_hint")}</small></span>
      <Glyph name="go" go />
      <input
        id="list-file" type="file" accept=".puente,application/gzip" aria-describedby="list-file-hint"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) take(file);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
