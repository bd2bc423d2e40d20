/** The list of a device as the pages have it, with the views that hand it on; the shipped pages show them among others. */
import { render, type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import "../../src/styles/tokens.css";
import "../../src/styles/ui.css";
import "../../src/styles/page.css";
import { chooseEquation, strictEd25519 } from "../../src/kernel/ed25519.ts";
import { CameraView } from "../../src/kit/camera.tsx";
import { ListNotices, outcomeWords, PassingView } from "../../src/kit/passing.tsx";
import type { DevicePorts, ListFacts, ListNotice, ListOutcome } from "../../src/kit/ports.ts";
import { useWords } from "../../src/kit/words.tsx";
import { Desk } from "../../src/world/desk.ts";
import { deviceOf } from "../../src/world/device.ts";
import { Store } from "../../src/world/store.ts";

const store = new Store("puente-list");
const desk = new Desk(store, chooseEquation(crypto.subtle).then(strictEd25519));
const { ports, begin } = deviceOf("verifier", store, desk, {});

function Page({ ports }: { ports: DevicePorts }): VNode {
  const { say } = useWords();
  const [view, setView] = useState("passing");
  const [notices, setNotices] = useState<readonly ListNotice[]>([]);
  const [list, setList] = useState<ListFacts | null>(null);
  const [taken, setTaken] = useState<ListOutcome | null>(null);
  useEffect(() => {
    const look = (): void => {
      void ports.list().then(setList);
      void ports.noticed().then(setNotices);
    };
    look();
    return ports.onList(look);
  }, []);
  const take = (texts: readonly string[]): void => {
    void ports.takeUpdate(texts).then((outcome) => {
      setTaken(outcome);
      if (outcome !== null) setView("passing");
    });
  };
  const start = (): void => setView("passing");
  if (view === "camera") {
    return <CameraView actions={{ open: ports.openCamera, collector: ports.collector, read: take, fault: start, photos: start, cancel: start }} />;
  }
  return (
    <>
      <ListNotices notices={notices} list={list} />
      <p id="version">{list?.version ?? 0}</p>
      <p id="taken">{outcomeWords(taken, list, say)}</p>
      <button type="button" id="camera" onClick={() => setView("camera")} />
      <PassingView ports={ports} back={start} began={() => undefined} />
    </>
  );
}

const root = document.getElementById("app");
if (root !== null) render(<Page ports={ports} />, root);
Object.assign(globalThis, { ports, trust: desk.trust, store });
void begin();
