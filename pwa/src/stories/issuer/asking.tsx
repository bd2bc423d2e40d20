/** Asking the server from a view: what came, what is under way, and what went wrong, said where it happened. */
import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { Refusal } from "./ports.ts";

export interface Loaded<T> {
  /** What came last; it stays while it is asked for again. */
  readonly value: T | null;
  readonly fault: Refusal | null;
  readonly again: () => void;
  readonly put: (value: T) => void;
}

/** Asks when the view stands and whenever `about` is another. */
export function useLoad<T>(load: () => Promise<T>, about: string): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; fault: Refusal | null }>({ value: null, fault: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let stands = true;
    const put = (next: Partial<typeof state>): void => {
      if (stands) setState((before) => ({ ...before, ...next }));
    };
    load().then((value) => put({ value, fault: null }), (error: unknown) => put({ fault: refusalOf(error) }));
    return () => {
      stands = false;
    };
  }, [about, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const put = useCallback((value: T) => setState({ value, fault: null }), []);
  return { ...state, again, put };
}

export interface Act {
  readonly busy: boolean;
  readonly fault: Refusal | null;
  /** One at a time: a second press while the first is under way does nothing. */
  readonly run: (what: () => Promise<void>) => void;
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Refusal | null>(null);
  const run = (what: () => Promise<void>): void => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    what().catch((error: unknown) => setFault(refusalOf(error))).finally(() => setBusy(false));
  };
  return { busy, fault, run };
}

/** A mistake of ours is none of the server's: it goes on to whoever watches the page. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** What happened, in the server's own sentence or ours, with its code for who helps. */
export function FaultNote({ fault }: { fault: Refusal | null }): VNode | null {
  const { say } = useWords();
  if (fault === null) return null;
  return (
    <div class="note" role="alert">
      <p>{fault.title ?? say(fault.code === "passkey" ? "counter.fault_passkey" : "counter.fault_offline")}</p>
      <p class="small quiet"><code>{fault.code}</code></p>
    </div>
  );
}

/** A view whose facts are still to come. */
export function Waiting({ fault, again }: { fault: Refusal | null; again: () => void }): VNode {
  const { say } = useWords();
  return (
    <>
      <h1>{say(fault === null ? "counter.loading" : "counter.not_loaded")}</h1>
      <FaultNote fault={fault} />
      {fault !== null && <div class="acts"><button class="tap" type="button" onClick={again}>{say("fault.again")}</button></div>}
    </>
  );
}
