/** Whose a credential is, where a list names credentials alone: the person, the end of her document, what it certifies, the way to her file. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import type { Refusal } from "../ports.ts";
import { useLoad } from "../asking.tsx";
import { shortName } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Holder } from "../wire.ts";
import { Title } from "./credentials.tsx";
import { learn } from "./holders.ts";

interface OfCredential {
  readonly credential: string;
}

export interface Holders {
  /** In a list: her name leads to her file. */
  readonly link: (of: OfCredential) => VNode;
  /** Over what is signed about her. */
  readonly words: (of: OfCredential) => VNode;
  readonly fault: Refusal | null;
}

/** What a list names by its credential alone; null before it came. */
export function useHolders(items: readonly OfCredential[] | null): Holders {
  const { ports, holders } = useWalk();
  const credentials = (items ?? []).map(({ credential }) => credential);
  const { fault } = useLoad(() => learn(holders, credentials, ports.server.named).then(() => holders.size), credentials.join(" "));
  return {
    link: ({ credential }) => <HolderLink credential={credential} holder={holders.get(credential)} />,
    words: ({ credential }) => <HolderWords credential={credential} holder={holders.get(credential)} />,
    fault,
  };
}

interface HolderParts {
  readonly credential: string;
  /** Without one it is not known yet, or of nobody any more. */
  readonly holder: Holder | null | undefined;
}

function HolderLink({ credential, holder }: HolderParts): VNode {
  const { go } = useWalk();
  if (holder === null || holder === undefined) return <Nameless credential={credential} />;
  const { person, one } = holder;
  return <><button class="link-tap" type="button" onClick={() => go("person", person.id)}>{person.name}</button><br /><Certified person={person} one={one} /></>;
}

export function HolderWords({ credential, holder }: HolderParts): VNode {
  if (holder === null || holder === undefined) return <Nameless credential={credential} />;
  return <><b>{holder.person.name}</b><br /><Certified {...holder} /></>;
}

function Certified({ person, one }: Holder): VNode {
  const { say } = useWords();
  return <><span class="small">{say("person.document", { tail: person.document })}</span><br /><span class="small"><Title one={one} /></span></>;
}

function Nameless({ credential }: { credential: string }): VNode {
  const { say } = useWords();
  return <span class="small quiet">{say("acts.credential", { name: shortName(credential) })}</span>;
}
