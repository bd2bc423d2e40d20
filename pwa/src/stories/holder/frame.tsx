/** What stands around every view: the bar with the way back and "Cerrar", and the dock of who is open. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { LanguageTap, Skip, TopBar } from "../../kit/bar.tsx";
import { EasyRoom, Hear } from "../../kit/easy.tsx";
import { Glyph } from "../../kit/icons.tsx";
import { useFocusKept } from "../../kit/told.ts";
import { useWords } from "../../kit/words.tsx";
import { useWalk, type ViewName } from "./walk.tsx";

/** How a view is framed: the mark and the dock for the rooms of the dock, else a way back. */
export type Frame = "room" | "back";

export function Framed({ view, frame, children }: { view: ViewName; frame: Frame; children: ComponentChildren }): VNode {
  const { opened, easy, ports } = useWalk();
  useFocusKept();
  return (
    <EasyRoom on={easy} voice={ports.voice}>
      <div class="frame-bar">{frame === "room" ? <RoomBar view={view} /> : <BackBar />}</div>
      {children}
      {opened !== null && frame === "room" && <Dock view={view} />}
    </EasyRoom>
  );
}

function RoomBar({ view }: { view: ViewName }): VNode {
  const { opened, ports, speakIn, easy, leave } = useWalk();
  return (
    <TopBar {...(opened === null ? {} : { home: () => leave("home", null) })}>
      {easy && view !== "home" && <Hear />}
      {opened === null ? <LanguageTap languages={ports.languages} change={speakIn} /> : <Close />}
    </TopBar>
  );
}

function BackBar(): VNode {
  const { opened, back, easy } = useWalk();
  const { say } = useWords();
  return (
    <>
      <Skip />
      <header class="bar">
        <button class="bar-tap" type="button" onClick={back}><Glyph name="back" /><span>{say("bar.back")}</span></button>
        <span class="grow" />
        {easy && <Hear />}
        {opened !== null && <Close />}
      </header>
    </>
  );
}

/** Locks at once. */
function Close(): VNode {
  const { ports } = useWalk();
  const { say } = useWords();
  return <button class="bar-tap" type="button" onClick={() => ports.pocket.lock()}><Glyph name="lock" /><span>{say("bar.close")}</span></button>;
}

const ROOMS = [
  { view: "home", glyph: "bridge", word: "dock.passes" },
  { view: "show", glyph: "code", word: "dock.show" },
  { view: "history", glyph: "history", word: "dock.history" },
  { view: "settings", glyph: "help", word: "dock.help" },
] as const;

function Dock({ view }: { view: ViewName }): VNode {
  const { go } = useWalk();
  const { say } = useWords();
  return (
    <nav class="dock" aria-label={say("dock.name")}>
      <ul>
        {ROOMS.map((room) => (
          <li key={room.view}>
            <button type="button" onClick={() => go(room.view, null)} {...(room.view === view ? { "aria-current": "page" as const } : {})}>
              <Glyph name={room.glyph} />{say(room.word)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
