/**
 * What whoever reads a code will see of a pass, row by row, from the pass itself: nothing is left out, nothing judged.
 *
 * A value is as it stands in the pass; where the bundle's labels have words for it, the row names the table and the codes
 * to look up there. The twin of `wallet/seeing.py`.
 */
import { type JsonObject, type JsonValue, member } from "./json.ts";
import { claimsOf } from "./subject.ts";
import type { Key } from "../words/text.ts";

/** One row. `table` is a member of the labels, null where the value speaks for itself. */
export interface SeenClaim {
  readonly claim: string;
  readonly word: Key;
  readonly value: JsonValue;
  readonly table: string | null;
  readonly codes: readonly string[];
}

type Row = readonly [claim: string, word: Key, table: string | null];

/** The claims that passes have (FORMAT section 4), in the order in which they are read. */
const CLAIMS: readonly Row[] = [
  ["name", "claim.name", null],
  ["norm", "claim.norm", "norms"],
  ["normVersion", "claim.normVersion", null],
  ["skills", "claim.skills", "skills"],
  ["occupation", "claim.occupation", "occupations"],
  ["level", "claim.level", "levels"],
  ["hours", "claim.hours", null],
  ["certificate", "claim.certificate", null],
  ["workAllowed", "claim.workAllowed", null],
  ["permitStatus", "claim.permitStatus", "permitStatus"],
  ["country", "claim.country", "countries"],
  ["idType", "claim.idType", "idTypes"],
  ["idTail", "claim.idTail", null],
  ["birthYear", "claim.birthYear", null],
  ["municipality", "claim.municipality", "municipalities"],
];
/** Around the claims: who says it, for how long, and what a reader needs to check it. */
const AROUND: readonly Row[] = [
  ["issuer", "claim.issuer", null],
  ["validFrom", "claim.validFrom", null],
  ["validUntil", "claim.validUntil", null],
  ["credentialStatus", "claim.credentialStatus", null],
];
const NAMED: ReadonlySet<string> = new Set(["id", "scheme", ...CLAIMS.map(([claim]) => claim)]);

/** Which claims go out with passes, each once, in the order in which they are read; the holder's key is none of them. */
export function seenNames(documents: readonly JsonObject[]): readonly string[] {
  const around = new Set(["type", "id", ...AROUND.map(([claim]) => claim)]);
  const found = new Set(documents.flatMap((document) => seenClaims(document).map(({ claim }) => claim)));
  const known = CLAIMS.map(([claim]) => claim).filter((claim) => found.has(claim));
  return [...known, ...[...found].filter((claim) => !around.has(claim) && !known.includes(claim))];
}

/** The word for a claim, by its name. */
export function wordOf(claim: string): Key {
  return CLAIMS.find(([name]) => name === claim)?.[1] ?? "claim.other";
}

/** Every row of a pass: its kind, the claims, then who says it and what it is checked by. */
export function seenClaims(document: JsonObject): readonly SeenClaim[] {
  const subject = claimsOf(document);
  const strange = Object.keys(subject).filter((claim) => !NAMED.has(claim));
  const key = member(subject, "id");
  return [
    kindOf(document, subject),
    ...CLAIMS.flatMap((row) => rowOf(row, subject, subject)),
    ...strange.flatMap((claim) => rowOf([claim, "claim.other", null], subject, subject)),
    ...AROUND.flatMap((row) => rowOf(row, document, subject)),
    ...(key === undefined ? [] : [{ claim: "id", word: "claim.id", value: key, table: null, codes: [] } as const]),
  ];
}

/** Type and scheme are one word in the labels. */
function kindOf(document: JsonObject, subject: JsonObject): SeenClaim {
  const types = member(document, "type");
  const type = Array.isArray(types) ? types.at(-1) : types;
  const value = [type, member(subject, "scheme")].filter((part) => typeof part === "string").join("/");
  return { claim: "type", word: "claim.type", value, table: "types", codes: [value] };
}

function rowOf([claim, word, table]: Row, holder: JsonObject, subject: JsonObject): readonly SeenClaim[] {
  const value = member(holder, claim);
  return value === undefined ? [] : [{ claim, word, value, table, codes: table === null ? [] : codesOf(claim, value, subject) }];
}

function codesOf(claim: string, value: JsonValue, subject: JsonObject): readonly string[] {
  if (claim === "norm") return [`${plain(value)}/${plain(member(subject, "normVersion") ?? 1)}`];
  if (claim === "municipality") return [plain(value).padStart(5, "0")]; // FORMAT 4: shown with five digits
  return (Array.isArray(value) ? value : [value]).map(plain);
}

/** The form in which the labels have a code; what is no code has no words. */
function plain(value: JsonValue): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
