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

/** What came of photos: still read, without a code, too large, or a PDF. */
export function OfPhotos({ checking: { reading, photoFault } }: { checking: Pick<Checking, "reading" | "photoFault"> }): VNode {
  const { say } = useWords();
  return (
    <>
      {reading && <p aria-live="polite">{say("start.reading")}</p>}
      {photoFault !== null && <Fault text={`${say(`why.${photoFault}`)} ${say(photoFault === "no_code" ? "fix.picture" : `fix.${photoFault}`)}`} />}
    </>
  );
}
