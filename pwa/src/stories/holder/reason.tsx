/** Why something does not stand, what to do, what is safe, and what to say by telephone. Draws only; the words are the verifier's. */
import type { VNode } from "preact";
import type { JudgedHere } from "../../kit/ports.ts";
import { read } from "../../kit/reading.ts";
import { useWords } from "../../kit/words.tsx";

/** The verifier's reason for a grey verdict, or its sentence for another. `safe`: what nothing happened to. */
export function ReasonBlock({ judged, safe }: { judged: JudgedHere; safe: string | null }): VNode {
  const { language, say } = useWords();
  const view = read({ ...judged, labels: judged.labels[language] ?? null }, language);
  const sentence = [view.say, view.when === null ? "" : `${view.when.before}${view.when.date}${view.when.after}`].filter((part) => part !== "").join(" ");
  return <Reasons why={view.why ?? sentence} safe={safe} fix={view.fix} phone={view.phone} title={say("v.why")} />;
}

export interface ReasonParts {
  readonly title: string;
  readonly why: string;
  readonly safe: string | null;
  readonly fix: string;
  readonly phone: string | null;
}

export function Reasons({ title, why, safe, fix, phone }: ReasonParts): VNode {
  const { say } = useWords();
  return (
    <>
      <div class="reason" role="alert">
        <div><h2>{title}</h2><p>{why}</p></div>
        {safe !== null && <div><h2>{say("reason.safe")}</h2><p>{safe}</p></div>}
        <div class="do"><h2>{say("reason.fix")}</h2><p>{fix}</p></div>
      </div>
      {phone !== null && <p class="phone-code"><span>{say("v.phone")}</span> <b>{phone}</b></p>}
    </>
  );
}
