/** Fields of a form with their help: what is asked, how it is written, what is missing. Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";

export interface FieldParts {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** What is wrong with it, in words; null while nothing is. */
  readonly fault: string | null;
  readonly change: (value: string) => void;
}

function describedBy(id: string, fault: string | null): string {
  return fault === null ? `${id}-hint` : `${id}-hint ${id}-fault`;
}

function Around({ id, label, hint, fault, children }: Pick<FieldParts, "id" | "label" | "hint" | "fault"> & { children: VNode | VNode[] }): VNode {
  return (
    <div class={fault === null ? "field" : "field bad"}>
      <label for={id}>{label}</label>
      <span class="hint" id={`${id}-hint`}>{hint}</span>
      {fault !== null && <p class="fault" id={`${id}-fault`} role="alert"><Glyph name="mind" /><span>{fault}</span></p>}
      {children}
    </div>
  );
}

/** Letters and figures of a paper. */
export function CodeField(parts: FieldParts & { numeric?: boolean }): VNode {
  const { id, value, fault, change, numeric } = parts;
  return (
    <Around {...parts}>
      <input
        class="in code" id={id} value={value} autocomplete="off" autocapitalize="characters" spellcheck={false} aria-invalid={fault !== null}
        aria-describedby={describedBy(id, fault)} inputMode={numeric ? "numeric" : "text"} onInput={(event) => change(event.currentTarget.value)}
      />
    </Around>
  );
}

/**
 * Words that nobody else should read; shown on demand. The browser takes them for a code that is used once: on a phone that
 * several people use it must not offer to remember them.
 */
export function SecretField(parts: FieldParts): VNode {
  const { id, value, fault, change } = parts;
  const { say } = useWords();
  const [shown, setShown] = useState(false);
  return (
    <Around {...parts}>
      <input
        class="in" id={id} value={value} {...(shown ? { type: "text" } : { type: "password" })} autocomplete="one-time-code" autocapitalize="none" spellcheck={false}
        aria-invalid={fault !== null} aria-describedby={describedBy(id, fault)} onInput={(event) => change(event.currentTarget.value)}
      />
      <button class="link-tap" type="button" onClick={() => setShown(!shown)}><Glyph name={shown ? "unseen" : "seen"} />{say(shown ? "pin.hide" : "pin.show")}</button>
    </Around>
  );
}

/** A text of any length, as it was copied. */
export function TextField(parts: FieldParts): VNode {
  const { id, value, fault, change } = parts;
  return (
    <Around {...parts}>
      <textarea
        class="in" id={id} value={value} spellcheck={false} autocomplete="off" autocapitalize="off" aria-invalid={fault !== null}
        aria-describedby={describedBy(id, fault)} onInput={(event) => change(event.currentTarget.value)}
      />
    </Around>
  );
}
