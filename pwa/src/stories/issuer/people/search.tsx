/** Finding a person: what is looked for goes in the request's body and into no address; what was found is her own list. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { Field } from "../entry/fields.tsx";
import { Empty, More, Table } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { People, Person } from "../wire.ts";
import { CredentialCells, credentialHeads } from "./credentials.tsx";

export function SearchView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<People | null>(null);
  const act = useAct();
  const look = (after: string | null): void => act.run(() => ports.server.search(typed, after).then(setFound));
  return (
    <>
      <h1>{say("seek.title")}</h1>
      <form class="stack narrow" role="search" onSubmit={(event) => { event.preventDefault(); look(null); }}>
        <Field id="seek" label={say("seek.what")} hint={say("seek.hint")} value={typed} change={setTyped} />
        <div class="acts"><button class="tap main" type="submit" disabled={act.busy}>{say("seek.go")}</button></div>
      </form>
      <FaultNote fault={act.fault} />
      {found !== null && <Found people={found.people} />}
      <More next={found?.next} load={look} />
      <p class="quiet small">{say("seek.written")}</p>
    </>
  );
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
