/** The rooms of copies, phones, papers, recovery and corrections, with what they need of the page around them. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import type { Key } from "../../words/text.ts";
import { BackupView } from "./backup/backup.tsx";
import { DevicesView } from "./backup/devices.tsx";
import { HalvesView } from "./backup/halves.tsx";
import { RecoverView } from "./backup/recover.tsx";
import { CorrectionView } from "./correct/ask.tsx";
import { unkeptFor } from "./faults.tsx";
import { Head } from "./head.tsx";
import { ChoosePin } from "./newpin.tsx";
import { Symbols, type SymbolName } from "./symbols.tsx";
import { type Carried, useOpened, useWalk } from "./walk.tsx";

export function BackupPage(): VNode {
  const { ports: { pocket, saveFile }, go } = useWalk();
  const { say } = useWords();
  const opened = useOpened();
  const [filed, setFiled] = useState(false);
  const file = (): void => void pocket.exportFile().then((sealed) => {
    saveFile(say("backup.file_name"), sealed);
    setFiled(true);
  });
  return (
    <BackupView
      opened={opened} filed={filed}
      actions={{
        backUp: (anyway) => pocket.backUp(anyway), stop: pocket.stopBackUp, devices: () => go("devices", null), sheet: () => go("sheet", null), halves: () => go("halves", null), file,
      }}
    />
  );
}

export function DevicesPage(): VNode {
  const { ports: { pocket } } = useWalk();
  return <DevicesView actions={{ list: pocket.devices, approve: pocket.approve, signOut: pocket.signOut }} />;
}

export function HalvesPage(): VNode {
  const { ports: { pocket }, go } = useWalk();
  return <HalvesView make={pocket.halves} print={() => print()} sheet={() => go("sheet", null)} />;
}

export function RecoverPage(): VNode {
  const { ports, leave } = useWalk();
  const { pocket } = ports;
  return <RecoverView ports={ports} actions={{ recover: pocket.recover, opened: () => leave("settle", null), file: pocket.importFile, waits: pocket.waits }} />;
}

/** After recovery: her drawing on this phone, her PIN, and a long phrase where she has none. */
export function SettlePage(): VNode {
  const { ports: { pocket }, leave } = useWalk();
  const { hasPassphrase } = useOpened();
  const { say } = useWords();
  const [symbol, setSymbol] = useState<SymbolName | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Key | null>(null);
  const [round, setRound] = useState(0);
  const chosen = (pin: string): void => {
    if (symbol === null) return;
    setBusy(true);
    setFault(null);
    void pocket.setPin(symbol, pin).then((outcome) => {
      setBusy(false);
      setRound(round + 1);
      if (outcome !== "saved") setFault(outcome === "taken" ? "first.taken" : unkeptFor(outcome, `first.${outcome === "full" ? outcome : "failed"}`));
      else if (hasPassphrase) leave("home", null);
      else leave("phrase", "home"); // who came in by the sheet has none yet
    });
  };
  return (
    <main class="page" id="main">
      {fault !== null && <div class="note" role="alert"><p>{say(fault)}</p></div>}
      {symbol === null
        ? <><Head by="drawing" title={say("first.drawing")} /><p>{say("first.drawing_what")}</p><Symbols choose={setSymbol} /></>
        : <ChoosePin key={round} symbol={symbol} busy={busy} chosen={chosen} />}
    </main>
  );
}

export function CorrectPage({ carried }: { carried: Carried["correct"] }): VNode | null {
  const { ports: { pocket }, back } = useWalk();
  const held = useOpened().passes.find(({ name }) => name === carried.pass);
  return held === undefined ? null : <CorrectionView held={held} first={carried.kind} send={pocket.dispute} done={back} />;
}
