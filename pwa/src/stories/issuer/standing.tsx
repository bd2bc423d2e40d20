/** The view that stands, and what is said where it fell: the menu and what it counts go on beside it. */
import type { VNode } from "preact";
import { useErrorBoundary } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { Again } from "./asking.tsx";
import { Drawn } from "./drawn.tsx";
import type { ViewName } from "./views.ts";

/** A fall is a mistake of ours: whoever watches the page hears of it. Another view is another one of these. */
export function Standing({ view, id }: { view: ViewName; id: string }): VNode {
  const { say } = useWords();
  const [fallen, again] = useErrorBoundary((error: unknown) => reportError(error));
  if (fallen === undefined) return <Drawn view={view} id={id} />;
  return (
    <>
      <h1>{say("counter.fallen")}</h1>
      <p>{say("counter.fallen_say")}</p>
      <Again again={again} />
    </>
  );
}
