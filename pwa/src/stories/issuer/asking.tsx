/** Asking the server from a view: what came, what is under way, and what went wrong, said where it happened. */
import type { VNode } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { Refusal } from "./ports.ts";
import type { Page } from "./wire.ts";

export interface Loaded<T> {
  /** What came last; it stays while it is asked for again. */
  readonly value: T | null;
  readonly fault: Refusal | null;
  readonly again: () => void;
  readonly put: (value: T) => void;
  readonly fail: (error: unknown) => void;
}

/** Asks when the view stands, whenever `about` is another, and again when it is told to. */
export function useLoad<T>(load: () => Promise<T>, about: string): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; fault: Refusal | null }>({ value: null, fault: null });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const put = useCallback((value: T) => setState({ value, fault: null }), []);
  const fail = useCallback((error: unknown) => {
    const fault = refusalOf(error);
    setState((before) => ({ ...before, fault }));
  }, []);
  useEffect(() => {
    let stands = true;
    load().then((value) => stands && put(value), (error: unknown) => stands && fail(error));
    return () => {
      stands = false;
    };
  }, [about, turn]);
  return { ...state, again, put, fail };
}

const LOOK_MS = 1000;

/** The same of something that goes on by itself: while it is under way the page looks too, by `watch`, which keeps no session awake. */
export function useWatched<T>(load: () => Promise<T>, watch: () => Promise<T>, about: string, underWay: (value: T) => boolean | number): Loaded<T> {
  const loaded = useLoad(load, about);
  const { value, fault, put, fail } = loaded;
  useEffect(() => {
    const every = value !== null && underWay(value);
    if (every === false) return undefined;
    let stands = true;
    const look = (): unknown => watch().then((next) => stands && put(next), (error: unknown) => stands && fail(error));
    const timer = setTimeout(look, every === true ? LOOK_MS : every); // the next look only after the answer to the last
    return () => {
      stands = false; // what came meanwhile is newer
      clearTimeout(timer);
    };
  }, [about, value, fault]);
  return loaded;
}

export interface Listed<T> {
  /** As far as it was asked for; null before the first page. */
  readonly items: readonly T[] | null;
  readonly fault: Refusal | null;
  readonly again: () => void;
  /** Asks for the next page; null where there is none. */
  readonly more: (() => void) | null;
}

/** A list, page after page. One of something else is another list: whoever draws it gives it a key. */
export function useList<T>(load: (after: string) => Promise<Page<T>>): Listed<T> {
  const pages = useRef(1);
  const { value, fault, again, put } = useLoad(() => pagesOf(load, pages.current), "");
  const act = useAct();
  const next = value?.next ?? null;
  const more = (): void => act.run(async () => {
    if (value === null || next === null) return;
    const page = await load(next);
    pages.current += 1;
    put({ items: [...value.items, ...page.items], next: page.next ?? null });
  });
  return { items: value?.items ?? null, fault: act.fault ?? fault, again, more: next === null ? null : more };
}

/** So many pages of a list as one, or as many as there are. */
export async function pagesOf<T>(load: (after: string) => Promise<Page<T>>, many: number): Promise<Page<T>> {
  const items: T[] = [];
  let next: string | null = "";
  for (let left = many; left > 0 && next !== null; left -= 1) {
    const page: Page<T> = await load(next);
    items.push(...page.items);
    next = page.next ?? null;
  }
  return { items, next };
}

export interface Act {
  readonly busy: boolean;
  readonly fault: Refusal | null;
  /** One at a time: a second press while the first is under way does nothing, so its button keeps the focus and is only marked. */
  readonly run: (what: () => Promise<void>) => void;
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Refusal | null>(null);
  const under = useRef(false);
  const run = (what: () => Promise<void>): void => {
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setFault(null);
    what().catch((error: unknown) => setFault(refusalOf(error))).finally(() => {
      under.current = false;
      setBusy(false);
    });
  };
  return { busy, fault, run };
}

/** A mistake of ours is none of the server's: it goes on to whoever watches the page. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** What happened, in the server's own sentence, with its code for who helps, or in ours, which is all there is to know. */
export function FaultNote({ fault }: { fault: Refusal | null }): VNode | null {
  const { say } = useWords();
  if (fault === null) return null;
  return (
    <div class="note" role="alert">
      <p>{fault.title ?? say(fault.code === "passkey" ? "counter.fault_passkey" : "counter.fault_offline")}</p>
      {fault.column !== null && <p>{say("fault.column", { column: fault.column })}</p>}
      {fault.title !== null && <p class="small quiet"><code>{fault.code}</code></p>}
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
      {fault !== null && <Again again={again} />}
    </>
  );
}

/** The same once more, by hand. */
export function Again({ again }: { again: () => void }): VNode {
  const { say } = useWords();
  return <div class="acts"><button class="tap" type="button" onClick={again}>{say("fault.again")}</button></div>;
}
