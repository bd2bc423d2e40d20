/** What a credential says of its subject, and the pair that it is known by. */
import { isObject, type JsonObject, member } from "./json.ts";

/** The claims; none where there is no subject to speak of. */
export function claimsOf(document: JsonObject): JsonObject {
  const subject = member(document, "credentialSubject");
  return isObject(subject) ? subject : {};
}

/** Pass type and scheme. */
export function pairOf(document: JsonObject): string {
  const types = member(document, "type");
  const scheme = member(claimsOf(document), "scheme");
  return `${Array.isArray(types) ? String(types.at(-1) ?? "") : ""}/${typeof scheme === "string" ? scheme : ""}`;
}
