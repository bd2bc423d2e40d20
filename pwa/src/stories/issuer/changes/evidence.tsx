/** The proof behind an act: a file that never leaves this computer; its digest alone goes with the proposal. */
import type { VNode } from "preact";
import { hex, sha256 } from "../../../kernel/bytes.ts";
import { useWords } from "../../../kit/words.tsx";

export function EvidenceField({ take }: { take: (file: File | null) => void }): VNode {
  const { say } = useWords();
  return (
    <div class="field">
      <label for="evidence">{say("act.evidence")}</label>
      <input class="in" type="file" id="evidence" aria-describedby="evidence-hint" onChange={(event) => take(event.currentTarget.files?.[0] ?? null)} />
      <span class="hint" id="evidence-hint">{say("act.evidence_hint")}</span>
    </div>
  );
}

export async function digestOf(file: File | null): Promise<string | null> {
  return file === null ? null : hex(sha256(new Uint8Array(await file.arrayBuffer())));
}
