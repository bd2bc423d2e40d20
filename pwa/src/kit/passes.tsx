/** Facts of one pass, and the list of several passes. Draws only. */
import type { VNode } from "preact";
import type { Fact, Line } from "./facts.ts";
import { TierIcon, VerdictIcon } from "./icons.tsx";
import type { PassView } from "./reading.ts";
import { useWords } from "./words.tsx";

/** The facts under a verdict, in the bundle's words. */
export function FactList({ facts }: { facts: readonly Fact[] }): VNode {
  const { say } = useWords();
  return (
    <dl class="facts">
      {facts.map((fact) => (
        <div key={fact.name}>
          <dt>{say(`fact.${fact.name}`)}</dt>
          {fact.lines.map((line) => <dd key={line.text}><FactLine line={line} /></dd>)}
        </div>
      ))}
    </dl>
  );
}

/** Several passes, each with its own chip; `showNames` where no one name stands above them. */
export function PassList({ passes, showNames }: { passes: readonly PassView[]; showNames: boolean }): VNode {
  const { say } = useWords();
  return (
    <ul class="rows">
      {passes.map((pass, place) => (
        <li class="stack" key={place}>
          <h2>{pass.title}</h2>
          <p><span class={`chip is-${pass.verdict}`}><VerdictIcon verdict={pass.verdict} chip />{pass.word.replace(/\.$/, "")}</span></p>
          {pass.sentence !== null && <p>{pass.sentence}</p>}
          {showNames && pass.name !== null && <p class="name">{pass.name}</p>}
          {showNames && pass.tail !== null && <p class="compare"><span>{say("fact.tail")}</span> <span class="tail">{pass.tail}</span></p>}
          {pass.lead !== null && <p><b>{pass.lead}</b></p>}
          <PassFacts pass={pass} />
        </li>
      ))}
    </ul>
  );
}

/** What it says, the tier's badge, then who signed and the dates in one small line. */
function PassFacts({ pass }: { pass: PassView }): VNode {
  const lines = (fact: Fact): readonly Line[] => fact.lines.filter((line) => line.text !== pass.lead);
  const quiet = pass.facts.filter((fact) => fact.name === "who" || fact.name === "dates").flatMap(lines).filter((line) => !pass.sentence?.includes(line.text));
  return (
    <>
      {pass.facts.filter((fact) => fact.name !== "who" && fact.name !== "dates" && lines(fact).length > 0).map((fact) => (
        <p key={fact.name}>{lines(fact).map((line, place) => <>{place > 0 && <br />}<FactLine line={line} /></>)}</p>
      ))}
      {quiet.filter((line) => line.tier !== undefined).map((line) => <p key={line.text}><FactLine line={line} /></p>)}
      <p class="small quiet">{quiet.filter((line) => line.tier === undefined).map((line) => line.text.replace(/\.?$/, ".")).join(" ")}</p>
    </>
  );
}

function FactLine({ line }: { line: Line }): VNode {
  if (line.tier !== undefined) {
    return <span class={`tier ${line.tier.toLowerCase()}`}><TierIcon tier={line.tier} />{line.text}</span>;
  }
  if (line.strong) return <b>{line.text}</b>;
  if (line.pips === undefined) return <>{line.text}</>;
  return (
    <>
      <span class="lvl" aria-hidden="true">{[1, 2, 3].map((step) => <i key={step} class={step <= (line.pips ?? 0) ? "on" : ""} />)}</span> {line.text}
    </>
  );
}
