/** One act on many: what it does, the second person's decision, how far it is, and the registry's word where phones would wait for it. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { numbered, properName } from "../../../words/text.ts";
import { FaultNote, useLoad, useWatched, Waiting } from "../asking.tsx";
import { type Compared, useCompared } from "../batches/sample.tsx";
import { thenOf, wordOf } from "../changes/reasons.ts";
import { Deciding } from "../deciding.tsx";
import { NewPapers } from "../papers/batch.tsx";
import { ProgressBar, useFigures } from "../parts.tsx";
import { useMay, useWalk } from "../walk.tsx";
import type { Bulk } from "../wire.ts";
import { WayWords } from "./choosing.tsx";
import { Members } from "./members.tsx";
import { ManyNotices } from "./notices.tsx";
import { Tried } from "./shares.tsx";
import { RegistryWord, WORD_MS } from "./word.tsx";

export function ManyOneView({ id }: { id: string }): VNode {
  const { say } = useWords();
  const { count, time } = useFigures();
  const { ports, go } = useWalk();
  const { value, fault, again, put } = useWatched(() => ports.server.manyOne(id), () => ports.server.watchMany(id), id, ({ state }) => state === "approved" || (state === "waiting" && WORD_MS));
  const prepares = useMay("officer");
  if (value === null) return <Waiting fault={fault} again={again} />;
  const isDone = value.state === "done" || value.state === "stopped";
  return (
    <>
      <h1>{say(numbered(`many.one.${value.act}`, value.count), { n: count(value.count) })}</h1>
      <Facts bulk={value} />
      {value.state === "approved" && <><ProgressBar part={value.count === 0 ? 1 : value.applied / value.count} /><p>{say("many.applied", { n: count(value.applied), all: count(value.count) })}</p><Stop bulk={value} put={put} /></>}
      {value.stopped && <p>{say("many.stopped", { name: properName(value.stoppedBy ?? ""), time: time(value.stopped), n: count(value.applied), all: count(value.count) })}</p>}
      <FaultNote fault={fault} />
      {value.state === "announced" && value.wait !== null && value.wait !== undefined && <ManyNotices bulk={value} of={value.wait} put={put} again={again} />}
      {value.notice !== null && value.notice !== undefined && <ManyNotices bulk={value} of={value.notice} put={put} again={again} />}
      {value.state === "waiting" && <RegistryWord bulk={value} again={again} />}
      {(isDone || value.state === "waiting") && <NewPapers bulk={value} />}
      <Tried check={value} />
      <Members id={id} />
      {value.state === "proposed" && <Decide bulk={value} put={put} />}
      {isDone && value.act === "suspend" && prepares && <div class="acts"><button class="tap" type="button" onClick={() => go("bulkask", `bulk ${value.id}`)}>{say("many.lift_all")}</button></div>}
    </>
  );
}

function Facts({ bulk }: { bulk: Bulk }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const decided = bulk.decidedBy === null ? null : <>{properName(bulk.decidedBy)}, {time(bulk.decided)}</>;
  return (
    <dl class="facts">
      <div><dt>{say("acts.became")}</dt><dd><b>{say(`many.state.${bulk.state}`)}</b>{decided !== null && <><br />{decided}</>}</dd></div>
      <div><dt>{say("many.way")}</dt><dd><WayWords {...bulk} /></dd></div>
      <div><dt>{say("act.reason")}</dt><dd>{say(`act.reason.${bulk.reason}`)}</dd></div>
      <div><dt>{say("acts.asked")}</dt><dd>{properName(bulk.proposedBy)}, {time(bulk.proposed)}</dd></div>
    </dl>
  );
}

/** While it is under way; an announced revocation is withdrawn instead. */
function Stop({ bulk, put }: { bulk: Bulk; put: (bulk: Bulk) => void }): VNode | null {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  if (bulk.wait !== null && bulk.wait !== undefined) return null;
  return (
    <Deciding
      proposedBy={bulk.proposedBy} about={<p>{say(numbered(`many.one.${bulk.act}`, bulk.count), { n: count(bulk.count) })}</p>}
      no={{ title: say("many.stop_title"), then: [say("many.then_stays"), say("many.then_rest")], go: say("many.stop"), tap: say("many.stop"), act: () => ports.server.stopMany(bulk.id).then(put) }}
    />
  );
}

/** Who may decide first compares some with the papers: that somebody looked at them is written down. */
function Decide({ bulk, put }: { bulk: Bulk; put: (bulk: Bulk) => void }): VNode {
  const { me } = useWalk();
  const approves = useMay("approver");
  return approves && bulk.proposedBy !== me.person ? <Compare bulk={bulk} put={put} /> : <Decision bulk={bulk} put={put} sample={null} />;
}

function Compare({ bulk, put }: { bulk: Bulk; put: (bulk: Bulk) => void }): VNode {
  const { ports } = useWalk();
  const sample = useCompared(useLoad(() => ports.server.manySample(bulk.id), bulk.id), ({ id }) => id, "certificates");
  return <>{sample.table}<Decision bulk={bulk} put={put} sample={sample} /></>;
}

function Decision({ bulk, put, sample }: { bulk: Bulk; put: (bulk: Bulk) => void; sample: Compared | null }): VNode {
  const { say } = useWords();
  const { count } = useFigures();
  const { ports } = useWalk();
  const word = bulk.lists.some(({ needsWord }) => needsWord) ? say(wordOf(bulk.act, bulk.reason)) : say("acts.then_published");
  return (
    <Deciding
      main closed={sample?.closed} proposedBy={bulk.proposedBy} about={<p>{say(`act.reason.${bulk.reason}`)}</p>}
      yes={{
        title: say(numbered(`many.one.${bulk.act}`, bulk.count), { n: count(bulk.count) }), then: [...thenOf(bulk.act, bulk.reason).map((key) => say(key)), word],
        act: () => ports.server.approveMany(bulk.id, bulk.digest, sample?.compared ?? []).then(put),
      }}
      no={{ act: () => ports.server.refuseMany(bulk.id).then(put) }}
    />
  );
}
