/** The rooms of showing and of its history, with what they need of the page around them. */
import type { VNode } from "preact";
import { useWords } from "../../kit/words.tsx";
import { ConfirmPin } from "./pin.tsx";
import { HistoryView } from "./show/history.tsx";
import { ShowFlow } from "./show/flow.tsx";
import { useOpened, useWalk } from "./walk.tsx";

export function ShowPage(): VNode {
  const { ports, leave } = useWalk();
  return (
    <ShowFlow
      ports={ports} pin={(right, back) => <ConfirmPin right={right} back={back} />} home={() => leave("home", null)} now={ports.now}
      stayAwake={ports.stayAwake}
    />
  );
}

export function HistoryPage(): VNode {
  const { ports } = useWalk();
  const opened = useOpened();
  const { language } = useWords();
  const kind = (pair: string): string => opened.passes[0]?.judged.labels[language]?.types[pair] ?? pair;
  return <HistoryView opened={opened} kind={kind} actions={{ note: (line, to) => void ports.pocket.noteTo(line, to), clear: () => void ports.pocket.clearHistory() }} />;
}
