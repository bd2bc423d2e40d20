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

const PRESSED = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex='-1']";
/** A view that leads to its own heading or field has done so by then. */
const PATIENCE = 80;

/**
 * What had the focus is gone: it goes to what stands in its place, or to the heading where a whole view is new. Who works by
 * keyboard or by ear would begin at the top of the page again.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let chain: readonly { readonly parent: Element; readonly at: number }[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = ({ target }: FocusEvent): void => {
      chain = target instanceof Element && target.closest("main") !== null ? chainOf(target) : [];
    };
    const look = (): void => {
      if (chain.length === 0 || document.activeElement !== document.body) return;
      const stands = chain.find(({ parent }) => parent.isConnected);
      if (stands === chain[0]) return; // it was left, or only cannot be pressed for now
      chain = [];
      if (stands === undefined || stands.parent.closest("main") === null) return toHeading();
      const there = [...stands.parent.children].slice(stands.at);
      const next = there.map((each) => (each.matches(PRESSED) ? each : each.querySelector(PRESSED))).find((each) => each !== null);
      if (next instanceof HTMLElement) next.focus();
      else toHeading();
    };
    const watch = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(look, PATIENCE);
    });
    document.addEventListener("focusin", remember);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", remember);
      watch.disconnect();
      clearTimeout(timer);
    };
  }, []);
}

/** The element first, then what it stands in, each with its place among its neighbours. */
function chainOf(element: Element): { parent: Element; at: number }[] {
  const found = [{ parent: element, at: 0 }];
  for (let each = element; each.parentElement !== null; each = each.parentElement) {
    found.push({ parent: each.parentElement, at: [...each.parentElement.children].indexOf(each) });
  }
  return found;
}
