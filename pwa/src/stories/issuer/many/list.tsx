/** Acts on many of this centre, newest first, and the way to another one. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { useList, Waiting } from "../asking.tsx";
import { AskedBy } from "../hands.tsx";
import { Empty, More, Table, useFigures } from "../parts.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Bulk } from "../wire.ts";
import { WayWords } from "./choosing.tsx";

export function ManyView(): VNode {
  const { say } = useWords();
  const { ports, go } = useWalk();
  const list = useList(ports.server.many);
  const prepares = useMay("officer");
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  const ask = prepares && <div class="acts"><button class="tap main" type="button" onClick={() => go("bulkask")}>{say("many.ask")}</button></div>;
  return (
    <>
      <h1>{say("many.title")}</h1>
      {items.length === 0 ? <Empty title={say("many.none")} say={say("many.none_say")}>{ask}</Empty> : <>{ask}<Lines items={items} /></>}
      <More list={list} />
    </>
  );
}

function Lines({ items }: { items: readonly Bulk[] }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const { go } = useWalk();
  return (
    <Table caption={say("many.caption")} heads={[say("acts.what"), say("many.way"), say("many.count"), say("acts.asked"), say("acts.became")]}>
      {items.map((bulk) => (
        <tr key={bulk.id}>
          <th scope="row"><button class="link-tap" type="button" onClick={() => go("bulk", bulk.id)}>{say(`act.${bulk.act}`)}</button></th>
          <td><WayWords {...bulk} /></td>
          <td class="n">{count(bulk.count)}</td>
          <td><AskedBy person={bulk.proposedBy} at={bulk.proposed} /></td>
          <td>{say(`many.state.${bulk.state}`)}</td>
        </tr>
      ))}
    </Table>
  );
}
