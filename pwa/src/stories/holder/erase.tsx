/**
 * Everything of a person off this phone: what will happen, in order, before she says yes; her PIN once more; then it is gone. For
 * a phone that somebody shares, lends or sells, and for a kiosk (DOMAIN P2). Draws only; erasing is the pocket's.
 */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { ConfirmPin } from "./pin.tsx";
import { type Carried, useOpened, useWalk } from "./walk.tsx";

export function EraseView({ carried }: { carried: Carried["erase"] }): VNode {
  const { ports: { pocket }, back } = useWalk();
  const { hasPin } = useOpened();
  const { say } = useWords();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState(false);
  const erase = (): void => {
    setAsking(false);
    setBusy(true);
    void pocket.erase().catch(() => "failed" as const).then((outcome) => {
      setBusy(false);
      setFault(outcome !== "saved"); // where it was done the page is locked, and this view is gone
    });
  };
  if (asking) return <ConfirmPin why={say("erase.pin")} right={erase} back={() => setAsking(false)} />;
  return (
    <main class="page" id="main" aria-busy={busy}>
      <h1>{say(carried === null ? "erase.title" : "erase.anew")}</h1>
      <p>{say(carried === null ? "erase.when" : "erase.anew_when")}</p>
      <Happens />
      {fault && <div class="note" role="alert"><p>{say("erase.failed")}</p></div>}
      <div class="taps">
        <button class="tap main" type="button" disabled={busy} onClick={back}>{say("erase.no")}</button>
        <button class="tap hard" type="button" disabled={busy} onClick={() => (hasPin ? setAsking(true) : erase())}>{say(busy ? "erase.busy" : "erase.yes")}</button>
      </div>
    </main>
  );
}

/** What goes, what stays, and what comes back by nothing. */
function Happens(): VNode {
  const { backup, saved } = useOpened();
  const { say } = useWords();
  const ways = backup.on && saved;
  return (
    <div class="reason" role="group" aria-label={say("erase.happens")}>
      <div>
        <h2>{say("erase.happens")}</h2>
        <ol class="told">
          <li>{say("erase.goes")}</li>
          <li>{say("erase.others")}</li>
          <li>{say(backup.on ? "erase.copy_stays" : "erase.no_copy")}</li>
          <li>{say("erase.not_cancelled")}</li>
        </ol>
      </div>
      <div class="do"><p><b>{say(ways ? "erase.undo_copy" : "erase.undo")}</b></p></div>
    </div>
  );
}
