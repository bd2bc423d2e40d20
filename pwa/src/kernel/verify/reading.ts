/**
 * A credential as read (VC Data Model 2.0 section 4): a view of the JSON, never signed or written back.
 */
import { isObject, type JsonObject, type JsonValue, member } from "../json.ts";
import { Refused } from "../refused.ts";

/** One place in a list. A member that is absent or no text is null: what that means is V20's to say. */
export interface StatusEntry {
  readonly type: string | null;
  readonly purpose: string | null;
  readonly index: string | null;
  readonly list: string | null;
}

export interface Credential {
  readonly document: JsonObject;
  readonly types: readonly string[];
  readonly issuer: string;
  readonly subject: JsonObject;
  readonly subjectId: string | null;
  readonly scheme: string | null;
  readonly status: readonly StatusEntry[];
}

/** Refuses `schema` where a member has another JSON type than the data model's. */
export function readCredential(document: JsonObject): Credential {
  const issuer = member(document, "issuer");
  const subject = asObject(member(document, "credentialSubject"));
  const stated = member(document, "credentialStatus");
  const status = stated === undefined ? [] : stated;
  asTexts(member(document, "@context"));
  const types = asTexts(member(document, "type"));
  return {
    document,
    types,
    issuer: asText(isObject(issuer) ? member(issuer, "id") : issuer),
    subject,
    subjectId: textOrNull(member(subject, "id")),
    scheme: textOrNull(member(subject, "scheme")),
    status: (Array.isArray(status) ? status : [status]).map((entry) => readEntry(asObject(entry))),
  };
}

function readEntry(entry: JsonObject): StatusEntry {
  return {
    type: textOrNull(member(entry, "type")),
    purpose: textOrNull(member(entry, "statusPurpose")),
    index: textOrNull(member(entry, "statusListIndex")),
    list: textOrNull(member(entry, "statusListCredential")),
  };
}

export function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function wrong(): Refused {
  return new Refused("schema", "a member of another JSON type than the data model's");
}

function asText(value: JsonValue | undefined): string {
  if (typeof value !== "string") throw wrong();
  return value;
}

function asTexts(value: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(value)) throw wrong();
  return value.map(asText);
}

function asObject(value: JsonValue | undefined): JsonObject {
  if (!isObject(value)) throw wrong();
  return value;
}
