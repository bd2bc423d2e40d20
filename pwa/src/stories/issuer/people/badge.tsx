/** The full credential under a pass (Open Badges): that it is there, and its JSON to take away. */
import type { VNode } from "preact";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { FaultNote, useAct } from "../asking.tsx";
import { shortName } from "../parts.tsx";
import { useWalk } from "../walk.tsx";

export function Badge({ id }: { id: string }): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  const act = useAct();
  const save = async (): Promise<void> => ports.saveFile(say("person.badge_file", { name: shortName(id) }), await ports.server.signed(id));
  return (
    <div class="beside">
      <p class="small">{say("person.badge")} <span class="quiet">{shortName(id)}</span></p>
      <button class="tap" type="button" aria-disabled={act.busy} onClick={() => act.run(save)}><Glyph name="save" />{say("person.badge_save")}</button>
      <FaultNote fault={act.fault} />
    </div>
  );
}
