/** Before anybody is signed in: the way in, and the way of an invitation. */
import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import { LanguageTap, TopBar } from "../../../kit/bar.tsx";
import { useWords } from "../../../kit/words.tsx";
import type { CounterPorts } from "../ports.ts";
import type { Me } from "../wire.ts";
import { Invited } from "./invited.tsx";
import { SignIn } from "./signin.tsx";

export interface OutsideParts {
  readonly ports: CounterPorts;
  /** The session ended by itself or by another's hand. */
  readonly ended: boolean;
  readonly enter: (me: Me) => void;
  readonly speakIn: (language: string) => void;
}

export function Outside({ ports, ended, enter, speakIn }: OutsideParts): VNode {
  const [invited, setInvited] = useState(false);
  return (
    <OutsideFrame languages={ports.languages} speakIn={speakIn}>
      {invited
        ? <Invited entry={ports.entry} done={() => setInvited(false)} />
        : <SignIn entry={ports.entry} ended={ended} enter={enter} invited={() => setInvited(true)} />}
    </OutsideFrame>
  );
}

export function OutsideFrame({ languages, speakIn, children }: { languages: readonly string[]; speakIn: (language: string) => void; children: ComponentChildren }): VNode {
  const { say } = useWords();
  return (
    <>
      <TopBar><LanguageTap languages={languages} change={speakIn} /></TopBar>
      <main class="page" id="main">{children}<p class="small quiet">{say("signin.keeps")}</p></main>
    </>
  );
}
