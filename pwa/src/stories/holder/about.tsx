/** What this page is, which version, and what this phone keeps. Draws only. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { longDate } from "../../words/text.ts";
import type { ListFacts } from "../../kit/ports.ts";
import { useWords } from "../../kit/words.tsx";

export interface PageFacts {
  readonly version: string;
  readonly files: number;
}

export function About({ list, page, back }: { list: ListFacts | null; page: () => Promise<PageFacts | null>; back: () => void }): VNode {
  const { language, say } = useWords();
  const [facts, setFacts] = useState<PageFacts | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    void page().then(setFacts);
  }, []);
  return (
    <>
      <h1 tabIndex={-1} ref={heading}>{say("about.title")}</h1>
      <dl class="facts">
        <div>
          <dt>{say("about.page")}</dt>
          <dd>{facts === null ? say("about.page_none") : <><code>{facts.version.match(/.{1,8}/g)?.join(" ")}</code><br />{say("about.files", { n: facts.files })}</>}</dd>
        </div>
        <div>
          <dt>{say("about.list")}</dt>
          <dd>{list === null ? say("list.empty_title") : say("about.list_version", { version: list.version, date: longDate(language, list.date) })}</dd>
        </div>
        <div>
          <dt>{say("about.keeps")}</dt>
          <dd>{say("about.keeps_wallet")}</dd>
        </div>
      </dl>
      <button class="tap main" type="button" onClick={back}>{say("about.back")}</button>
    </>
  );
}
