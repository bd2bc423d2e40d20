/** Reissues in a table: whose, what was seen, who asked for it, how it stands and from when a code can be made. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { useWords, type Words } from "../../../kit/words.tsx";
import { AskedBy, DecidedBy } from "../hands.tsx";
import { shortName, Table, useFigures } from "../parts.tsx";
import type { Reissue } from "../wire.ts";

interface TableParts {
  readonly caption: string;
  readonly items: readonly Reissue[];
  /** Left out where all are one person's. */
  readonly whose?: (one: Reissue) => ComponentChildren;
  readonly ways?: (one: Reissue) => ComponentChildren;
}

export function ReissueTable({ caption, items, whose, ways }: TableParts): VNode {
  const { say } = useWords();
  const { time } = useFigures();
  const heads = [...(whose === undefined ? [] : [say("acts.whose")]), say("reissues.seen"), say("acts.asked"), say("acts.became"), ...(ways === undefined ? [] : [say("acts.decide")])];
  return (
    <Table caption={caption} heads={heads}>
      {items.map((one) => (
        <tr key={one.id}>
          {whose === undefined ? <th scope="row">{seenOf(one, say)}<br /><span class="small quiet">{say("acts.credential", { name: shortName(one.credential) })}</span></th> : <><th scope="row">{whose(one)}</th><td>{seenOf(one, say)}</td></>}
          <td><AskedBy person={one.proposedBy} at={one.proposed} /></td>
          <td>
            {say(`reissues.state.${one.state}`)}
            <DecidedBy of={one} />
            {one.state === "approved" && one.readyAt !== null && <><br /><span class="small quiet">{say("reissues.ready", { date: time(one.readyAt) })}</span></>}
          </td>
          {ways !== undefined && <td>{ways(one)}</td>}
        </tr>
      ))}
    </Table>
  );
}

export function seenOf({ seen }: Pick<Reissue, "seen">, say: Words["say"]): string {
  return seen.map((each) => say(`reissues.seen.${each}`)).join(" · ");
}
