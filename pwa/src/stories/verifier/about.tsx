/** The verifier's "Acerca de". Draws only. */
import type { VNode } from "preact";
import { About, type PageFacts } from "../../kit/about.tsx";
import { TopBar } from "../../kit/bar.tsx";
import type { ListFacts } from "../../kit/ports.ts";

export function AboutView(parts: { list: ListFacts | null; page: () => Promise<PageFacts | null>; back: () => void }): VNode {
  return (
    <>
      <TopBar />
      <main class="page" id="main"><About {...parts} /></main>
    </>
  );
}
