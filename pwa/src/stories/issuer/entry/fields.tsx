/** A field of the console's forms: its name, its help, what is typed. Draws only. */
import type { VNode } from "preact";
import { toggled } from "../parts.tsx";

export interface FieldParts {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly type?: "text" | "password" | "date" | "number";
  /** What the browser may offer to fill in. */
  readonly fills?: "username" | "current-password" | "new-password" | "one-time-code" | "off";
  readonly code?: boolean;
  readonly least?: number;
  readonly optional?: boolean;
}

/** Preact's types pair each kind of input with what may fill it; all pairs of ours are written as this one. */
type TextKind = { readonly type: "text"; readonly autocomplete: "off" };

export function Field({ id, label, hint, value, change, type = "text", fills = "off", code = false, least, optional = false }: FieldParts): VNode {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && <span class="hint" id={`${id}-hint`}>{hint}</span>}
      <input
        class={code ? "in code" : "in"} id={id} {...({ type, autocomplete: fills } as TextKind)} value={value} required={!optional} spellcheck={false} autocapitalize="none"
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })} {...(least === undefined ? {} : { minLength: least })}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}

export interface Option<T> {
  readonly value: T;
  readonly label: string;
}

export interface ChoiceParts<T> {
  readonly id: string;
  readonly label: string;
  /** Null: nothing was chosen yet, and something must be; `none` says so. */
  readonly value: T | null;
  readonly none?: string;
  readonly options: readonly Option<T>[];
  readonly change: (value: T) => void;
}

/** One of some. */
export function Choice<T extends string>({ id, label, value, none, options, change }: ChoiceParts<T>): VNode {
  const take = (picked: string): void => options.filter((option) => option.value === picked).forEach((option) => change(option.value));
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select class="in" id={id} value={value ?? ""} required={none !== undefined} onChange={(event) => take(event.currentTarget.value)}>
        {none !== undefined && <option value="" disabled>{none}</option>}
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
    </div>
  );
}

export interface SeveralParts<T> {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly chosen: readonly T[];
  readonly change: (chosen: readonly T[]) => void;
}

/** As many as one likes of some. */
export function Several<T extends string>({ label, options, chosen, change }: SeveralParts<T>): VNode {
  return (
    <fieldset class="stack">
      <legend class="label">{label}</legend>
      {options.map((option) => (
        <label class="check" key={option.value}><input type="checkbox" checked={chosen.includes(option.value)} onChange={() => change(toggled(chosen, option.value))} /><span>{option.label}</span></label>
      ))}
    </fieldset>
  );
}

export function Switch({ id, label, hint, on, change }: { id: string; label: string; hint: string; on: boolean; change: (on: boolean) => void }): VNode {
  return (
    <div class="field">
      <div><label class="check"><input type="checkbox" checked={on} aria-describedby={`${id}-hint`} onChange={(event) => change(event.currentTarget.checked)} /><span>{label}</span></label></div>
      <span class="hint" id={`${id}-hint`}>{hint}</span>
    </div>
  );
}

export interface FileParts {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly accept?: string;
  readonly optional?: boolean;
  readonly take: (file: File | null) => void;
}

export function FileField({ id, label, hint, accept, optional = false, take }: FileParts): VNode {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="hint" id={`${id}-hint`}>{hint}</span>
      <input
        class="in" type="file" id={id} required={!optional} aria-describedby={`${id}-hint`} {...(accept === undefined ? {} : { accept })}
        onChange={(event) => take(event.currentTarget.files?.[0] ?? null)}
      />
    </div>
  );
}
