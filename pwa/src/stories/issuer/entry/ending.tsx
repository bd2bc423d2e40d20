/** The session is about to end by itself: said two minutes before, so that no work is lost to a clock. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { Dialog } from "../confirm.tsx";
import { useWalk } from "../walk.tsx";
import type { Me } from "../wire.ts";

const LOOK_MS = 5000;
const WARNED_MS = 120_000;

export function Ending({ me, leave }: { me: Me; leave: () => void }): VNode | null {
  const { ports } = useWalk();
  const [near, setNear] = useState(false);
  useEffect(() => {
    const look = (): void => {
      const left = ports.entry.endsAt(me) - ports.now();
      setNear(left <= WARNED_MS);
      if (left <= 0) void ports.entry.stillIn().catch(() => undefined); // the server says that nobody is signed in, and the page leaves
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [me, ports]);
  return near ? <EndingDialog leave={leave} stayed={() => setNear(false)} /> : null;
}

export function EndingDialog({ leave, stayed }: { leave: () => void; stayed: () => void }): VNode {
  const { say } = useWords();
  const { ports, setMe } = useWalk();
  const act = useAct();
  const stay = async (): Promise<void> => {
    const me = await ports.entry.me();
    if (me !== null) setMe(me);
    stayed();
  };
  return (
    <Dialog title={say("ending.title")} close={() => act.run(stay)}>
      <p>{say("ending.what")}</p>
      <FaultNote fault={act.fault} />
      <div class="acts">
        <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(stay)}>{say("ending.stay")}</button>
        <button class="tap" type="button" onClick={leave}>{say("counter.leave")}</button>
      </div>
    </Dialog>
  );
}
