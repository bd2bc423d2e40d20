/** The people of this issuer, for who administers: invite, change work and centre, let in anew, end. Never oneself. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { FaultNote, useAct, useList, Waiting } from "../asking.tsx";
import { type Asked, Confirm, Dialog, useSigned } from "../confirm.tsx";
import { Field, Several } from "../entry/fields.tsx";
import { More, Table, useFigures } from "../parts.tsx";
import { rolesIn } from "../roles.ts";
import { useWalk } from "../walk.tsx";
import { ConfirmPerson } from "./confirming.tsx";
import type { Invitation, InvitedRole, StaffLine } from "../wire.ts";

const ROLES: readonly InvitedRole[] = ["officer", "approver", "issuer_admin", "analyst"];

export function StaffView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [inviting, setInviting] = useState(false);
  const [told, setTold] = useState<Invitation | null>(null);
  const list = useList(ports.server.staff);
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  return (
    <>
      <h1>{say("staff.title")}</h1>
      <div class="acts"><button class="tap main" type="button" onClick={() => setInviting(true)}>{say("staff.invite")}</button></div>
      <StaffTable items={items} again={again} told={setTold} />
      <More list={list} />
      {inviting && <InviteDialog close={() => setInviting(false)} done={(made) => { setInviting(false); setTold(made); again(); }} />}
      {told !== null && <InvitationDialog invitation={told} close={() => setTold(null)} />}
    </>
  );
}

function StaffTable({ items, again, told }: { items: readonly StaffLine[]; again: () => void; told: (invitation: Invitation) => void }): VNode {
  const { say } = useWords();
  const { ports, me } = useWalk();
  const [asked, setAsked] = useState<Asked | null>(null);
  const end = (line: StaffLine): Asked => ({
    title: say("staff.end_title", { person: properName(line.person) }), go: say("staff.end"), then: [say("staff.end_1"), say("staff.end_2")],
    act: () => ports.server.endStaff(line.id).then(again),
  });
  const reset = (line: StaffLine): Asked => ({
    title: say("staff.reset_title", { person: properName(line.person) }), go: say("staff.reset"), then: [say("staff.reset_1"), say("staff.reset_2"), say("staff.reset_3"), say("staff.then_confirmed")],
    act: () => ports.server.resetStaff(line.id).then(told),
  });
  return (
    <>
      <Table caption={say("staff.caption")} heads={[say("staff.person"), say("staff.work"), say("staff.centre"), say("staff.state"), say("staff.change")]}>
        {items.map((line) => (
          <tr key={line.id}>
            <th scope="row">{properName(line.person)}</th>
            <td>{rolesIn(line.roles, say)}</td>
            <td>{line.centre ?? say("staff.all_centres")}</td>
            <td>{say(`staff.${line.state}`)}{line.state === "waiting" && <><br />{say("staff.let_in_by", { person: properName(line.letInBy ?? "") })}</>}<br /><span class="small quiet">{say("staff.passkeys", { n: line.passkeys })}</span></td>
            <td class="stack">{line.state === "waiting" && <ConfirmPerson line={line} again={again} />}{line.person !== me.person && line.state !== "ended" && (
              <div class="acts">
                <button class="tap" type="button" onClick={() => setAsked(reset(line))}>{say("staff.reset")}</button>
                <button class="tap" type="button" onClick={() => setAsked(end(line))}>{say("staff.end")}</button>
              </div>
            )}</td>
          </tr>
        ))}
      </Table>
      {asked !== null && <Confirm asked={asked} close={() => setAsked(null)} />}
    </>
  );
}

function InviteDialog({ close, done }: { close: () => void; done: (made: Invitation) => void }): VNode {
  const { say } = useWords();
  const { ports, me } = useWalk();
  const [person, setPerson] = useState("");
  const [centre, setCentre] = useState("");
  const [roles, setRoles] = useState<readonly InvitedRole[]>(["officer"]);
  const act = useAct();
  const { sign, typed } = useSigned();
  const send = (): Promise<void> => sign(() => ports.server.inviteStaff({ person, roles: [...roles], issuer: me.issuer ?? "", centre: centre === "" ? null : centre }).then(done));
  return (
    <Dialog title={say("staff.invite_title")} close={close}>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
        <Field id="person" label={say("staff.person_name")} value={person} change={setPerson} />
        <Several label={say("staff.work")} options={ROLES.map((each) => ({ value: each, label: say(`role.${each}`) }))} chosen={roles} change={setRoles} />
        <Field id="centre" label={say("staff.centre")} hint={say("staff.centre_hint")} value={centre} change={setCentre} optional />
        <p class="small quiet">{say("staff.then_confirmed")}</p>
        {typed}
        <FaultNote fault={act.fault} />
        <div class="acts">
          <button class="tap" type="button" onClick={close}>{say("confirm.no")}</button>
          <button class="tap hard" type="submit" disabled={roles.length === 0} aria-disabled={act.busy}>{say("staff.invite_go")}</button>
        </div>
      </form>
    </Dialog>
  );
}

export function InvitationDialog({ invitation, close }: { invitation: Invitation; close: () => void }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  return (
    <Dialog title={say("staff.code_title")} close={close}>
      <p>{say("staff.code_once")}</p>
      <p><b class="tail">{invitation.code}</b></p>
      <p class="quiet">{say("staff.code_until", { from: time(invitation.opens), date: time(invitation.expires) })}</p>
      <div class="acts"><button class="tap" type="button" onClick={close}>{say("bar.close")}</button></div>
    </Dialog>
  );
}
