/** Finding a person: what is looked for goes in the request's body and into no address; what was found is her own list. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useList } from "../asking.tsx";
import { Field } from "../entry/fields.tsx";
import { Empty, More, Table } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Person } from "../wire.ts";
import { CredentialCells, credentialHeads } from "./credentials.tsx";

export function SearchView(): VNode {
  const { say } = useWords();
  const [typed, setTyped] = useState("");
  const [sought, setSought] = useState({ text: "", turn: 0 });
  return (
    <>
      <h1>{say("seek.title")}</h1>
      <form class="stack narrow" role="search" onSubmit={(event) => { event.preventDefault(); setSought({ text: typed, turn: sought.turn + 1 }); }}>
        <Field id="seek" label={say("seek.what")} hint={say("seek.hint")} value={typed} change={setTyped} />
        <div class="acts"><button class="tap main" type="submit">{say("seek.go")}</button></div>
      </form>
      {sought.turn > 0 && <Sought text={sought.text} key={sought.turn} />}
      <p class="quiet small">{say("seek.written")}</p>
    </>
  );
}

/** What one search found, as far as it was asked for: more of it is more of what was sought then. */
function Sought({ text }: { text: string }): VNode {
  const { ports } = useWalk();
  const list = useList((after) => ports.server.search(text, after));
  if (list.items === null) return <FaultNote fault={list.fault} />;
  return <><Found people={list.items} /><More list={list} /></>;
}

export function Found({ people }: { people: readonly Person[] }): VNode {
  const { say } = useWords();
  if (people.length === 0) return <div role="status"><Empty title={say("seek.none")} say={say("seek.none_say")} /></div>;
  return (
    <Table caption={say("seek.found")} heads={[say("seek.person"), ...credentialHeads(say)]}>
      {people.flatMap((person) => person.credentials.map((one, place) => (
        <tr key={`${person.id} ${one.id}`}>
          {place === 0 && <th scope="row" rowSpan={person.credentials.length}><PersonLink person={person} /></th>}
          <CredentialCells one={one} />
        </tr>
      )))}
    </Table>
  );
}

function PersonLink({ person }: { person: Person }): VNode {
  const { go } = useWalk();
  return <><button class="link-tap" type="button" onClick={() => go("person", person.id)}>{person.name}</button><br /><span class="small quiet">{person.document}</span></>;
}
