/** Suspend, lift, revoke or replace one credential: why, on what proof, and what will happen (LOOK section 3, Dialog). Another person decides. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { Dialog, Happens, useSigned } from "../confirm.tsx";
import { Choice } from "../entry/fields.tsx";
import { Tried } from "../many/shares.tsx";
import { Title } from "../people/credentials.tsx";
import type { ManyServer } from "../ports.ts";
import { useWalk } from "../walk.tsx";
import { digestOf, EvidenceField } from "./evidence.tsx";
import { needsEvidence, REASONS, reasonOf, thenOfOne } from "./reasons.ts";
import type { BulkAsked, BulkCheck, Credential, ManyName, Reason } from "../wire.ts";

export interface ActParts {
  readonly one: Credential;
  readonly act: ManyName;
  readonly change: (act: ManyName) => void;
  readonly close: () => void;
  readonly done: () => void;
}

export function ActDialog({ one, act, change, close, done }: ActParts): VNode {
  const { say } = useWords();
  const { ports, go } = useWalk();
  const [kept, setKept] = useState<BulkCheck | null>(null);
  const [picked, setPicked] = useState<Reason | null>(null);
  const reason = reasonOf(act, picked);
  const [evidence, setEvidence] = useState<File | null>(null);
  const asking = useAct();
  const { sign, typed } = useSigned();
  const send = async (): Promise<void> => {
    if (reason === null) return; // the form wants one
    const digest = await digestOf(evidence);
    if (act === "replace") return sign(() => replaceOne(ports.server, { act, reason, evidence: digest, chosen: { way: "credentials", credentials: [one.id] } }).then((said) => (typeof said === "string" ? go("bulk", said) : setKept(said))));
    await sign(() => ports.server.proposeAct(one.id, { act, reason, evidence: digest }).then(() => undefined));
    done();
    close();
  };
  return (
    <Dialog title={say(`act.${act}_title`)} close={close}>
      <p><b>{one.name}</b><br /><Title one={one} /></p>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); asking.run(send); }}>
        <div class="cols">
          <Choice id="reason" label={say("act.reason")} value={reason} none={say("act.reason_none")} change={setPicked} options={REASONS[act].map((each) => ({ value: each, label: say(`act.reason.${each}`) }))} />
          <EvidenceField needed={needsEvidence(act, reason)} take={setEvidence} />
        </div>
        <Then act={act} reason={reason} />
        {typed}
        {kept !== null && <div class="note plain" role="status"><p>{say("act.none_replaced")}</p><Tried check={kept} /></div>}
        <FaultNote fault={asking.fault} />
        <div class="acts">
          <button class="tap" type="button" onClick={close}>{say("confirm.no")}</button>
          {act === "revoke" && one.state === "valid" && <button class="tap" type="button" onClick={() => change("suspend")}><Glyph name="pause" />{say("act.rather")}</button>}
          <button class="tap hard" type="submit" aria-disabled={asking.busy}>{say("act.send")}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** As an act on many with one member (decision 0060): counted, then proposed as counted. The name of what waits for another person, or the count that says why none can be. */
async function replaceOne(server: Pick<ManyServer, "checkMany" | "proposeMany">, asked: BulkAsked): Promise<string | BulkCheck> {
  const check = await server.checkMany(asked);
  return check.count === 0 ? check : (await server.proposeMany({ ...asked, digest: check.digest })).id;
}

/** What will happen, who and when. */
function Then({ act, reason }: { act: ManyName; reason: Reason | null }): VNode {
  const { say } = useWords();
  return (
    <Happens lines={[say("act.then_other"), ...thenOfOne(act, reason).map((key) => say(key))]}><div><p class="small">{say("act.cause_stays")}</p></div></Happens>
  );
}
