/** Runs of claim slips of this centre, newest first; they are made from a lot. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { useList, Waiting } from "../asking.tsx";
import { Beside } from "../batches/name.tsx";
import { nameOf } from "../batches/naming.ts";
import { AskedBy } from "../hands.tsx";
import { Empty, More, shortName, Table, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";

export function PapersView(): VNode {
  const { say, language } = useWords();
  const { count, time } = useFigures();
  const { ports, go } = useWalk();
  const list = useList(ports.server.slipRuns);
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  if (items.length === 0) return <><h1>{say("paper.list")}</h1><Empty title={say("paper.none")} say={say("paper.none_say")} /></>;
  return (
    <>
      <h1>{say("paper.list")}</h1>
      <Table caption={say("paper.runs")} heads={[say("paper.run"), say("paper.made"), say("person.offer_made"), say("person.offer_until")]}>
        {items.map((run) => (
          <tr key={run.id}>
            <th scope="row"><button class="link-tap" type="button" onClick={() => go("slips", run.id)}>{run.batch !== null ? nameOf(run.batch, language) : typeof run.bulk === "string" ? say("paper.of_bulk", { name: shortName(run.bulk) }) : say("paper.one", { name: shortName(run.id) })}</button>{run.batch !== null && <><br /><Beside batch={run.batch} /></>}</th>
            <td class="n">{count(run.made)}</td>
            <td><AskedBy person={run.madeBy} at={run.madeAt} /></td>
            <td>{time(run.expiresAt)}</td>
          </tr>
        ))}
      </Table>
      <More list={list} />
    </>
  );
}
