/** A claim slip's ten letters and the PIN that came apart from it, each with its own help. Whether they belong together is the issuer's to say. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isRefused } from "../../kernel/refused.ts";
import { readClaim, readPin } from "../../kernel/question.ts";
import { useWords } from "../../kit/words.tsx";
import type { Key, Values } from "../../words/text.ts";
import { CodeField } from "./fields.tsx";

const LETTERS = 10;
const FIGURES = 6;

/** What was typed so far. */
export interface Slip {
  readonly code: string;
  readonly pin: string;
}

interface ClaimParts {
  readonly typed: Slip;
  readonly type: (typed: Slip) => void;
  readonly scanned: string;
  /** They were tried, and what came of it is told. */
  readonly tried: boolean;
  readonly busy: boolean;
  readonly pickUp: (code: string, pin: string) => void;
  /** Something is missing, and nothing was asked. */
  readonly short: () => void;
}

/** `scanned`: the letters of a slip whose code was read; then the PIN is what is missing. */
export function ClaimForm({ typed: { code, pin }, type, scanned, tried, busy, pickUp, short }: ClaimParts): VNode {
  const { say } = useWords();
  const [faults, setFaults] = useState<{ code: string | null; pin: string | null }>({ code: null, pin: null });
  useEffect(() => {
    if (scanned === "") return;
    setFaults({ code: null, pin: null });
    document.getElementById("claim-pin")?.focus();
  }, [scanned]);
  const send = (): void => {
    const found = { code: codeFault(code, say), pin: pinFault(pin, say) };
    setFaults(found);
    if (found.code === null && found.pin === null) pickUp(code, pin);
    else short();
  };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <h2>{say("slip.title")}</h2>
      {scanned !== "" && !tried && <p aria-live="polite">{say("slip.read")}</p>}
      <CodeField id="claim" label={say("slip.code")} hint={say("slip.code_hint")} value={code} fault={faults.code} change={(value) => type({ code: value, pin })} />
      <CodeField id="claim-pin" label={say("slip.pin")} hint={say("slip.pin_hint")} value={pin} fault={faults.pin} change={(value) => type({ code, pin: value })} numeric />
      <p class="small" id="claim-whose">{say("slip.whose")}</p>
      <button aria-describedby="claim-whose" class={scanned === "" ? "tap" : "tap main"} type="submit" disabled={busy}>{say("slip.go")}</button>
    </form>
  );
}

type Say = (key: Key, values?: Values) => string;

function codeFault(typed: string, say: Say): string | null {
  const n = bare(typed).length;
  if (n < LETTERS) return say(LETTERS - n === 1 ? "slip.short_1" : "slip.short", { missing: LETTERS - n, n, of: LETTERS });
  if (n > LETTERS) return say("slip.long", { n, of: LETTERS });
  return isRefused(() => readClaim(typed)) ? say("slip.letter") : null;
}

function pinFault(typed: string, say: Say): string | null {
  const n = bare(typed).length;
  if (n !== FIGURES) return say(n < FIGURES ? "slip.pin_short" : "slip.long", { n, of: FIGURES });
  return isRefused(() => readPin(typed)) ? say("slip.pin_figures") : null;
}

function bare(typed: string): string {
  return typed.replace(/[\s-]/g, "");
}
