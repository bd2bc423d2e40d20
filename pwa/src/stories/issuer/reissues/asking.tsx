/** Asking for a reissue with the person present: which two proofs were seen. Another person confirms it. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { Dialog, Happens } from "../confirm.tsx";
import { Several } from "../entry/fields.tsx";
import { Title } from "../people/credentials.tsx";
import { useWalk } from "../walk.tsx";
import type { Credential, Seen } from "../wire.ts";

const PROOFS: readonly Seen[] = ["document", "recovery_sheet", "witness"];
const NEEDED = 2;

export function ReissueDialog({ one, close, done }: { one: Credential; close: () => void; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [seen, setSeen] = useState<readonly Seen[]>([]);
  const act = useAct();
  const send = async (): Promise<void> => {
    await ports.server.proposeReissue(one.id, { seen: [...seen] });
    done();
    close();
  };
  return (
    <Dialog title={say("reissue.title")} close={close}>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
        <p><b>{one.name}</b><br /><Title one={one} /></p>
        <Several label={say("reissue.seen")} options={PROOFS.map((each) => ({ value: each, label: say(`reissues.seen.${each}`) }))} chosen={seen} change={setSeen} />
        <Happens lines={[say("act.then_other"), say("reissues.then_wait"), say("reissues.then_former")]} />
        <FaultNote fault={act.fault} />
        <div class="acts">
          <button class="tap" type="button" onClick={close}>{say("confirm.no")}</button>
          <button class="tap hard" type="submit" disabled={seen.length !== NEEDED} aria-disabled={act.busy}>{say("act.send")}</button>
        </div>
      </form>
    </Dialog>
  );
}
