/** They ask for more than their profile allows: said as it is, and nothing was sent. Draws only. */
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { Head } from "../head.tsx";
import type { Unsaved } from "../ports.ts";

interface OverParts {
  readonly to: string | null;
  /** Why this question is not in the history; null where it is, or will be. */
  readonly unnoted: Unsaved | null;
  readonly allowed: () => void;
  readonly nothing: () => void;
}

export function OverAskingView({ to, unnoted, allowed, nothing }: OverParts): VNode {
  const { say } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="page" id="main">
      <Head by="over" title={say("over.title")} led={heading} />
      {to !== null && <p class="small quiet">{say("show.asked_by")} <b>{to}</b> {say("show.their_name")}</p>}
      <div class="reason" role="alert">
        <div>
          <h2>{say("over.unsent")}</h2>
          <ul class="sees"><li><Glyph name="unseen" />{say("over.beyond")}</li></ul>
        </div>
        <div class="do">
          <h2>{say("reason.fix")}</h2>
          <p>{say("over.fix")}</p>
        </div>
      </div>
      {unnoted !== null && <div class="note" role="alert"><p>{say("over.unnoted", { why: say(`unnoted.${unnoted}`) })}</p></div>}
      <div class="taps">
        <button class="tap main" type="button" onClick={allowed}>{say("over.allowed")}</button>
        <button class="tap" type="button" onClick={nothing}>{say("show.nothing")}</button>
      </div>
      <p>{say("over.health")}</p>
    </main>
  );
}
