/** All that a pass says, for whose it is: the end of the document, the facts, and what no fact tells. Draws only. */
import type { VNode } from "preact";
import { factsOf, stands } from "../../kit/facts.ts";
import { shown } from "../../kernel/typed.ts";
import { FactList } from "../../kit/passes.tsx";
import { useWords } from "../../kit/words.tsx";
import { passOf } from "./card.ts";
import type { Held } from "./ports.ts";
import { restOf, subjectOf } from "./show/sees.ts";

export function Whole({ held }: { held: Pick<Held, "document" | "judged"> }): VNode {
  const { language, say } = useWords();
  const { document, judged } = held;
  const tail = subjectOf(held)["idTail"];
  const pass = passOf(document, judged.report);
  const rest = restOf(held, language);
  return (
    <>
      {typeof tail === "string" && <dl class="facts"><div><dt>{say("fact.tail")}</dt><dd>{shown(tail)}</dd></div></dl>}
      <FactList facts={factsOf(pass, judged.labels[language] ?? null, language)} />
      {rest.length > 0 && <dl class="facts"><div><dt>{say(stands(pass) ? "pass.more" : "pass.said")}</dt>{rest.map((line) => <dd key={line}>{line}</dd>)}</div></dl>}
    </>
  );
}
