/** One cohort, by how far it has come: to mend and propose, to approve, under way or done. */
import type { VNode } from "preact";
import { useWatched, Waiting } from "../asking.tsx";
import { useMay, useWalk } from "../walk.tsx";
import { ApproveView } from "./approve.tsx";
import { DryRunView } from "./dryrun.tsx";
import { IssuingView } from "./issuing.tsx";
import type { Standing } from "./standing.ts";

export function BatchView({ id }: { id: string }): VNode {
  const { ports } = useWalk();
  const { value, fault, again, put } = useWatched(() => ports.server.batch(id), () => ports.server.watch(id), id, ({ state }) => state === "released");
  const approves = useMay("approver");
  if (value === null) return <Waiting fault={fault} again={again} />;
  const standing: Standing = { batch: value, put };
  if (value.state === "released" || value.state === "done") return <IssuingView {...standing} fault={fault} />;
  return value.state === "proposed" && approves ? <ApproveView {...standing} /> : <DryRunView {...standing} />;
}
