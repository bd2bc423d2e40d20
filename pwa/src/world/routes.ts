/** The views and the part of the address that names each; nothing that was read ever stands in an address. */
import type { Route, ViewName } from "../stories/verifier/shell.tsx";

const ADDRESSES: Readonly<Record<ViewName, string>> = { start: "#", camera: "#camara", verdict: "#resultado", about: "#acerca" };

/** A route over the browser's history. Going back from a verdict leads to the start: the verdict itself is kept nowhere. */
export function browserRoute(): Route {
  history.replaceState(null, "", ADDRESSES.start);
  return {
    go: (view) => history.pushState(null, "", ADDRESSES[view]),
    onBack: (arrived) => addEventListener("popstate", () => arrived(location.hash === ADDRESSES.about ? "about" : "start")),
  };
}
