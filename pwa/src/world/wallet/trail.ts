/** The browser's history for the wallet: each step is a number; the address and the title never change. */
import type { Trail } from "../../stories/holder/shell.tsx";

const STEP = "puenteStep";

export function browserTrail(): Trail {
  history.replaceState({ [STEP]: 0 }, "");
  return {
    at,
    go: (step) => history.pushState({ [STEP]: step }, ""),
    swap: (step) => history.replaceState({ [STEP]: step }, ""),
    back: () => history.back(),
    onMove: (moved) => {
      addEventListener("popstate", moved);
      return () => removeEventListener("popstate", moved);
    },
  };
}

function at(): number {
  const state: unknown = history.state;
  const step = typeof state === "object" && state !== null ? (state as Readonly<Record<string, unknown>>)[STEP] : 0;
  return typeof step === "number" ? step : 0;
}
