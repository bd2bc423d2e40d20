/** How a credential stands in a list: what it certifies, when it was issued, its state by icon and word. Draws only. */
import type { VNode } from "preact";
import { VerdictIcon } from "../../../kit/icons.tsx";
import { useWords, type Words } from "../../../kit/words.tsx";
import { useFigures } from "../parts.tsx";
import type { Credential } from "../wire.ts";
import { levelWords } from "./levels.ts";

const VERDICTS = { valid: "valid", suspended: "under_review", revoked: "revoked", replaced: "revoked" } as const;

export function credentialHeads(say: Words["say"]): readonly string[] {
  return [say("credential.what"), say("credential.issued"), say("credential.state")];
}

export function CredentialCells({ one }: { one: Credential }): VNode {
  const { time } = useFigures();
  return <><td><Title one={one} /></td><td>{time(one.issued)}</td><td><State state={one.state} /></td></>;
}

export function Title({ one }: { one: Credential }): VNode {
  const { say } = useWords();
  const norm = one.norm === null || one.norm === undefined ? null : say("credential.norm", { norm: one.norm, version: one.normVersion ?? "" });
  const level = one.level === null || one.level === undefined ? null : levelWords(one.level, say);
  return <>{one.title}<br /><span class="small quiet">{[norm, level].filter((part) => part !== null).join(" · ")}</span></>;
}

/** The word that an employer would read, in the desk's own sense. */
export function State({ state }: { state: Credential["state"] }): VNode {
  const { say } = useWords();
  const verdict = VERDICTS[state];
  return <span class={`chip is-${verdict}`}><VerdictIcon verdict={verdict} chip />{say(`standing.${state}`)}</span>;
}
