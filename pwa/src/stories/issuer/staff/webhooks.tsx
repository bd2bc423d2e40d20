/** Which of an issuer's systems are told of what happens, for who administers: made, tried, how it goes, paused, taken away. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { isKey } from "../../../words/text.ts";
import { FaultNote, useAct, useLoad, Waiting } from "../asking.tsx";
import { type Asked, Confirm, Dialog, useSigned } from "../confirm.tsx";
import { Field, Several } from "../entry/fields.tsx";
import { Empty, Table, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { HookEvent, HookLine } from "../wire.ts";
import { ToldDialog } from "./keys.tsx";

const EVENTS: readonly HookEvent[] = [
  "batch.done", "credentials.issued", "credential.suspended", "credential.restored", "credential.revoked", "credentials.suspended", "credentials.restored",
  "credentials.revoked", "status.published",
];
/** Who takes one of these tells the people that it is about, so nobody gets them who did not choose them. */
const NOTICES: readonly HookEvent[] = ["credential.revocation_announced", "credentials.revocation_announced", "credential.suspension_notice", "credentials.suspension_notice"];

export function WebhooksView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const { value, fault, again } = useLoad(ports.server.hooks, "");
  if (value === null) return <Waiting fault={fault} again={again} />;
  return (
    <>
      <h1>{say("hooks.title")}</h1>
      <p>{say("hooks.what")}</p>
      <div class="acts"><button class="tap main" type="button" onClick={() => setAdding(true)}>{say("hooks.add")}</button></div>
      <FaultNote fault={fault} />
      {value.length === 0 ? <Empty title={say("hooks.none")} say={say("hooks.none_say")} /> : <HookTable items={value} again={again} />}
      {adding && <AddDialog close={() => setAdding(false)} done={(secret) => { setAdding(false); setTold(secret); again(); }} />}
      {told !== null && <ToldDialog title={say("hooks.told_title")} say={say("hooks.told")} text={told} close={() => setTold(null)} />}
    </>
  );
}

function HookTable({ items, again }: { items: readonly HookLine[]; again: () => void }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const { ports } = useWalk();
  const [asked, setAsked] = useState<Asked | null>(null);
  const trying = useAct();
  const remove = (line: HookLine): Asked => ({
    title: say("hooks.remove_title"), about: <p><b class="letters">{line.url}</b></p>, go: say("hooks.remove"), then: [say("hooks.remove_1"), say("hooks.remove_2")],
    act: () => ports.server.removeHook(line.id).then(again),
  });
  const turn = (line: HookLine): Asked => ({
    title: say(line.paused ? "hooks.resume_title" : "hooks.pause_title"), about: <p><b class="letters">{line.url}</b></p>, go: say(line.paused ? "hooks.resume" : "hooks.pause"),
    then: line.paused ? [say("hooks.resume_1")] : [say("hooks.pause_1"), say("hooks.pause_2")],
    act: () => ports.server.turnHook(line.id, line.paused).then(again),
  });
  return (
    <>
      <FaultNote fault={trying.fault} />
      <Table caption={say("hooks.caption")} heads={[say("hooks.url"), say("hooks.events"), say("hooks.goes"), say("keys.change")]}>
        {items.map((line) => (
          <tr key={line.id}>
            <th scope="row"><code class="letters">{line.url}</code><br /><span class="small quiet">{say("hooks.since", { date: time(line.created) })}</span></th>
            <td><ul>{line.events.map((each) => <li key={each}>{say(`event.${each}`)}</li>)}</ul></td>
            <td><Goes line={line} /></td>
            <td>
              <div class="acts">
                {!line.paused && <button class="tap" type="button" aria-disabled={trying.busy} onClick={() => trying.run(() => ports.server.tryHook(line.id).then(again))}>{say(line.stopped === null ? "hooks.try" : "hooks.go_on")}</button>}
                {(line.paused || line.stopped === null) && <button class="tap" type="button" onClick={() => setAsked(turn(line))}>{say(line.paused ? "hooks.resume" : "hooks.pause")}</button>}
                <button class="tap" type="button" onClick={() => setAsked(remove(line))}>{say("hooks.remove")}</button>
              </div>
            </td>
          </tr>
        ))}
      </Table>
      {asked !== null && <Confirm asked={asked} close={() => setAsked(null)} />}
    </>
  );
}

/** When it last took a message, how often in vain since and why, and whether it is told no more. */
function Goes({ line: { answered, tries, failed, stopped, paused } }: { line: HookLine }): VNode {
  const { say } = useWords();
  const { count, time } = useFigures();
  return (
    <>
      {stopped !== null && <><b>{say(paused ? "hooks.paused" : "hooks.stopped", { date: time(stopped) })}</b><br /></>}
      {answered === null ? say("hooks.never") : say("hooks.answered", { date: time(answered) })}
      {tries > 0 && <><br />{say("hooks.tries", { n: count(tries) })}</>}
      {failed !== null && <><br /><Why failed={failed} /></>}
    </>
  );
}

/** By its code; a status that came as an answer by its number. */
function Why({ failed }: { failed: string }): VNode {
  const { say } = useWords();
  const key = `hooks.failed.${failed}`;
  return <>{isKey(key) ? say(key) : say("hooks.failed.status", { status: failed.replace("status_", "") })}</>;
}

function AddDialog({ close, done }: { close: () => void; done: (secret: string) => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [url, setUrl] = useState("https://");
  const [events, setEvents] = useState(EVENTS);
  const act = useAct();
  const { sign, typed } = useSigned();
  const send = (): Promise<void> => sign(() => ports.server.addHook({ url, events: [...events] }).then(done));
  return (
    <Dialog title={say("hooks.add_title")} close={close}>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
        <Field id="url" label={say("hooks.url")} hint={say("hooks.url_hint")} value={url} change={setUrl} />
        <Several label={say("hooks.events")} options={[...EVENTS, ...NOTICES].map((each) => ({ value: each, label: say(`event.${each}`) }))} chosen={events} change={setEvents} />
        {events.some((each) => NOTICES.includes(each)) && <div class="note" role="status"><p>{say("hooks.notices")}</p></div>}
        {typed}
        <FaultNote fault={act.fault} />
        <div class="acts">
          <button class="tap" type="button" onClick={close}>{say("confirm.no")}</button>
          <button class="tap hard" type="submit" disabled={events.length === 0} aria-disabled={act.busy}>{say("hooks.add_go")}</button>
        </div>
      </form>
    </Dialog>
  );
}
