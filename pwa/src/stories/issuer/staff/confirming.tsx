/** Another hand's word for a person whom one administrator let in: that she is a person of her own, and enrolled herself. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import { properName } from "../../../words/text.ts";
import { Deciding } from "../deciding.tsx";
import { useWalk } from "../walk.tsx";
import type { StaffLine } from "../wire.ts";

export function ConfirmPerson({ line, again }: { line: StaffLine; again: () => void }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const person = properName(line.person);
  return (
    <Deciding
      by={["issuer_admin", "keeper"]} proposedBy={line.letInBy ?? ""} own={say("staff.confirm_own")}
      about={<p><b>{person}</b><br />{say("staff.let_in_by", { person: properName(line.letInBy ?? "") })}</p>}
      yes={{
        tap: say("staff.confirm"), title: say("staff.confirm_title", { person }), go: say("staff.confirm"),
        then: [say("staff.confirm_1"), say("staff.confirm_2"), say("staff.confirm_3")], act: () => ports.server.confirmStaff(line.id).then(again),
      }}
    />
  );
}
