/** What an act waits for, in words: that its person is told, her days, another person's yes. Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { certificateDate } from "../../../words/text.ts";
import { useFigures } from "../parts.tsx";
import type { ActLine, Wait } from "../wire.ts";

export function WaitWords({ wait }: { wait: Wait | null | undefined }): VNode | null {
  const { say, language } = useWords();
  const { time } = useFigures();
  if (wait === null || wait === undefined) return null;
  const { phase, due, answerBy, way } = wait;
  const until = answerBy === null ? "" : certificateDate(language, answerBy);
  return (
    <>
      <br /><b>{say(`wait.${phase}`)}</b>
      {phase === "told" && <><br />{say("wait.until", { date: until })}<Told way={way} /></>}
      {phase === "told" && !wait.calendarKnown && <><br /><span class="small">{say("wait.longer")}</span></>}
      {phase === "unconfirmed" && <><br />{say("wait.lapses", { date: time(due) })}</>}
    </>
  );
}

/** Whether the person of what stands without waiting was told of it, and how. */
export function NoticeWords({ notice }: { notice: ActLine["notice"] }): VNode | null {
  const { say } = useWords();
  if (notice === null || notice === undefined) return null;
  return <><br />{say(notice.told === null ? "wait.untold" : "wait.told")}<Told way={notice.way} /></>;
}

/** How somebody was told; nothing where she was not. */
function Told({ way }: { way: Wait["way"] }): VNode | null {
  const { say } = useWords();
  return way === null ? null : <><br /><span class="small quiet">{say(`way.${way}`)}</span></>;
}
