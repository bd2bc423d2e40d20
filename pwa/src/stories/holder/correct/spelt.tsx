/** After a correction: her other passes that still write the name as it was, each with the way to who signed it. Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { shown } from "../../../kernel/typed.ts";
import { cardOf, certificatesOf, nameOf } from "../card.ts";
import type { DisputeLine, Held } from "../ports.ts";
import { useOpened, useWalk } from "../walk.tsx";

export function SpeltOtherwise(): VNode {
  const { go } = useWalk();
  const { disputes, passes } = useOpened();
  const { language, say } = useWords();
  return (
    <>
      {certificatesOf(speltOtherwise(passes, disputes)).map(([held]) => (
        <div class="note" key={held.name}>
          <p><b>{cardOf(held, language).title}.</b> {say("answers.spelt", { name: shown(nameOf(held)) })}</p>
          <p><button class="link-tap" type="button" onClick={() => go("pass", held.name)}>{say("answers.spelt_do")}</button></p>
        </div>
      ))}
    </>
  );
}

/** Those made for her key that still stand and whose name is none that was corrected; not those that she asked about already. */
function speltOtherwise(passes: readonly Held[], disputes: readonly DisputeLine[]): readonly Held[] {
  const about = disputes.filter(({ kind }) => kind === "name");
  const right = about.filter(({ state }) => state === "corrected").flatMap(({ pass }) => passes.filter(({ name }) => name === pass).map(nameOf));
  const asked = new Set(about.map(({ pass }) => pass));
  const stands = ({ judged: { report } }: Held): boolean => report.verdict !== "revoked" && report.verdict !== "expired";
  return right.length === 0 ? [] : passes.filter((held) => held.bound && stands(held) && !asked.has(held.name) && !right.includes(nameOf(held)));
}
