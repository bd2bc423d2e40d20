/** The rooms of showing and of its history, with what they need of the page around them. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { ConfirmPin } from "./pin.tsx";
import { HistoryView } from "./show/history.tsx";
import { copiesOf } from "./card.ts";
import { ShowFlow } from "./show/flow.tsx";
import { PrintView } from "./show/print.tsx";
import { useBehind, useOpened, useWalk } from "./walk.tsx";

export function ShowPage({ carried }: { carried: string | null }): VNode {
  const { ports, go, leave } = useWalk();
  const behind = useBehind();
  const otherwise = {
    card: (name: string) => go("print", name), vault: () => go("vault", { then: "show", pass: carried ?? "" }),
    add: () => behind("add"),
  };
  return (
    <ShowFlow
      ports={ports} only={carried} pin={(right, back) => <ConfirmPin right={right} back={back} />} home={() => leave("home", null)} otherwise={otherwise}
      now={ports.now} stayAwake={ports.stayAwake}
    />
  );
}

export function HistoryPage(): VNode {
  const { ports: { pocket }, go } = useWalk();
  const opened = useOpened();
  const { language } = useWords();
  const kind = (pair: string): string => opened.passes[0]?.judged.labels[language]?.types[pair] ?? pair;
  const vault = (): void => go("vault", { then: "history", pass: "" });
  return <HistoryView opened={opened} kind={kind} actions={{ note: pocket.noteTo, clear: pocket.clearHistory, vault }} />;
}

/** A copy to print: the pass's still form, of the twin without a key where there is one, for a key proves nothing on paper. */
export function PrintPage({ carried: name }: { carried: string }): VNode | null {
  const { ports: { pocket }, go } = useWalk();
  const { passes } = useOpened();
  const { say } = useWords();
  const held = passes.find((each) => each.name === name);
  const [texts, setTexts] = useState<readonly string[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    if (held === undefined) return;
    const still = copiesOf(held, passes).find((each) => !each.bound) ?? held;
    void pocket.present({ manner: "static", profile: "hiring", names: [still.name], request: null }, false).then((made) => {
      if ("fault" in made) setFault(say(`show.fault.${made.fault}`));
      else setTexts(made.texts);
    });
  }, [name]);
  if (fault !== null) return <main class="page" id="main"><h1>{say("print.title")}</h1><div class="note" role="alert"><p>{fault}</p></div></main>;
  return held === undefined || texts === null ? null : <PrintView held={held} texts={texts} print={() => print()} erase={() => go("erase", null)} />;
}
