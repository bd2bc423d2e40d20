/** What a correction changes, member by member: what should be read instead, and what the certificate says now. Draws only. */
import { Fragment, type VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import type { Correction, Present } from "../wire.ts";
import { isTyped } from "./amending.tsx";

export function Changes({ correction, present }: { correction: Correction | null; present: Present | null }): VNode {
  const { say } = useWords();
  const said = Object.entries(correction ?? {}).filter(([, value]) => value !== null && value !== undefined);
  const now = new Map(Object.entries(present ?? {}));
  return (
    <>
      {said.map(([member, value]) => (
        <Fragment key={member}>
          {isTyped(member) ? say(`amend.${member}`) : member}: <b>{String(value)}</b><br />
          {now.has(member) && <><span class="small">{say("amends.now", { said: String(now.get(member)) })}</span><br /></>}
        </Fragment>
      ))}
    </>
  );
}
