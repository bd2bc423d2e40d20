/** The console's views: the section of each, and who has that section. Data alone; drawing is `drawn.tsx`'s. */
import type { Spot } from "./ports.ts";
import type { Me, Waits } from "./wire.ts";

export const SECTIONS = {
  cohorts: { icon: "queue", roles: ["officer", "approver", "issuer_admin", "auditor"] },
  people: { icon: "people", roles: ["officer", "approver"] },
  papers: { icon: "print", roles: ["officer"] },
  acts: { icon: "hand", roles: ["officer", "approver"] },
  bulks: { icon: "code", roles: ["officer", "approver"] },
  amendments: { icon: "text", roles: ["officer", "approver"] },
  disputes: { icon: "talk", roles: ["officer", "approver"] },
  reissues: { icon: "refresh", roles: ["officer", "approver"] },
  numbers: { icon: "figures", roles: ["issuer_admin", "analyst"] },
  audit: { icon: "file", roles: ["auditor"] },
  staff: { icon: "work", roles: ["issuer_admin"] },
  keepers: { icon: "flag", roles: ["keeper"] },
  keys: { icon: "key", roles: ["issuer_admin"] },
  hooks: { icon: "talk", roles: ["issuer_admin"] },
  sessions: { icon: "lock", roles: ["officer", "approver", "issuer_admin", "keeper", "analyst", "auditor"] },
} as const;
export type SectionName = keyof typeof SECTIONS;

/** The section that a view belongs to. */
export const VIEWS = {
  cohorts: "cohorts",
  upload: "cohorts",
  batch: "cohorts",
  correct: "cohorts",
  people: "people",
  person: "people",
  papers: "papers",
  slips: "papers",
  acts: "acts",
  bulks: "bulks",
  bulkask: "bulks",
  bulk: "bulks",
  amendments: "amendments",
  disputes: "disputes",
  dispute: "disputes",
  reissues: "reissues",
  numbers: "numbers",
  audit: "audit",
  staff: "staff",
  keepers: "keepers",
  keys: "keys",
  hooks: "hooks",
  sessions: "sessions",
} as const satisfies Readonly<Record<string, SectionName>>;
export type ViewName = keyof typeof VIEWS;

/** The view of a spot that came from the browser's history, which anybody may have written. */
export function viewOf(name: string): ViewName | null {
  return Object.hasOwn(VIEWS, name) ? (name as ViewName) : null; // its keys are the names
}

/** Views of one thing, which is not in the address: without the tab's memory of it there is nothing to show. */
const OF_ONE: ReadonlySet<ViewName> = new Set(["batch", "correct", "person", "slips", "bulk", "dispute"]);

/** The view that was asked for, of its section's list where it is not known of which one; null where she lacks it. */
export function standing({ view, id }: Spot, sections: readonly SectionName[]): ViewName | null {
  const asked = viewOf(view);
  if (asked === null || !sections.includes(VIEWS[asked])) return null;
  return id === "" && OF_ONE.has(asked) ? VIEWS[asked] : asked;
}

/** What is nobody's house: an auditor of all issuers and a keeper have these alone. */
const OF_NO_ISSUER: ReadonlySet<SectionName> = new Set(["audit", "keepers", "sessions"]);

export function sectionsOf({ roles, issuer }: Pick<Me, "roles" | "issuer">): readonly SectionName[] {
  const mine = (Object.keys(SECTIONS) as SectionName[]).filter((name) => SECTIONS[name].roles.some((role) => roles.includes(role)));
  return issuer === null ? mine.filter((name) => OF_NO_ISSUER.has(name)) : mine;
}

/** What waits for her hand in each section that anything can wait in. */
const WAITING: Partial<Record<SectionName, readonly (keyof Waits)[]>> = {
  cohorts: ["batches"],
  acts: ["acts", "untold"],
  bulks: ["bulkActs", "untoldMany"],
  amendments: ["amendments"],
  disputes: ["decisions", "disputes"],
  reissues: ["reissues"],
};

/** How much waits in a section; nothing where it is not known. */
export function waitingIn(section: SectionName, waits: Waits | null): number {
  return (WAITING[section] ?? []).reduce((sum, kind) => sum + (waits?.[kind] ?? 0), 0);
}

/** Whether anything can wait for her at all. */
export function hasWork({ roles }: Me): boolean {
  return roles.includes("officer") || roles.includes("approver");
}
