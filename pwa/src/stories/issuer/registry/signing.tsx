/** The keys that issuers sign with, and the button that stops one at once: one person suffices, keepers confirm or lift it (TRUST section 7). */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useList } from "../asking.tsx";
import { Confirm } from "../confirm.tsx";
import { More, Table, useFigures } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { SigningKey } from "../wire.ts";

/** The others verify nothing any more, or keepers have stopped them. */
const STOPPABLE: ReadonlySet<SigningKey["state"]> = new Set(["announced", "active", "retired"]);

/** `isKeepers`: drawn for who keeps the registry, of whom the others are told to tell. */
export function SigningKeys({ isKeepers = false }: { isKeepers?: boolean }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [asked, setAsked] = useState<string | null>(null);
  const list = useList(ports.server.signingKeys);
  const { items, fault, again } = list;
  return (
    <section class="stack">
      <h2>{say("signing.title")}</h2>
      <p>{say("signing.what")}</p>
      {items === null ? <FaultNote fault={fault} /> : (
        <>
          {items.some(({ paused }) => paused) && <div class="note plain" role="status"><p>{say(isKeepers ? "signing.next_keeper" : "signing.next")} {say("signing.then_found")}</p></div>}
          <Table caption={say("signing.caption")} heads={[say("signing.key"), say("signing.state"), say("signing.window"), say("signing.stop")]}>
            {items.map((key) => <Line key={key.id} line={key} stop={() => setAsked(key.id)} />)}
          </Table>
          <More list={list} />
        </>
      )}
      {asked !== null && <SuspendKey id={asked} isKeepers={isKeepers} close={() => setAsked(null)} done={again} />}
    </section>
  );
}

function Line({ line, stop }: { line: SigningKey; stop: () => void }): VNode {
  const { say, language } = useWords();
  const { time } = useFigures();
  return (
    <tr>
      <th scope="row">{language === "es" ? line.issuerNameEs : line.issuerNameEn}<br /><code class="small">{line.id}</code></th>
      <td>{say(line.paused ? "signing.paused" : `signing.state.${line.state}`)}</td>
      <td>{line.notBefore !== null && time(line.notBefore)}{line.notAfter !== null && <> – {time(line.notAfter)}</>}</td>
      <td>{!line.paused && STOPPABLE.has(line.state) && <button class="tap" type="button" onClick={stop}>{say("signing.suspend")}</button>}</td>
    </tr>
  );
}

export function SuspendKey({ id, isKeepers = false, close, done }: { id: string; isKeepers?: boolean; close: () => void; done: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  return (
    <Confirm close={close} asked={{
      title: say("signing.suspend_title"), about: <p><code>{id}</code></p>, go: say("signing.suspend"),
      then: [say("signing.then_stop"), say("signing.then_review"), say(isKeepers ? "signing.then_both" : "signing.then_keepers"), say("signing.then_written")],
      act: () => ports.server.suspendKey(id).then(done),
    }} />
  );
}
