/** Saying yes or no to what another person proposed (TRUST section 10): the two ways, each with the last look before it. */
import type { ComponentChildren, VNode } from "preact";
import { useId, useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { type Asked, Confirm } from "./confirm.tsx";
import { useMay, useWalk } from "./walk.tsx";

/** A way to decide: what will happen by it, and what it is called on its button and at its end, where that is not the common word. */
type Way = Pick<Asked, "act"> & Partial<Omit<Asked, "about">> & { readonly tap?: ComponentChildren };

/** Why nothing can be said yes to yet, and the way to what is missing. */
export interface Closed {
  readonly why: string;
  readonly lead: () => void;
}

export interface DecidingParts {
  /** Whose work it is to decide this. */
  readonly by?: readonly string[];
  readonly proposedBy: string;
  /** What is said to who proposed it, where it is not the common word. */
  readonly own?: string;
  /** What is signed: names, counts, digests. */
  readonly about: ComponentChildren;
  /** Without one it was said already, and can only be stopped. */
  readonly yes?: Way & Pick<Asked, "title" | "then">;
  /** Without one it can only be left waiting. */
  readonly no?: Way;
  /** What keeps her from saying yes, which she hears of as it changes; she can say no all the same. Left out where nothing ever does. */
  readonly closed?: Closed | null | undefined;
  /** It is what this view is for. */
  readonly main?: boolean;
}

/** Nothing for whose work it is not; for who proposed it, that another person decides. */
export function Deciding({ by = ["approver"], proposedBy, own, about, yes, no, closed, main = false }: DecidingParts): VNode | null {
  const { say } = useWords();
  const { me } = useWalk();
  const [asked, setAsked] = useState<Asked | null>(null);
  const why = useId();
  const decides = useMay(...by);
  if (!decides || (proposedBy === me.person && yes === undefined)) return null;
  if (proposedBy === me.person) return <p>{own ?? say("acts.own")}</p>;
  const back = no && { title: say("acts.refuse_title"), then: [say("acts.then_refused")], go: say("acts.refuse"), about, ...no };
  return (
    <>
      <div class="acts">
        {yes !== undefined && (
          <button class={main ? "tap main" : "tap"} type="button" {...(closed === undefined ? {} : { "aria-disabled": closed !== null, "aria-describedby": why })} onClick={closed?.lead ?? (() => setAsked({ go: say("acts.approve"), about, ...yes }))}>
            {yes.tap ?? say("acts.approve")}
          </button>
        )}
        {back !== undefined && <button class="tap" type="button" onClick={() => setAsked(back)}>{back.tap ?? say("acts.refuse")}</button>}
        {closed !== undefined && <span class="quiet" id={why} role="status">{closed?.why}</span>}
      </div>
      {asked !== null && <Confirm asked={asked} close={() => setAsked(null)} />}
    </>
  );
}
