/**
 * What was typed, over the loading of a newer page: in the tab's own storage, taken out of it as soon as the next page stands.
 * A reload by any other way forgets it, and a tab that keeps nothing loses it.
 */
const KEY = "puente-typed";

/** `room`: the tab's storage, asked for anew each time, for a browser may refuse it. */
export function typedIn(room: () => Pick<Storage, "getItem" | "setItem" | "removeItem">): { leave: (text: string) => void; take: () => string } {
  return {
    leave: (text) => {
      try {
        room().setItem(KEY, text);
      } catch {
        // refused or full: the newer page begins empty, as any reload does
      }
    },
    take: () => {
      try {
        const found = room().getItem(KEY) ?? "";
        room().removeItem(KEY);
        return found;
      } catch {
        return "";
      }
    },
  };
}
