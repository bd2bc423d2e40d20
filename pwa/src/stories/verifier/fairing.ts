/** A fair as it goes on: one code after the other, a line each, the last one's name until the next. Names never reach the store. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { JudgedHere } from "../../kit/ports.ts";
import type { Stands } from "../../kit/standing.ts";
import { lineOf, printOf, readLines, saidOf, toKeep, type Line } from "./fairlist.ts";
import type { Ports } from "./ports.ts";

const KEPT = "fair";
/** How long a code may be out of the picture and still be the one that was just read. */
const STILL_MS = 6_000;

export interface Last {
  readonly judged: JudgedHere;
  readonly line: Line;
  /** When this very code was read before; then it has no new line. */
  readonly again: number | null;
}

export interface Fair {
  readonly lines: readonly Line[];
  readonly last: Last | null;
  readonly names: boolean;
  readonly keeps: boolean;
  /** What was cleared or left, while it can still be brought back. */
  readonly cleared: readonly Line[] | null;
  /** Takes what was read; gives the judged code where it is to be told of, null where it only stands there still or the fair was left. */
  readonly take: (texts: readonly string[], stands: Stands) => Promise<JudgedHere | null>;
  readonly setNames: (on: boolean) => void;
  readonly setKeeps: (on: boolean) => void;
  readonly clear: () => void;
  readonly undo: () => void;
  /** The list goes with the view, unless it is kept; names go in any case. */
  readonly leave: () => void;
  /** Rejects where what is kept could not be taken away. */
  readonly forget: () => Promise<void>;
}

/** What is known of the codes that went by, in memory alone. */
interface Memory {
  readonly codes: Map<string, Line>;
  readonly said: Map<string, Line>;
  last: { code: string; seen: number } | null;
}

export function useFair(ports: Ports): Fair {
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [last, setLast] = useState<Last | null>(null);
  const [names, setNames] = useState(false);
  const [keeps, setKeeps] = useState(false);
  const [cleared, setCleared] = useState<readonly Line[] | null>(null);
  const memory = useRef<Memory>(empty());
  const busy = useRef(false);
  useEffect(() => {
    void ports.kept(KEPT).then(readLines, () => null).then((found) => {
      if (found === null) return;
      setLines((now) => [...now, ...found]);
      setKeeps(true);
    });
  }, [ports]);
  const change = (next: readonly Line[], keep = keeps): void => {
    setLines(next);
    if (keep !== keeps || keep) void ports.keep({ [KEPT]: keep ? toKeep(next) : undefined }).catch(() => undefined);
  };
  const drop = (left: readonly Line[] | null): void => {
    memory.current = empty();
    setLast(null);
    setCleared(left);
  };
  const latest = useRef({ lines, names, change });
  latest.current = { lines, names, change };
  const take: Fair["take"] = async (texts, stands) => {
    if (busy.current) return null;
    busy.current = true;
    try {
      return await taken(texts, { ports, memory: memory.current, latest, setLast, stands });
    } finally {
      busy.current = false;
    }
  };
  return {
    lines, last, names, keeps, cleared, take,
    setNames: (on) => {
      setNames(on);
      if (on) return;
      setLines(toKeep(lines));
      setCleared(cleared === null ? null : toKeep(cleared));
    },
    setKeeps: (on) => {
      setKeeps(on);
      change(lines, on);
    },
    clear: () => {
      drop(lines);
      change([]);
    },
    undo: () => {
      change([...lines, ...(cleared ?? [])]);
      setCleared(null);
    },
    leave: () => {
      const nameless = toKeep(lines);
      setNames(false);
      drop(keeps || lines.length === 0 ? null : nameless);
      setLines(keeps ? nameless : []);
    },
    forget: () => {
      drop(null);
      setKeeps(false);
      setLines([]);
      return ports.keep({ [KEPT]: undefined });
    },
  };
}

interface Taking {
  readonly ports: Ports;
  readonly memory: Memory;
  /** As it is once the code is judged: names may have been switched off meanwhile. */
  readonly latest: { readonly current: { readonly lines: readonly Line[]; readonly names: boolean; readonly change: (lines: readonly Line[]) => void } };
  readonly setLast: (last: Last) => void;
  readonly stands: Stands;
}

async function taken(texts: readonly string[], { ports, memory, latest, setLast, stands }: Taking): Promise<JudgedHere | null> {
  const at = ports.now();
  const code = printOf(texts);
  const still = memory.last?.code === code && at - memory.last.seen <= STILL_MS;
  memory.last = { code, seen: at };
  if (still) return null;
  const judged = await ports.judge(texts, null);
  if (!stands()) return null;
  const former = memory.codes.get(code);
  if (former !== undefined) {
    setLast({ judged, line: former, again: former.at });
    return judged;
  }
  const said = saidOf(judged.report);
  const like = said === null ? undefined : memory.said.get(said);
  const line = lineOf(judged, at, { named: latest.current.names, like: like?.at ?? null });
  memory.codes.set(code, line);
  if (said !== null && like === undefined) memory.said.set(said, line);
  latest.current.change([line, ...latest.current.lines]);
  setLast({ judged, line, again: null });
  return judged;
}

function empty(): Memory {
  return { codes: new Map(), said: new Map(), last: null };
}
