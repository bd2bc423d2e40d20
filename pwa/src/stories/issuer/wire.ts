/** What travels between the console and its server, by the names that the views use. The shapes are the OpenAPI document's. */
import type { components, paths } from "../../words/api.d.ts";

type Shape = components["schemas"];

export type Batch = Shape["BatchView"];
export type BatchType = Shape["BatchType"];
export type BatchName = Shape["BatchName"];
export type SampleRow = Shape["SampleRow"];
export type Progress = Shape["BatchProgress"];
export type Mending = Shape["MendingView"];
export type AuditLine = Shape["AuditLine"];
export type Waits = Shape["WaitingView"];
export type Numbers = Shape["NumbersView"];
export type Finding = Shape["FindingView"];
export type Outcome = Finding["outcome"];
/** Rows by their outcome, or those that issue and that somebody should look at. */
export type Found = Outcome | "warned";

export type People = paths["/v1/issuer/searches"]["post"]["responses"][200]["content"]["application/json"];
export type Person = People["people"][number];
export type PersonFile = Shape["PersonFile"];
export type Credential = Shape["CredentialLine"];
export type StaffLine = paths["/v1/staff/people"]["get"]["responses"][200]["content"]["application/json"]["items"][number];
export type RegistryLine = Shape["ChangeLine"];
export type RegistryChange = RegistryLine["change"];
export type SigningKey = Shape["SigningKey"];
export type Invite = Shape["Invite"];
export type InvitedRole = Invite["roles"][number];
export type Invitation = Shape["Invitation"];
export type SessionLine = Shape["SessionLine"];
export type KeyLine = Shape["KeyLine"];
export type KeyAsk = Shape["KeyAsk"];
export type KeyScope = KeyAsk["scopes"][number];
export type HookLine = Shape["WebhookLine"];
export type HookAsk = Shape["WebhookAsk"];
export type HookEvent = HookLine["events"][number];
export type Offer = Shape["OfferView"];
export type OfferLine = Shape["OfferLine"];
export type ActLine = Shape["ActView"];
export type ActRequest = Shape["ActRequest"];
export type ActName = ActLine["act"];
export type Reason = ActLine["reason"];
export type Amendment = Shape["AmendmentView"];
export type Correction = Shape["Correction"];
export type Present = Shape["Present"];
export type Wait = NonNullable<ActLine["wait"]>;
export type Way = Shape["Telling"]["way"];
export type Dispute = Shape["DisputeView"];
export type DisputeDecision = Shape["DecisionView"];
export type DecisionRequest = Shape["DecisionRequest"];
export type Bulk = Shape["BulkView"];
export type ManyName = Bulk["act"];
export type BulkAsked = Shape["BulkAsked"];
export type BulkRequest = Shape["BulkRequest"];
export type BulkCheck = Shape["BulkCheck"];
export type Member = Shape["BulkMember"];
export type MemberSaid = Shape["BulkSampleRow"];
export type Chosen = BulkAsked["chosen"];
export type ListShare = Shape["ListShare"];
export type WordAsked = Omit<Shape["ApproveList"], "kind">;
export type SlipRun = Shape["SlipsView"];
export type PinLine = Shape["PinLine"];
export type Reissue = Shape["ReissueView"];
export type ReissueRequest = Shape["ReissueRequest"];
export type Seen = Reissue["seen"][number];
export type Decision = DisputeDecision["decision"];

/** A page of a list; `next` begins the one after it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}

/** A person with one certificate of hers. */
export interface Holder {
  readonly person: Person;
  readonly one: Credential;
}

/** Who is signed in, what she may do, and how long. */
export interface Me {
  readonly person: string;
  readonly roles: readonly string[];
  readonly issuer: string | null;
  readonly centre: string | null;
  readonly passkeys: number;
  readonly stepUpUntil: string | null;
  readonly idleUntil: string | null;
  readonly endsAt: string | null;
}

/** An invitation that was opened: what this person still has to leave here before she can enter. */
export interface Enrolment {
  readonly id: string;
  readonly person: string;
  readonly roles: readonly string[];
  /** How many passkeys complete it, whether a password and a changing code would do instead, and whether another person must confirm her then. */
  readonly needs: { readonly passkeys: number; readonly password: boolean; readonly confirming: boolean };
  /** For the browser: the first passkey's. */
  readonly options: unknown;
}

/** What an authenticator app and a drawer need: told once. */
export interface SecondFactor {
  readonly totpSecret: string;
  readonly totpUri: string;
  readonly recoveryCodes: readonly string[];
}

/** What the officer says of a file of rows of one type. */
export interface RowChoices {
  readonly type: string;
  readonly asOf: string;
  /** Where the rows come from; it stays with the batch. */
  readonly reason: string;
}

/** What the officer says of a cohort, since the export carries none of it. */
export interface Choices {
  readonly asOf: string;
  readonly documentType: string;
  readonly norms: readonly { readonly code: string; readonly version: number }[];
  /** The full credential beside each pass. */
  readonly twin: boolean;
}
