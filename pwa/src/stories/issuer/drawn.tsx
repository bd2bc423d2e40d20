/** Which component draws a view. */
import type { ComponentType, VNode } from "preact";
import { BatchView } from "./batches/batch.tsx";
import { CohortsView } from "./batches/cohorts.tsx";
import { UploadView } from "./batches/upload.tsx";
import type { ViewName } from "./views.ts";

const DRAWN: Readonly<Record<ViewName, ComponentType<{ id: string }>>> = {
  cohorts: CohortsView,
  upload: UploadView,
  batch: BatchView,
};

export function Drawn({ view, id }: { view: ViewName; id: string }): VNode {
  const View = DRAWN[view];
  return <View id={id} />;
}
