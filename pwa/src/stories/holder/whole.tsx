/** All that a pass says, for whose it is: the end of the document, the facts, and what no fact tells. Draws only. */
import type { VNode } from "preact";
import { factsOf, stands } from "../../kit/facts.ts";
import { claimsOf } from "../../kernel/subject.ts";
import { shown } from "../../kernel/typed.ts";
import { FactList } from "../../kit/passes.tsx";
import { useWords } from "../../kit/words.tsx";
import { passOf } from "./card.ts";
import type { Held } from "./ports.ts";
import { restOf } from "./show/sees.ts";

/** `badged`: the badge of who signed stands above already, and with it all that there is to say of what a person says of herself. */
export function Whole({ held, badged = false }: { held: Pick<Held, "document" | "judged">; badged?: boolean }): VNode {
  const { language, say } = useWords();
  const { document, judged } = held;
  const tail = claimsOf(document)["idTail"];
  const pass = passOf(document, judged.report);
  const rest = restOf(held, language);
  const all = factsOf(pass, judged.labels[language] ?? null, language);
  const own = pass.tier === "T3";
  const facts = badged ? all.filter(({ name }) => !own || name !== "who").map((fact) => ({ ...fact, lines: fact.lines.filter(({ tier }) => tier === undefined) })) : all;
  return (
    <>
      {typeof tail === "string" && <dl class="facts"><div><dt>{say("fact.tail")}</dt><dd>{shown(tail)}</dd></div></dl>}
      <FactList facts={facts} />
      {rest.length > 0 && <dl class="facts"><div><dt>{say(stands(pass) ? "pass.more" : "pass.said")}</dt>{rest.map((line) => <dd key={line}>{line}</dd>)}</div></dl>}
    </>
  );
}
