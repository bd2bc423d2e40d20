/** Which component draws a view. */
import type { ComponentType, VNode } from "preact";
import { AuditView } from "./auditing/audit.tsx";
import { BatchView } from "./batches/batch.tsx";
import { CohortsView } from "./batches/cohorts.tsx";
import { CorrectView } from "./batches/correct.tsx";
import { UploadView } from "./batches/upload.tsx";
import { ActsView } from "./changes/acts.tsx";
import { AmendmentsView } from "./changes/amendments.tsx";
import { DisputeView } from "./changes/dispute.tsx";
import { DisputesView } from "./changes/disputes.tsx";
import { NumbersView } from "./figures/numbers.tsx";
import { ManyAskView } from "./many/asking.tsx";
import { ManyView } from "./many/list.tsx";
import { ManyOneView } from "./many/one.tsx";
import { PapersView } from "./papers/list.tsx";
import { SlipsView } from "./papers/run.tsx";
import { PersonView } from "./people/person.tsx";
import { SearchView } from "./people/search.tsx";
import { KeepersView } from "./registry/keepers.tsx";
import { ReissuesView } from "./reissues/list.tsx";
import { KeysView } from "./staff/keys.tsx";
import { StaffView } from "./staff/people.tsx";
import { SessionsView } from "./staff/sessions.tsx";
import { WebhooksView } from "./staff/webhooks.tsx";
import type { ViewName } from "./views.ts";

const DRAWN: Readonly<Record<ViewName, ComponentType<{ id: string }>>> = {
  cohorts: CohortsView,
  upload: UploadView,
  batch: BatchView,
  correct: CorrectView,
  people: SearchView,
  person: PersonView,
  papers: PapersView,
  slips: SlipsView,
  acts: ActsView,
  amendments: AmendmentsView,
  bulks: ManyView,
  bulkask: ManyAskView,
  bulk: ManyOneView,
  disputes: DisputesView,
  dispute: DisputeView,
  reissues: ReissuesView,
  numbers: NumbersView,
  audit: AuditView,
  staff: StaffView,
  keepers: KeepersView,
  keys: KeysView,
  hooks: WebhooksView,
  sessions: SessionsView,
};

export function Drawn({ view, id }: { view: ViewName; id: string }): VNode {
  const View = DRAWN[view];
  return <View id={id} />;
}
