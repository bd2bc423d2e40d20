/** The browser's history for the console: the view and what it is about stand in its state; the address names the view alone. */
import type { Spot, Trail } from "../../stories/issuer/ports.ts";

export function browserTrail(): Trail {
  return {
    at,
    go: (spot) => history.pushState(spot, "", `#${spot.view}`),
    onMove: (moved) => {
      addEventListener("popstate", moved);
      return () => removeEventListener("popstate", moved);
    },
  };
}

function at(): Spot {
  const { view, id } = (history.state ?? {}) as { readonly view?: unknown; readonly id?: unknown };
  return { view: typeof view === "string" ? view : location.hash.slice(1), id: typeof id === "string" ? id : "" };
}
