/** Corrections in a table: whose, what should be read instead, who asked for it, what became of it. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { AskedBy, DecidedBy } from "../hands.tsx";
import { shortName, Table } from "../parts.tsx";
import type { Amendment } from "../wire.ts";
import { Changes } from "./saying.tsx";

interface TableParts {
  readonly caption: string;
  readonly items: readonly Amendment[];
  /** Left out where all are one person's: then the certificate is named. */
  readonly whose?: (one: Amendment) => ComponentChildren;
  readonly decide?: (one: Amendment) => ComponentChildren;
}

export function AmendmentTable({ caption, items, whose, decide }: TableParts): VNode {
  const { say } = useWords();
  const first = say(whose === undefined ? "many.member" : "acts.whose");
  const heads = [first, say("amends.says"), say("acts.asked"), say("acts.became"), ...(decide === undefined ? [] : [say("acts.decide")])];
  return (
    <Table caption={caption} heads={heads}>
      {items.map((one) => (
        <tr key={one.id}>
          <th scope="row">{whose === undefined ? shortName(one.credential) : whose(one)}</th>
          <td>{one.correction === null ? <span class="small quiet">{say(one.state === "approved" ? "amends.gone_approved" : "amends.gone")}</span> : <Changes correction={one.correction} present={one.present} />}</td>
          <td><AskedBy person={one.proposedBy} at={one.proposed} /></td>
          <td>{say(`acts.${one.state}`)}<DecidedBy of={one} />{one.replacement !== null && <><br /><span class="small quiet">{say("amends.replacement", { name: shortName(one.replacement) })}</span></>}</td>
          {decide !== undefined && <td>{decide(one)}</td>}
        </tr>
      ))}
    </Table>
  );
}
