/**
 * Why something does not stand, what she can do, what is safe, and what to say by telephone. Draws only. Why is in the verifier's
 * words; what to do is the holder's own, for the verifier's tell an employer.
 */
import type { VNode } from "preact";
import { foreign } from "../../kit/looks.ts";
import type { JudgedHere } from "../../kit/ports.ts";
import { read, type View } from "../../kit/reading.ts";
import { GROUPS } from "../../kit/reasons.ts";
import { useWords } from "../../kit/words.tsx";
import type { Key } from "../../words/text.ts";

/** The reason for a grey verdict, or the sentence for another. `safe`: what nothing happened to. */
export function ReasonBlock({ judged, safe }: { judged: JudgedHere; safe: string | null }): VNode {
  const { language, say } = useWords();
  const view = read({ ...judged, labels: judged.labels[language] ?? null }, language);
  const sentence = [view.say, view.when === null ? "" : `${view.when.before}${view.when.date}${view.when.after}`].filter((part) => part !== "").join(" ");
  return <Reasons why={[view.why ?? sentence, ...foreign(judged.report, view.group, judged.host, language)].join(" ")} safe={safe} fix={say(ownFix(view))} phone={view.phone} title={say("v.why")} />;
}

/** What she can do: by the group of the reason, or by the verdict where that is not grey. */
export function ownFix({ verdict, group }: Pick<View, "verdict" | "group">): Key {
  const found = GROUPS.find((each) => each === group);
  if (found !== undefined) return `own.${found}`;
  return verdict === "revoked" || verdict === "under_review" || verdict === "expired" ? `own.${verdict}` : "own.other";
}

export interface ReasonParts {
  readonly title: string;
  readonly why: string;
  readonly safe: string | null;
  /** null: it stands elsewhere on the view. */
  readonly fix: string | null;
  readonly phone: string | null;
}

export function Reasons({ title, why, safe, fix, phone }: ReasonParts): VNode {
  const { say } = useWords();
  return (
    <>
      <div class="reason" role="alert">
        <div><h2>{title}</h2><p>{why}</p></div>
        {safe !== null && <div><h2>{say("reason.safe")}</h2><p>{safe}</p></div>}
        {fix !== null && <div class="do"><h2>{say("reason.fix")}</h2><p>{fix}</p></div>}
      </div>
      {phone !== null && <p class="phone-code"><span>{say("v.phone")}</span> <b>{phone}</b></p>}
    </>
  );
}
