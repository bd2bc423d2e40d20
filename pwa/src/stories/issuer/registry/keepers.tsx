/** What waits for a keeper of the registry: changes of the trust list, and people whom one administrator alone let in; and the keys that she can stop. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { FaultNote, useList, useLoad, Waiting } from "../asking.tsx";
import { Deciding } from "../deciding.tsx";
import { AskedBy } from "../hands.tsx";
import { Empty, More, Table } from "../parts.tsx";
import { rolesIn } from "../roles.ts";
import { ConfirmPerson } from "../staff/confirming.tsx";
import { useWalk } from "../walk.tsx";
import type { RegistryLine, StaffLine } from "../wire.ts";
import { ChangeWords } from "./change.tsx";
import { SigningKeys } from "./signing.tsx";
import { WordDialog } from "./word.tsx";

export function KeepersView(): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const [saying, setSaying] = useState(false);
  const people = useLoad(ports.server.unconfirmed, "");
  const list = useList(ports.server.registryChanges);
  const { items, again } = list;
  if (items === null) return <Waiting fault={list.fault} again={again} />;
  return (
    <>
      <h1>{say("keepers.title")}</h1>
      <p>{say("keepers.what")}</p>
      <div class="acts"><button class="tap" type="button" onClick={() => setSaying(true)}>{say("keepers.word")}</button></div>
      {items.length === 0 ? <Empty title={say("keepers.none")} say={say("keepers.none_say")} /> : <Changes items={items} again={again} />}
      <More list={list} />
      <FaultNote fault={people.fault} />
      {people.value !== null && people.value.length > 0 && <People items={people.value} again={people.again} />}
      <SigningKeys isKeepers />
      {saying && <WordDialog close={() => setSaying(false)} done={again} />}
    </>
  );
}

function Changes({ items, again }: { items: readonly RegistryLine[]; again: () => void }): VNode {
  const { say } = useWords();
  return (
    <Table caption={say("keepers.changes")} heads={[say("keepers.change"), say("acts.asked"), say("keepers.said"), say("acts.decide")]}>
      {items.map((line) => (
        <tr key={line.id}>
          <th scope="row"><ChangeWords change={line.change} /></th>
          <td><AskedBy person={line.proposedBy} at={line.proposed} /></td>
          <td>{say("keepers.of", { n: line.approvals, all: line.needed })}</td>
          <td>{line.agreed ? say("keepers.agreed") : <DecideChange line={line} again={again} />}</td>
        </tr>
      ))}
    </Table>
  );
}

function DecideChange({ line, again }: { line: RegistryLine; again: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const last = line.approvals + 1 >= line.needed;
  return (
    <Deciding
      by={["keeper"]} proposedBy={line.proposedBy} about={<ChangeWords change={line.change} />}
      yes={{ title: say("keepers.approve_title"), then: [say(last ? "keepers.then_done" : "keepers.then_more"), say("keepers.then_written")], act: () => ports.server.approveRegistryChange(line.id).then(again) }}
    />
  );
}

function People({ items, again }: { items: readonly StaffLine[]; again: () => void }): VNode {
  const { say } = useWords();
  return (
    <Table caption={say("keepers.people")} heads={[say("staff.person"), say("keepers.issuer"), say("staff.work"), say("staff.let_in"), say("acts.decide")]}>
      {items.map((line) => (
        <tr key={line.id}>
          <th scope="row">{properName(line.person)}</th>
          <td>{line.issuer}</td>
          <td>{rolesIn(line.roles, say)}</td>
          <td>{properName(line.letInBy ?? "")}</td>
          <td><ConfirmPerson line={line} again={again} /></td>
        </tr>
      ))}
    </Table>
  );
}
