/** The views and the part of the address that names each; nothing that was read ever stands in an address. */
import type { Route, ViewName } from "../stories/verifier/page.ts";

const ADDRESSES: Readonly<Record<ViewName, string>> = {
  start: "#", camera: "#camara", verdict: "#resultado", about: "#acerca", asking: "#pedir", question: "#pregunta", fair: "#feria", passing: "#lista",
  receipt: "#constancia", receipts: "#constancias", hiring: "#registros",
};
const VIEWS = new Map(Object.entries(ADDRESSES).map(([view, address]) => [address, view as ViewName])); // its keys are the names

/** A route over the browser's history. Which view can still stand when one goes back is the page's to say. */
export function browserRoute(): Route {
  history.replaceState(null, "", ADDRESSES.start);
  return {
    go: (view) => history.pushState(null, "", ADDRESSES[view]),
    onBack: (arrived) => addEventListener("popstate", () => arrived(VIEWS.get(location.hash) ?? "start")),
  };
}
