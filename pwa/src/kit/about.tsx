/** What both pages say of themselves: which version, which list, what this device keeps. Draws only. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { longDate, spaced } from "../words/text.ts";
import type { DevicePorts, ListFacts } from "./ports.ts";
import { useWords } from "./words.tsx";

type PageFacts = Awaited<ReturnType<DevicePorts["pageVersion"]>>;

export interface AboutFactsParts {
  readonly list: ListFacts | null;
  readonly page: DevicePorts["pageVersion"];
  readonly keeps: string;
}

export function AboutFacts({ list, page, keeps }: AboutFactsParts): VNode {
  const { language, say } = useWords();
  const [facts, setFacts] = useState<PageFacts>(null);
  useEffect(() => void page().then(setFacts), []);
  return (
    <dl class="facts">
      <div>
        <dt>{say("about.page")}</dt>
        <dd>{facts === null ? say("about.page_none") : <><code>{spaced(facts.version, 8)}</code><br />{say("about.files", { n: facts.files })}</>}</dd>
      </div>
      <div>
        <dt>{say("about.list")}</dt>
        <dd>{list === null ? say("list.empty_title") : say("about.list_version", { version: list.version, date: longDate(language, list.date) })}</dd>
      </div>
      <div>
        <dt>{say("about.keeps")}</dt>
        <dd>{keeps}</dd>
      </div>
    </dl>
  );
}
