/** Ten rows drawn by chance, each to be compared with the papers; what is left to compare is counted for the approver. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { Table } from "../parts.tsx";
import type { SampleRow } from "../wire.ts";

export interface SampleParts {
  readonly rows: readonly SampleRow[];
  readonly compared: readonly number[];
  readonly compare: (row: number) => void;
}

export function Sample({ rows, compared, compare }: SampleParts): VNode | null {
  const { say } = useWords();
  if (rows.length === 0) return null;
  return (
    <Table caption={say("sample.caption", { n: rows.length })} heads={[say("findings.row"), say("sample.name"), say("sample.what"), say("sample.same")]}>
      {rows.map(({ row, claims }) => (
        <tr key={row}>
          <th scope="row" class="n">{row}</th>
          <td>{textOf(claims["name"])}{claims["idTail"] !== undefined && <><br /><span class="small quiet">{say("person.document", { tail: textOf(claims["idTail"]) })}</span></>}</td>
          <td><What claims={claims} /></td>
          <td><label class="nobr"><input type="checkbox" class="tick" checked={compared.includes(row)} onChange={() => compare(row)} /> {say("sample.same_yes")}</label></td>
        </tr>
      ))}
    </Table>
  );
}

function What({ claims }: { claims: SampleRow["claims"] }): VNode {
  const { say } = useWords();
  if (claims["norm"] === undefined) return <>{[claims["country"], claims["permitStatus"]].map(textOf).join(" · ")}</>;
  return <>{say("credential.norm", { norm: textOf(claims["norm"]), version: textOf(claims["normVersion"]) })}<br /><span class="small quiet">{textOf(claims["level"])}</span></>;
}

function textOf(claim: unknown): string {
  return typeof claim === "string" || typeof claim === "number" ? String(claim) : "";
}
