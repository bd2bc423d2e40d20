/** What a photo or a handheld scanner had to say before there is a result. Draws only. */
import type { VNode } from "preact";
import { Fault } from "../../kit/bar.tsx";
import { useWords } from "../../kit/words.tsx";
import type { Parts } from "../../kit/camera.tsx";
import type { Checking } from "./checking.ts";

/** How far a scanner is with a code of several parts, over whatever view stands. */
export function Heard({ parts }: { parts: Parts | null }): VNode {
  const { say } = useWords();
  const words = parts === null ? "" : say("camera.frames_say", { ...parts });
  return (
    <>
      <p class="only-read" role="log">{words}</p>
      {parts !== null && <p class="heard" aria-hidden="true">{words}</p>}
    </>
  );
}

/** What came of photos: still read, without a code once and again (DOMAIN P4), too large, or a PDF. */
export function OfPhotos({ checking: { reading, photoFault } }: { checking: Pick<Checking, "reading" | "photoFault"> }): VNode {
  const { say } = useWords();
  return (
    <>
      {reading && <p aria-live="polite">{say("start.reading")}</p>}
      {photoFault === "unread" && <Unread />}
      {photoFault !== null && photoFault !== "unread" && <Fault text={`${say(`why.${photoFault}`)} ${say(photoFault === "no_code" ? "fix.picture" : `fix.${photoFault}`)}`} />}
    </>
  );
}

/** More light did not help: the answer that a code gets which cannot be read, and the ways that are left. */
function Unread(): VNode {
  const { say } = useWords();
  return (
    <div class="note" role="alert">
      <p><b>{say("v.cannot_verify.word")}</b> {say("why.no_code")}</p>
      <p>{say("fix.unread")}</p>
      <p>{say("v.no_blame_misread")}</p>
    </div>
  );
}
