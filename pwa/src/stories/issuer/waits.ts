/** What waits for her, counted: after what she did, and by itself now and then while the page is seen. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { useLoad } from "./asking.tsx";
import type { CounterPorts } from "./ports.ts";
import { seldom } from "./seldom.ts";
import { hasWork } from "./views.ts";
import type { Walk } from "./walk.tsx";
import type { Me } from "./wire.ts";

/** How often the page counts by itself. */
const COUNTED_MS = 60_000;

/** `turn`: her steps from view to view. */
export function useWaits(ports: CounterPorts, me: Me, turn: number): Pick<Walk, "waits" | "recount"> {
  const [acts, setActs] = useState(0);
  const recount = useCallback(() => setActs((before) => before + 1), []);
  const hers = `${me.person} ${turn} ${acts}`;
  const count = useMemo(() => seldom(() => (hasWork(me) ? ports.server.waiting() : Promise.resolve(null)), ports.now), [ports, me]);
  const { value: waits, again } = useLoad(() => count(hers), hers);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) again();
    }, COUNTED_MS);
    return () => clearInterval(timer);
  }, [again]);
  return { waits, recount };
}
