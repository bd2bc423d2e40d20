/** What every view of the console is given: who is signed in, the ports, and the ways to other views. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Known } from "./people/holders.ts";
import type { CounterPorts } from "./ports.ts";
import type { ViewName } from "./views.ts";
import type { Me, Waits } from "./wire.ts";

export interface Walk {
  readonly ports: CounterPorts;
  readonly me: Me;
  /** After a step-up the session is another one. */
  readonly setMe: (me: Me) => void;
  readonly go: (view: ViewName, id?: string) => void;
  /** Whose credentials are that were asked about on this page, for as long as she is in. */
  readonly holders: Known;
  /** How much waits for her, as it was counted last; nothing before that, and where nothing can. */
  readonly waits: Waits | null;
  /** Counts it again: she did something. */
  readonly recount: () => void;
}

export const WalkContext = createContext<Walk | null>(null);

export function useWalk(): Walk {
  const walk = useContext(WalkContext);
  if (walk === null) throw new Error("a view outside of the page");
  return walk;
}

/** Whether the person has one of these roles. The server decides; this only spares her what it would refuse. */
export function useMay(...roles: readonly string[]): boolean {
  const { me } = useWalk();
  return me.roles.some((role) => roles.includes(role));
}
