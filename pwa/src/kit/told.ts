/** What came of an act, told away from where it was tapped: brought into view, and read out. Nothing of what it says lives here. */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** For the part that tells of `came` (with `tabIndex` -1): each time that something else came, the part is shown whole and has the focus. */
export function useTold(came: unknown): RefObject<HTMLDivElement | null> {
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (came === null) return;
    part.current?.scrollIntoView({ block: "nearest" });
    part.current?.focus({ preventScroll: true });
  }, [came]);
  return part;
}
