/** One person's file: every credential with what can be done of it, then what was done, by whom and when. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { useLoad, Waiting } from "../asking.tsx";
import { ActDialog } from "../changes/acting.tsx";
import { AmendDialog, membersOf } from "../changes/amending.tsx";
import { AmendmentTable } from "../changes/amended.tsx";
import { NoticeActs } from "../changes/announced.tsx";
import { ActsTable } from "../changes/table.tsx";
import { Confirm } from "../confirm.tsx";
import { shortName, Table, useFigures } from "../parts.tsx";
import { ReissueDialog } from "../reissues/asking.tsx";
import { ReissueTable } from "../reissues/table.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { ActLine, Credential, Holder, ManyName, PersonFile } from "../wire.ts";
import { Badge } from "./badge.tsx";
import { State, Title } from "./credentials.tsx";
import { isToHand, openWord } from "./offers.ts";
import { Papers } from "./papers.tsx";
import { HolderWords } from "./whose.tsx";

export function PersonView({ id }: { id: string }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const { value, fault, again } = useLoad(() => ports.server.person(id), id);
  if (value === null) return <Waiting fault={fault} again={again} />;
  return (
    <>
      <h1>{value.name}</h1>
      <p>{say("person.document", { tail: value.document })}</p>
      {value.credentials.map((one) => <CredentialBox key={one.id} one={one} announced={value.acts.some((act) => act.credential === one.id && isOpen(act))} held={value.offers.some(({ credential, usedAt }) => credential === one.id && usedAt !== null)} fresh={isToHand(one, value)} again={again} />)}
      <History file={value} again={again} />
      <p class="quiet small">{say("person.written")}</p>
    </>
  );
}

interface BoxParts {
  readonly one: Credential;
  /** On a phone already: for another phone it is issued again. */
  readonly held: boolean;
  /** It took another's place, and its person has been handed no slip of it. */
  readonly fresh: boolean;
  /** Its revocation was announced: that is withdrawn below, and not lifted here. */
  readonly announced: boolean;
  readonly again: () => void;
}

function CredentialBox({ one, held, announced, fresh, again }: BoxParts): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const [act, setAct] = useState<ManyName | null>(null);
  const [reissuing, setReissuing] = useState(false);
  const [amending, setAmending] = useState(false);
  const [alone, setAlone] = useState(false);
  const prepares = useMay("officer");
  const approves = useMay("approver");
  const may: readonly ManyName[] = one.state === "valid" ? ["suspend", "revoke", "replace"] : one.state === "suspended" ? (announced ? ["revoke"] : ["lift", "revoke"]) : [];
  return (
    <section class="box stack">
      <div class="beside"><h2><Title one={one} /></h2><State state={one.state} /></div>
      <p class="small quiet">{say("acts.credential", { name: shortName(one.id) })} · {say("person.issued", { date: time(one.issued) })}</p>
      {fresh && prepares && one.state === "valid" && <div class="note plain"><p>{say("person.hand")}</p></div>}
      {one.badge !== null && one.badge !== undefined && <Badge id={one.badge} of={one.id} />}
      {prepares && (
        <div class="acts">
          {may.map((name) => <button class="tap" type="button" key={name} onClick={() => setAct(name)}>{say(name === "replace" ? "act.replace_one" : `act.${name}`)}</button>)}
          {one.state === "valid" && membersOf(one).length > 0 && <button class="tap" type="button" onClick={() => setAmending(true)}>{say("amend.go")}</button>}
          <Papers one={one} done={again} />
          {held && one.state === "valid" && <button class="tap" type="button" onClick={() => setReissuing(true)}>{say("reissue.go")}</button>}
        </div>
      )}
      {amending && <AmendDialog one={one} close={() => setAmending(false)} done={again} />}
      {approves && one.state === "valid" && <div class="acts"><button class="tap" type="button" onClick={() => setAlone(true)}>{say("alone.go")}</button></div>}
      {alone && <SuspendAlone one={one} close={() => setAlone(false)} done={again} />}
      {reissuing && <ReissueDialog one={one} close={() => setReissuing(false)} done={again} />}
      {act !== null && <ActDialog one={one} act={act} change={setAct} close={() => setAct(null)} done={again} />}
    </section>
  );
}

/** For fraud that cannot wait for a second person: she has a day to confirm it. */
function SuspendAlone({ one, close, done }: { one: Credential; close: () => void; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  return (
    <Confirm close={close} asked={{
      title: say("alone.title"), about: <p><b>{one.name}</b><br /><Title one={one} /></p>, go: say("alone.go"), then: [say("alone.then"), say("alone.then_other")],
      act: () => ports.server.suspendAlone(one.id).then(done),
    }} />
  );
}

function History({ file, again }: { file: PersonFile; again: () => void }): VNode {
  const { say } = useWords();
  const hers = (credential: string): Holder | undefined => {
    const one = file.credentials.find(({ id }) => id === credential);
    return one && { person: file, one };
  };
  const { time } = useFigures();
  return (
    <>
      {file.acts.length > 0 && <ActsTable caption={say("person.acts")} acts={file.acts} decide={(act) => (isOpen(act) || stands(act, file)) && <NoticeActs act={act} whom={<HolderWords credential={act.credential} holder={hers(act.credential)} />} again={again} />} />}
      {file.offers.length > 0 && (
        <Table caption={say("person.offers")} heads={[say("person.offer_made"), say("person.offer_until"), say("person.offer_state")]}>
          {file.offers.map((offer, place) => (
            <tr key={place}>
              <th scope="row">{properName(offer.madeBy)}</th>
              <td>{time(offer.expiresAt)}</td>
              <td>{offer.usedAt === null ? say(openWord(offer)) : say("offer.used", { date: time(offer.usedAt) })}</td>
            </tr>
          ))}
        </Table>
      )}
      {file.reissues.length > 0 && <ReissueTable caption={say("person.reissues")} items={file.reissues} />}
      {file.amendments.length > 0 && <AmendmentTable caption={say("person.amendments")} items={file.amendments} />}
      {file.disputes.length > 0 && (
        <Table caption={say("person.disputes")} heads={[say("dispute.opened"), say("dispute.kind"), say("dispute.state")]}>
          {file.disputes.map((dispute) => <tr key={dispute.id}><th scope="row">{time(dispute.opened)}</th><td>{say(`dispute.kind.${dispute.kind}`)}</td><td>{say(`dispute.state.${dispute.state}`)}</td></tr>)}
        </Table>
      )}
    </>
  );
}

/** Whether its person is told of it, and it is still so. */
function stands({ act, notice, credential }: ActLine, file: PersonFile): boolean {
  const so: readonly Credential["state"][] = act === "suspend" ? ["suspended"] : ["revoked", "replaced"];
  return notice !== null && notice !== undefined && file.credentials.some(({ id, state }) => id === credential && so.includes(state));
}

/** Whether its person is to be told, or may still answer. */
function isOpen({ wait }: ActLine): boolean {
  return wait?.phase === "untold" || wait?.phase === "told";
}
