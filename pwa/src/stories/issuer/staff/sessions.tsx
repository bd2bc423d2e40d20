/** Where one is signed in: this browser and others, each ended by one's own hand. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct, useLoad, Waiting } from "../asking.tsx";
import { Table, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";

export function SessionsView(): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const { ports } = useWalk();
  const { value, fault, again } = useLoad(() => ports.server.sessions(), "");
  const act = useAct();
  if (value === null) return <Waiting fault={fault} again={again} />;
  return (
    <>
      <h1>{say("sessions.title")}</h1>
      <p>{say("sessions.what")}</p>
      <FaultNote fault={act.fault} />
      <Table caption={say("sessions.caption")} heads={[say("sessions.began"), say("sessions.seen"), say("sessions.end")]}>
        {value.map((session) => (
          <tr key={session.id}>
            <th scope="row">{time(session.began)}</th>
            <td>{time(session.seen)}</td>
            <td>{session.isThis ? say("sessions.here") : <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(() => ports.server.endSession(session.id).then(again))}>{say("sessions.end_go")}</button>}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
