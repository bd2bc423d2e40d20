/** A receipt that something was checked, of nobody: what it will say, a note, and the file. Draws only. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { BackBar } from "../../kit/bar.tsx";
import { Glyph, VerdictIcon } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { clockTime, longDate } from "../../words/text.ts";
import type { Labels, Level, Report, Verdict } from "../../words/report.ts";

/** What a receipt tells, of a report just made or of a file. */
export interface Told {
  readonly verdict: Verdict;
  readonly passes: readonly { readonly type: string | null; readonly scheme: string | null; readonly verdict: Verdict }[];
  readonly level: Level | null;
  readonly bundleVersion: number | null;
  /** ISO 8601. */
  readonly judgedAt: string;
}

export interface ReceiptActions {
  readonly back: () => void;
  /** The key that signs. */
  readonly device: () => Promise<string>;
  /** Makes and saves it; false for a note that it cannot carry. */
  readonly save: (note: string | null) => Promise<boolean>;
  readonly check: () => void;
}

export function ReceiptView({ report, labels, actions }: { report: Report; labels: Labels | null; actions: ReceiptActions }): VNode {
  const { say } = useWords();
  const [did, setDid] = useState("");
  const [note, setNote] = useState("");
  const [came, setCame] = useState<"none" | "saved" | "bad">("none");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    void actions.device().then(setDid);
  }, []);
  const save = (): void => void actions.save(note === "" ? null : note).then((done) => setCame(done ? "saved" : "bad"));
  return (
    <>
      <BackBar label={say("about.back")} back={actions.back} />
      <main class="page" id="main">
        <h1 tabIndex={-1} ref={heading}>{say("receipt.title")}</h1>
        <p>{say("receipt.lead")}</p>
        <ReceiptFacts told={report} labels={labels} signer={say("receipt.signs")} did={did} />
        <Without />
        <div class={came === "bad" ? "field bad" : "field"}>
          <label for="note">{say("receipt.note")}</label>
          <span class="hint" id="note-hint">{say("receipt.note_hint")}</span>
          {came === "bad" && <p class="fault" id="note-fault" role="alert"><Glyph name="notice" /><span>{say("receipt.note_bad")}</span></p>}
          <input
            class="in" id="note" autocomplete="off" value={note} aria-invalid={came === "bad"} aria-describedby={came === "bad" ? "note-hint note-fault" : "note-hint"}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </div>
        <div class="taps">
          <button class="tap main" type="button" onClick={save}><Glyph name="save" />{say("receipt.save")}</button>
          <button class="tap" type="button" onClick={actions.check}><Glyph name="file" />{say("receipts.title")}</button>
        </div>
        <p aria-live="polite">{came === "saved" ? say("receipt.saved") : ""}</p>
      </main>
    </>
  );
}

/** The block of a receipt: what came out, of which kinds, when, how and by which list. */
export function ReceiptFacts({ told, labels, signer, did }: { told: Told; labels: Labels | null; signer: string; did: string }): VNode {
  const { language, say } = useWords();
  const kind = (type: string | null, scheme: string | null): string => (type === null ? say("receipt.pass") : (labels?.types[`${type}/${scheme ?? ""}`] ?? `${type}/${scheme ?? ""}`));
  const rows = told.passes.length > 0 ? told.passes : [{ type: null, scheme: null, verdict: told.verdict }];
  return (
    <section class="reason" aria-label={say("receipt.name")}>
      <div class="stack">
        {rows.map((row, place) => (
          <p class="chips" key={place}>
            <span class={`chip is-${row.verdict}`}><VerdictIcon verdict={row.verdict} chip />{say(`v.${row.verdict}.word`).replace(/\.$/, "")}</span>
            <b>{kind(row.type, row.scheme)}</b>
          </p>
        ))}
      </div>
      <div>
        <dl class="facts plain">
          <div><dt>{say("receipt.when")}</dt><dd>{say("receipt.moment", { date: longDate(language, told.judgedAt), time: clockTime(language, Date.parse(told.judgedAt)) })}</dd></div>
          {told.level !== null && <div><dt>{say("receipt.how")}</dt><dd>{say(`level.${told.level}`)}</dd></div>}
          {told.bundleVersion !== null && <div><dt>{say("about.list")}</dt><dd>{say("receipt.version", { version: told.bundleVersion })}</dd></div>}
          <div><dt>{signer}</dt><dd><code>{did}</code></dd></div>
        </dl>
      </div>
    </section>
  );
}

function Without(): VNode {
  const { say } = useWords();
  return (
    <div class="note plain stack">
      <p><b>{say("receipt.without")}</b></p>
      <ul class="sees">
        <li><Glyph name="unseen" />{say("receipt.no_name")}</li>
        <li><Glyph name="unseen" />{say("receipt.no_code")}</li>
      </ul>
    </div>
  );
}
