/** The audit chain for who audits it, newest first: who did what to what. It never tells about whom. Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { isKey, properName } from "../../../words/text.ts";
import { useList, Waiting } from "../asking.tsx";
import { Empty, More, Table, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";

export function AuditView(): VNode {
  const { say } = useWords();
  const { time, count } = useFigures();
  const { ports } = useWalk();
  const list = useList(ports.server.audit);
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  if (items.length === 0) return <><h1>{say("audit.title")}</h1><Empty title={say("audit.none")} say={say("audit.none_say")} /></>;
  return (
    <>
      <h1>{say("audit.title")}</h1>
      <p>{say("audit.what")}</p>
      <Table caption={say("audit.caption")} heads={[say("audit.line"), say("audit.when"), say("audit.who"), say("audit.act"), say("audit.object")]}>
        {items.map((line) => (
          <tr key={line.n}>
            <th scope="row" class="n">{count(line.n)}</th>
            <td>{time(line.at)}</td>
            <td>{line.actor === "house" || line.actor === "operator" ? say(`audit.${line.actor}`) : properName(line.actor)}</td>
            <td><Did act={line.act} /></td>
            <td><code class="small">{line.object}</code></td>
          </tr>
        ))}
      </Table>
      <More list={list} />
    </>
  );
}

function Did({ act }: { act: string }): VNode {
  const { say } = useWords();
  const key = `did.${act}`;
  return isKey(key) ? <>{say(key)}</> : <code class="small">{act}</code>;
}
