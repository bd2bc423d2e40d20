/** Keys of an issuer's systems: what each may, until when; made once and shown once, two of a system at a time. Below them the keys that it signs with. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { isKey, properName } from "../../../words/text.ts";
import { FaultNote, useAct, useList, Waiting } from "../asking.tsx";
import { type Asked, Confirm, Dialog, useSigned } from "../confirm.tsx";
import { Field, Several } from "../entry/fields.tsx";
import { Empty, More, Table, useFigures } from "../parts.tsx";
import { SigningKeys } from "../registry/signing.tsx";
import { rolesIn } from "../roles.ts";
import { useWalk } from "../walk.tsx";
import type { KeyLine, KeyScope } from "../wire.ts";

const SCOPES: readonly KeyScope[] = ["batch:create", "batch:read", "batch:change", "credential:read", "pickup:create", "status_act:create", "status_act:read"];
const DAYS = 90;

export function KeysView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [making, setMaking] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const list = useList(ports.server.keys);
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  return (
    <>
      <h1>{say("keys.title")}</h1>
      <p>{say("keys.what")}</p>
      <div class="acts"><button class="tap main" type="button" onClick={() => setMaking(true)}>{say("keys.make")}</button></div>
      {items.length === 0 ? <Empty title={say("keys.none")} say={say("keys.none_say")} /> : <KeyTable items={items} again={again} />}
      <More list={list} />
      <SigningKeys />
      {making && <MakeDialog close={() => setMaking(false)} done={(key) => { setMaking(false); setTold(key); again(); }} />}
      {told !== null && <ToldDialog title={say("keys.told_title")} say={say("keys.told")} text={told} close={() => setTold(null)} />}
    </>
  );
}

function KeyTable({ items, again }: { items: readonly KeyLine[]; again: () => void }): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const { ports } = useWalk();
  const [asked, setAsked] = useState<Asked | null>(null);
  const end = (line: KeyLine): Asked => ({
    title: say("keys.end_title"), about: <p><b>{line.label ?? line.id}</b></p>, go: say("keys.end"), then: [say("keys.end_1")],
    act: () => ports.server.endKey(line.id).then(again),
  });
  return (
    <>
      <Table caption={say("keys.caption")} heads={[say("keys.system"), say("keys.may"), say("keys.until"), say("keys.change")]}>
        {items.map((line) => (
          <tr key={line.id}>
            <th scope="row">{line.label ?? line.id}<br /><span class="small quiet">{properName(line.person)}</span></th>
            <td>{line.scopes === null ? say("keys.all", { roles: rolesIn(line.roles, say) }) : <ul>{line.scopes.map((each) => <li key={each}><May scope={each} /></li>)}</ul>}</td>
            <td>{line.ended === null ? time(line.expires) : say("keys.ended", { date: time(line.ended) })}</td>
            <td>{line.ended === null && <button class="tap" type="button" onClick={() => setAsked(end(line))}>{say("keys.end")}</button>}</td>
          </tr>
        ))}
      </Table>
      {asked !== null && <Confirm asked={asked} close={() => setAsked(null)} />}
    </>
  );
}

function MakeDialog({ close, done }: { close: () => void; done: (key: string) => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [label, setLabel] = useState("");
  const [scopes, setScopes] = useState<readonly KeyScope[]>(["batch:create", "batch:read"]);
  const act = useAct();
  const { sign, typed } = useSigned();
  const send = (): Promise<void> => sign(() => ports.server.makeKey({ label, scopes: [...scopes], days: DAYS }).then(done));
  return (
    <Dialog title={say("keys.make_title")} close={close}>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); act.run(send); }}>
        <Field id="label" label={say("keys.label")} value={label} change={setLabel} />
        <Several label={say("keys.may")} options={SCOPES.map((each) => ({ value: each, label: say(`scope.${each}`) }))} chosen={scopes} change={setScopes} />
        <p class="small quiet">{say("keys.days", { n: DAYS })}</p>
        {typed}
        <FaultNote fault={act.fault} />
        <div class="acts">
          <button class="tap" type="button" onClick={close}>{say("confirm.no")}</button>
          <button class="tap hard" type="submit" disabled={scopes.length === 0} aria-disabled={act.busy}>{say("keys.make_go")}</button>
        </div>
      </form>
    </Dialog>
  );
}

export interface ToldParts {
  readonly title: string;
  readonly say: string;
  readonly text: string;
  readonly close: () => void;
}

/** A secret that the server tells once. */
export function ToldDialog({ title, say: once, text, close }: ToldParts): VNode {
  const { say } = useWords();
  return (
    <Dialog title={title} close={close}>
      <p>{once}</p>
      <p><code class="letters">{text}</code></p>
      <div class="acts"><button class="tap" type="button" onClick={close}>{say("bar.close")}</button></div>
    </Dialog>
  );
}

/** A scope in words; of one that this page does not know, its own name. */
function May({ scope }: { scope: string }): VNode {
  const { say } = useWords();
  const key = `scope.${scope}`;
  return isKey(key) ? <>{say(key)}</> : <code class="small">{scope}</code>;
}
