/** Some drawn by chance, each to be compared with the papers: until all were, nothing can be approved. */
import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { numbered, shortCertificateDate } from "../../../words/text.ts";
import { Again, FaultNote, type Loaded } from "../asking.tsx";
import type { Closed } from "../deciding.tsx";
import { Table, toggled } from "../parts.tsx";
import type { SampleRow } from "../wire.ts";
import { levelWords } from "../people/levels.ts";

export interface Compared {
  /** The table of those that were drawn. */
  readonly table: VNode;
  /** What keeps her from approving: how many she has not compared yet; nothing once she has. */
  readonly closed: Closed | null;
  /** Those that she compared, by what tells them apart. */
  readonly compared: readonly string[];
}

/** What they are drawn from: rows that would be signed, or certificates that were. */
const SAID = {
  rows: { caption: "sample.caption", name: "sample.name", what: "sample.what", differs: "sample.differs" },
  certificates: { caption: "sample.caption_many", name: "sample.name_many", what: "sample.what_many", differs: "sample.differs_many" },
} as const;

/** `name`: what tells one of those that were drawn from the others. */
export function useCompared<T extends SampleRow>({ value, fault, again }: Loaded<readonly T[]>, name: (row: T) => string, of: keyof typeof SAID): Compared {
  const { say } = useWords();
  const said = SAID[of];
  const [compared, setCompared] = useState<readonly string[]>([]);
  const rows = value ?? [];
  const left = rows.length - compared.length;
  const box = useRef<HTMLDivElement>(null);
  const lead = (): void => box.current?.querySelector<HTMLElement>("input:not(:checked)")?.focus();
  const table = (
    <div class="stack" ref={box}>
      <FaultNote fault={fault} />
      {value === null && fault !== null && <Again again={again} />}
      {rows.length > 0 && <p>{say(said.differs)}</p>}
      {rows.length > 0 && (
        <Table caption={say(numbered(said.caption, rows.length), { n: rows.length })} heads={[say("findings.row"), say(said.name), say(said.what), say("sample.same")]}>
          {rows.map((one) => <Drawn key={name(one)} {...one} checked={compared.includes(name(one))} compare={() => setCompared(toggled(compared, name(one)))} />)}
        </Table>
      )}
    </div>
  );
  const why = value === null ? say("sample.to_come") : say(numbered("sample.left", left), { n: left });
  return { table, compared, closed: value === null || left > 0 ? { why, lead } : null };
}

function Drawn({ row, claims, achieved, checked, compare }: SampleRow & { readonly checked: boolean; readonly compare: () => void }): VNode {
  const { say, language } = useWords();
  const { name, idTail, ...said } = claims;
  return (
    <tr>
      <th scope="row" class="n">{row}</th>
      <td>{textOf(name)}{idTail !== undefined && <><br /><span class="small quiet">{say("person.document", { tail: textOf(idTail) })}</span></>}</td>
      <td><What claims={said} />{achieved !== null && achieved !== undefined && <><br /><span class="small">{say("sample.achieved", { date: shortCertificateDate(language, achieved) })}</span></>}</td>
      <td><label class="nobr"><input type="checkbox" class="tick" checked={checked} onChange={compare} /> {say("sample.same_yes")}</label></td>
    </tr>
  );
}

/** What is certified of her: a competence by its norm, anything else as it stands. */
function What({ claims }: { claims: SampleRow["claims"] }): VNode {
  const { say } = useWords();
  if (claims["norm"] === undefined) return <>{Object.values(claims).map(textOf).filter((told) => told !== "").join(" · ")}</>;
  return <>{say("credential.norm", { norm: textOf(claims["norm"]), version: textOf(claims["normVersion"]) })}<br /><span class="small quiet">{levelWords(textOf(claims["level"]), say)}</span></>;
}

function textOf(claim: unknown): string {
  if (Array.isArray(claim)) return claim.map(textOf).join(", ");
  return typeof claim === "string" || typeof claim === "number" ? String(claim) : "";
}
