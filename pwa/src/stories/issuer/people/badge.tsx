/** The full credential under a pass (Open Badges): that it is there, and its JSON to take away. It goes by the name of the certificate that it is of. */
import type { VNode } from "preact";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { shortName } from "../parts.tsx";
import { useWalk } from "../walk.tsx";

export function Badge({ id, of }: { id: string; of: string }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const act = useAct();
  const save = async (): Promise<void> => ports.saveFile(say("person.badge_file", { name: shortName(of) }), await ports.server.signed(id));
  return (
    <div class="beside">
      <p class="small">{say("person.badge")}</p>
      <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(save)}><Glyph name="save" />{say("person.badge_save")}</button>
      <FaultNote fault={act.fault} />
    </div>
  );
}
