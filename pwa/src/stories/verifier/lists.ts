/** What the shell follows of this device: the list in use, and whether a newer page waits. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ListFacts, ListNotice, ListOutcome, PageUpdate } from "../../kit/ports.ts";
import type { Ports } from "./ports.ts";

export interface ListState {
  /** undefined until the phone's store has answered. */
  readonly list: ListFacts | null | undefined;
  readonly notices: readonly ListNotice[];
  readonly refreshing: boolean;
  /** What came of the list that the person asked for, or of an update that was read: then `brought`. */
  readonly outcome: ListOutcome | null;
  readonly brought: boolean;
  /** A newer list came by itself while the page stood. */
  readonly renewed: boolean;
  readonly refresh: () => void;
  readonly bring: (outcome: ListOutcome | null) => void;
}

export function useList(ports: Ports): ListState {
  const [list, setList] = useState<ListFacts | null | undefined>(undefined);
  const [notices, setNotices] = useState<readonly ListNotice[]>([]);
  const [refreshing, setRefreshing] = useState(false);
  const [came, setCame] = useState<Pick<ListState, "outcome" | "brought">>({ outcome: null, brought: false });
  const [renewed, setRenewed] = useState(false);
  const first = useRef<number | null>(null);
  const sought = useRef(false);
  /** `first`: a phone without a list seeks one by itself and says so; that it came is seen. */
  const seek = (first: boolean): void => {
    setRefreshing(true);
    void ports.refresh().then((outcome) => {
      if (!first || outcome !== "installed") setCame({ outcome, brought: false });
      setRefreshing(false);
    });
  };
  useEffect(() => {
    const look = (): void => {
      void ports.noticed().then(setNotices);
      void ports.list().then((found) => {
        setList(found);
        setRenewed(first.current !== null && found !== null && found.version > first.current);
        first.current ??= found?.version ?? null;
        if (found === null && !sought.current) seek(true);
        sought.current = true;
      });
    };
    look();
    return ports.onList(look);
  }, [ports]);
  return { list, notices, refreshing, ...came, renewed, refresh: () => seek(false), bring: (outcome) => setCame({ outcome, brought: true }) };
}

export function useUpdate(ports: Ports): PageUpdate {
  const [update, setUpdate] = useState<PageUpdate>("none");
  useEffect(() => ports.onUpdate(setUpdate), [ports]);
  return update;
}
