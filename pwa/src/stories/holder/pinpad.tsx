/** Six figures on keys, also from a keyboard or the clipboard; hidden until shown. Draws and collects; what they open is not known here. */
import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";

const LENGTH = 6;
const PLACES = [0, 1, 2, 3, 4, 5];
const FIGURES = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** What was handed over is not written any more; while it is being tried (`busy`) all six dots stand. */
export function PinPad({ busy, status, full, children }: { busy: boolean; status: string; full: (pin: string) => void; children?: ComponentChildren }): VNode {
  const { say } = useWords();
  const [written, setWritten] = useState("");
  const [shown, setShown] = useState(false);
  const now = useRef(""); // figures can come faster than the view is drawn
  const keep = (pin: string): void => {
    now.current = pin;
    setWritten(pin);
  };
  const write = (next: string): void => {
    const pin = next.slice(0, LENGTH);
    if (busy) return;
    keep(pin.length === LENGTH ? "" : pin);
    if (pin.length === LENGTH) full(pin);
  };
  // Before the next paint: whoever sees the next question types into it, not into the former.
  useLayoutEffect(() => {
    const typed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^[0-9]$/.test(event.key)) write(now.current + event.key);
      if (event.key === "Backspace") write(now.current.slice(0, -1));
    };
    const pasted = (event: ClipboardEvent): void => write((event.clipboardData?.getData("text") ?? "").replace(/[^0-9]/g, ""));
    document.addEventListener("keydown", typed);
    document.addEventListener("paste", pasted);
    return () => {
      document.removeEventListener("keydown", typed);
      document.removeEventListener("paste", pasted);
    };
  });
  const count = busy ? LENGTH : written.length;
  const key = (figure: string): VNode => <button type="button" key={figure} onClick={() => write(now.current + figure)}>{figure}</button>;
  return (
    <>
      {shown && !busy
        ? <p class="dots code" data-unsaid aria-live="polite">{PLACES.map((place) => <b key={place}>{written[place] ?? "·"}</b>)}</p>
        : <div class="dots" role="img" aria-label={say("pin.written", { n: count })}>{PLACES.map((place) => <i key={place} class={place < count ? "on" : ""} />)}</div>}
      <p class="pin-status" role="status">{busy ? say("pin.busy") : status}</p>
      {!busy && children}
      <div class="keys" data-unsaid>
        {FIGURES.map(key)}
        <button type="button" class="word" onClick={() => setShown(!shown)}>{say(shown ? "pin.hide" : "pin.show")}</button>
        {key("0")}
        <button type="button" aria-label={say("pin.erase")} onClick={() => write(now.current.slice(0, -1))}><Glyph name="backspace" /></button>
      </div>
    </>
  );
}
