/** Where eyes and readers are led: to the heading of a new view, and to what came of an act away from where it was tapped. No words live here. */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** To the heading of what stands now. */
export function toHeading(): void {
  scrollTo(0, 0);
  const heading = document.querySelector<HTMLElement>("main h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

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
