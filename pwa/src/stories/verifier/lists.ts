/** What the shell follows of this device: the list in use, and whether a newer page waits. */
import { useEffect, useState } from "preact/hooks";
import type { ListFacts, ListNotice, ListOutcome, PageUpdate } from "../../kit/ports.ts";
import type { Ports } from "./ports.ts";

export interface ListState {
  /** undefined until the phone's store has answered. */
  readonly list: ListFacts | null | undefined;
  readonly refreshing: boolean;
  /** What came of the list that was asked for last, or that codes brought. */
  readonly outcome: ListOutcome | null;
  readonly brought: boolean;
  readonly notices: readonly ListNotice[];
  readonly refresh: () => void;
  readonly bring: (outcome: ListOutcome) => void;
}

export function useList(ports: Ports): ListState {
  const [list, setList] = useState<ListFacts | null | undefined>(undefined);
  const [refreshing, setRefreshing] = useState(false);
  const [notices, setNotices] = useState<readonly ListNotice[]>([]);
  const [came, setCame] = useState<Pick<ListState, "outcome" | "brought">>({ outcome: null, brought: false });
  useEffect(() => {
    const look = (): void => {
      void ports.list().then(setList);
      void ports.noticed().then(setNotices);
    };
    look();
    return ports.onList(look);
  }, [ports]);
  const refresh = (): void => {
    setRefreshing(true);
    void ports.refresh().then((result) => {
      setCame({ outcome: result, brought: false });
      setRefreshing(false);
    });
  };
  return { list, refreshing, notices, ...came, refresh, bring: (outcome) => setCame({ outcome, brought: true }) };
}

export function useUpdate(ports: Ports): PageUpdate {
  const [update, setUpdate] = useState<PageUpdate>("none");
  useEffect(() => ports.onUpdate(setUpdate), [ports]);
  return update;
}
