/** A view that is brought when it is first wanted, so that the first one stands sooner. Its file is kept for use without network too. */
import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Fault, TopBar } from "./bar.tsx";
import { useWords } from "./words.tsx";

/** The view under the name of its file's export; one that cannot be had says so. */
export function later<P extends object>(bring: () => Promise<ComponentType<P>>): (parts: P) => VNode {
  let brought: ComponentType<P> | null = null;
  return function Later(parts: P): VNode {
    const { say } = useWords();
    const [lost, setLost] = useState(false);
    const [, setHere] = useState(brought !== null);
    useEffect(() => {
      if (brought !== null) return;
      bring().then((view) => {
        brought = view;
        setHere(true);
      }, () => setLost(true));
    }, []);
    if (brought !== null) {
      const View = brought;
      return <View {...parts} />;
    }
    return (
      <>
        <TopBar />
        <main class="page" id="main" aria-busy={!lost}>{lost && <Fault text={say("app.lost")} />}</main>
      </>
    );
  };
}
