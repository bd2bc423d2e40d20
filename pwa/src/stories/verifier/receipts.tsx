/** A receipt's file looked at again: whether it holds, what it told then, and that it tells nothing of today. Draws only. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { BackBar } from "../../kit/bar.tsx";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import type { Labels } from "../../words/report.ts";
import type { CheckedReceipt, ReceiptPorts } from "./ports.ts";
import { ReceiptFacts } from "./receipt.tsx";

export interface ReceiptsActions {
  readonly back: () => void;
  readonly check: ReceiptPorts["checkReceipt"];
}

export function ReceiptsView({ labels, actions }: { labels: Labels | null; actions: ReceiptsActions }): VNode {
  const { say } = useWords();
  const [found, setFound] = useState<CheckedReceipt | null | undefined>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <BackBar label={say("about.back")} back={actions.back} />
      <main class="page" id="main">
        <h1 tabIndex={-1} ref={heading}>{say("receipts.title")}</h1>
        <div class="way">
          <Glyph name="file" />
          <span><label for="receipt-file"><b>{say("receipts.choose")}</b></label><small id="receipt-file-hint">{say("receipts.choose_hint")}</small></span>
          <Glyph name="go" go />
          <input
            id="receipt-file" type="file" accept=".json,application/json" aria-describedby="receipt-file-hint"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file !== undefined) void actions.check(file).then(setFound);
              event.currentTarget.value = "";
            }}
          />
        </div>
        {found === null && <div class="note" role="alert"><p><b>{say("receipts.refused")}</b></p><p>{say("receipts.refused_fix")}</p></div>}
        {found !== null && found !== undefined && <Checked found={found} labels={labels} />}
      </main>
    </>
  );
}

function Checked({ found: { receipt, own }, labels }: { found: CheckedReceipt; labels: Labels | null }): VNode {
  const { say } = useWords();
  return (
    <>
      <p role="status"><b>{say("receipts.holds")}</b></p>
      <ReceiptFacts told={{ ...receipt, judgedAt: new Date(receipt.judgedAt).toISOString() }} labels={labels} signer={say(own ? "receipts.own" : "receipts.other")} did={receipt.verifier} />
      {receipt.note !== null && <p><span class="small quiet">{say("receipts.note")}</span><br />{receipt.note}</p>}
      <div class="note plain"><p>{say(receipt.note === null ? "receipts.then" : "receipts.then_note")}</p></div>
    </>
  );
}
