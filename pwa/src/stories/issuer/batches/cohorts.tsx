/** The cohorts of this centre, newest work first, and the way to a new one. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { useList, Waiting } from "../asking.tsx";
import { AskedBy } from "../hands.tsx";
import { Empty, More, shortName, Table, useFigures } from "../parts.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Batch } from "../wire.ts";
import { BatchLink } from "./name.tsx";

export function CohortsView(): VNode {
  const { say } = useWords();
  const { ports, go } = useWalk();
  const list = useList(ports.server.batches);
  const { items } = list;
  const mayUpload = useMay("officer");
  if (items === null) return <Waiting fault={list.fault} again={list.again} />;
  const upload = mayUpload && <div class="acts"><button class="tap main" type="button" onClick={() => go("upload")}>{say("cohorts.upload")}</button></div>;
  return (
    <>
      <h1>{say("cohorts.title")}</h1>
      {items.length === 0 ? <Empty title={say("cohorts.none")} say={say("cohorts.none_say")}>{upload}</Empty> : <>{upload}<Batches items={items} /></>}
      <More list={list} />
    </>
  );
}

function Batches({ items }: { items: readonly Batch[] }): VNode {
  const { say } = useWords();
  const heads = [say("cohorts.batch"), say("cohorts.state"), say("cohorts.ready"), say("cohorts.bad"), say("cohorts.prepared")];
  return <Table caption={say("cohorts.caption")} heads={heads}>{items.map((batch) => <BatchLine key={batch.id} batch={batch} />)}</Table>;
}

function BatchLine({ batch }: { batch: Batch }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  return (
    <tr>
      <th scope="row"><BatchLink batch={batch} />{typeof batch.corrects === "string" && <><br /><span class="small quiet">{say("cohorts.corrects", { name: shortName(batch.corrects) })}</span></>}</th>
      <td>{say(batch.paused ? "batch.paused" : `batch.${batch.state}`)}</td>
      <td class="n">{count(batch.issue)}</td>
      <td class="n">{count(batch.error)}</td>
      <td><AskedBy person={batch.preparedBy} at={batch.prepared} /></td>
    </tr>
  );
}
