/** What the shell follows of this device: the list in use, and whether a newer page waits. */
import { useEffect, useState } from "preact/hooks";
import type { ListFacts, PageUpdate, RefreshOutcome } from "../../kit/ports.ts";
import type { Ports } from "./ports.ts";

export interface ListState {
  /** undefined until the phone's store has answered. */
  readonly list: ListFacts | null | undefined;
  readonly refreshing: boolean;
  readonly outcome: RefreshOutcome | null;
  readonly refresh: () => void;
}

export function useList(ports: Ports): ListState {
  const [list, setList] = useState<ListFacts | null | undefined>(undefined);
  const [refreshing, setRefreshing] = useState(false);
  const [outcome, setOutcome] = useState<RefreshOutcome | null>(null);
  useEffect(() => {
    const look = (): void => void ports.list().then(setList);
    ports.onList(look);
    look();
  }, [ports]);
  const refresh = (): void => {
    setRefreshing(true);
    void ports.refresh().then((result) => {
      setOutcome(result);
      setRefreshing(false);
    });
  };
  return { list, refreshing, outcome, refresh };
}

export function useUpdate(ports: Ports): PageUpdate {
  const [update, setUpdate] = useState<PageUpdate>("none");
  useEffect(() => ports.onUpdate(setUpdate), [ports]);
  return update;
}
