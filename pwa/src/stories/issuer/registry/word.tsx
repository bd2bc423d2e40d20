/** A keeper's word for a list that phones would hold back: its issuer tells her the hash on another way, and she types it here. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { Dialog, Happens, useSigned } from "../confirm.tsx";
import { Field } from "../entry/fields.tsx";
import { useWalk } from "../walk.tsx";

export function WordDialog({ close, done }: { close: () => void; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [issuer, setIssuer] = useState("");
  const [number, setNumber] = useState("");
  const [hash, setHash] = useState("");
  const act = useAct();
  const { sign, typed } = useSigned();
  const send = async (): Promise<void> => {
    await sign(() => ports.server.askWord({ issuer, number: Number(number), hash: hash.replace(/\s/g, "").toLowerCase() }).then(() => undefined));
    done();
    close();
  };
  return (
    <Dialog title={say("keepers.word_title")} close={close}>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
        <Field id="issuer" label={say("keepers.word_issuer")} value={issuer} change={setIssuer} />
        <Field id="number" type="number" label={say("keepers.word_number")} value={number} change={setNumber} />
        <Field id="hash" label={say("keepers.word_hash")} hint={say("keepers.word_hint")} value={hash} change={setHash} />
        <Happens lines={[say("keepers.then_more"), say("keepers.then_written")]} />
        {typed}
        <FaultNote fault={act.fault} />
        <div class="acts">
          <button class="tap" type="button" onClick={close}>{say("confirm.no")}</button>
          <button class="tap hard" type="submit" aria-disabled={act.busy}>{say("keepers.word_go")}</button>
        </div>
      </form>
    </Dialog>
  );
}
