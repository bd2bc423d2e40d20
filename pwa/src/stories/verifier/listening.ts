/** Listens for a handheld scanner while any view stands: its keys write nothing and press nothing, and its code is read. */
import { useEffect, useRef } from "preact/hooks";
import { Ear, type Stroke } from "./scanner.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;
/** Inputs that take no writing. */
const NO_TEXT = new Set(["checkbox", "radio", "button", "submit", "file", "range", "color"]);

/** `foreign`: the code has letters that no code has, as a scanner set to another keyboard writes it. */
export function useScanner(read: (text: string, foreign: boolean) => void): void {
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    const ear = new Ear();
    let before: { field: Field; value: string } | null = null;
    const down = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
      const field = fieldOf(event.target);
      const stroke: Stroke = { key: event.key, code: event.code, shift: event.shiftKey, at: event.timeStamp, inField: field !== null };
      if (ear.isFresh(stroke)) before = field === null ? null : { field, value: field.value };
      const heard = ear.hear(stroke);
      if (heard === "other" || (heard === "part" && field !== null)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (typeof heard === "string") return;
      if (before !== null) restore(before.field, before.value);
      latest.current(heard.text, heard.foreign);
    };
    addEventListener("keydown", down, { capture: true });
    return () => removeEventListener("keydown", down, { capture: true });
  }, []);
}

function fieldOf(target: EventTarget | null): Field | null {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && !NO_TEXT.has(target.type) ? target : null;
}

/** As the field was before the scanner wrote into it. */
function restore(field: Field, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
