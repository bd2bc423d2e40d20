/** Whose a credential is, where a list names credentials alone: the person, the end of her document, what it certifies, the way to her file. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import type { Refusal } from "../ports.ts";
import { useLoad } from "../asking.tsx";
import { shortName } from "../parts.tsx";
import { useWalk } from "../walk.tsx";
import type { Holder } from "../wire.ts";
import { Title } from "./credentials.tsx";

export interface Holders {
  /** Undefined: not known yet, or of nobody any more. */
  readonly of: (credential: string) => Holder | undefined;
  readonly fault: Refusal | null;
}

/** Of a page of credentials at the most; each is asked for once, since a credential never is another person's. */
export function useHolders(credentials: readonly string[]): Holders {
  const { ports, holders } = useWalk();
  const ask = async (): Promise<number> => {
    const missing = [...new Set(credentials)].filter((each) => !holders.has(each));
    if (missing.length > 0) {
      for (const person of await ports.server.named(missing)) for (const one of person.credentials) holders.set(one.id, { person, one });
    }
    return holders.size;
  };
  const { fault } = useLoad(ask, credentials.join(" "));
  return { of: (credential) => holders.get(credential), fault };
}

/** In a list: her name leads to her file. */
export function HolderLink({ credential, holder }: { credential: string; holder: Holder | undefined }): VNode {
  const { go } = useWalk();
  if (holder === undefined) return <Nameless credential={credential} />;
  const { person, one } = holder;
  return <><button class="link-tap" type="button" onClick={() => go("person", person.id)}>{person.name}</button><br /><Certified person={person} one={one} /></>;
}

/** Over what is signed about her. */
export function HolderWords({ credential, holder }: { credential: string; holder: Holder | undefined }): VNode {
  if (holder === undefined) return <Nameless credential={credential} />;
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
