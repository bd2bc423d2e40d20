/** What an act on many is for, one by one, as far as somebody asks for it: by name and row; whose they are stands in no list. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useList } from "../asking.tsx";
import { More, shortName, Table } from "../parts.tsx";
import { useWalk } from "../walk.tsx";

export function Members({ id }: { id: string }): VNode {
  const { say } = useWords();
  const [asked, setAsked] = useState(false);
  return asked ? <List id={id} /> : <div class="acts"><button class="tap" type="button" onClick={() => setAsked(true)}>{say("many.members_go")}</button></div>;
}

function List({ id }: { id: string }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const list = useList((after) => ports.server.members(id, after));
  if (list.items === null) return <FaultNote fault={list.fault} />;
  return (
    <>
      <Table caption={say("many.members")} heads={[say("many.member"), say("findings.row")]}>
        {list.items.map((one) => <tr key={one.id}><th scope="row"><code class="small">{shortName(one.id)}</code></th><td class="n">{one.row}</td></tr>)}
      </Table>
      <More list={list} />
    </>
  );
}
