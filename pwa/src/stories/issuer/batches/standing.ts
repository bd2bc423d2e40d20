/** What the view of each state of a cohort is given. */
import type { Batch } from "../wire.ts";

export interface Standing {
  readonly batch: Batch;
  readonly put: (batch: Batch) => void;
}
