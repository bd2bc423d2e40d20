/** What people work as, in words. No view. */
import type { Words } from "../../kit/words.tsx";

const ROLES = ["officer", "approver", "issuer_admin", "keeper", "analyst", "auditor"] as const;

/** A role that this page does not know is work of another kind. */
export function rolesIn(roles: readonly string[], say: Words["say"]): string {
  return roles.map((role) => say(`role.${ROLES.find((known) => known === role) ?? "other"}`)).join(", ");
}
