/** The proof behind an act: a file that never leaves this computer; its digest alone goes with the proposal. */
import type { VNode } from "preact";
import { hex, sha256 } from "../../../kernel/bytes.ts";
import { useWords } from "../../../kit/words.tsx";
import { FileField } from "../entry/fields.tsx";

export function EvidenceField({ needed, take }: { needed: boolean; take: (file: File | null) => void }): VNode {
  const { say } = useWords();
  return <FileField id="evidence" label={say("act.evidence")} hint={say(needed ? "act.evidence_needed" : "act.evidence_hint")} optional={!needed} take={take} />;
}

export async function digestOf(file: File | null): Promise<string | null> {
  return file === null ? null : hex(sha256(new Uint8Array(await file.arrayBuffer())));
}
