/**
 * Single values of CBOR-LD, both ways (FORMAT 2.5): tables, URLs, multibase, dates. Decode mirrors encode.
 *
 * Not here: objects and arrays of values, which the walks of compress.ts and expand.ts take apart.
 */
import { base58, base64, base64url, fromBase58, fromBase64, fromBase64url, hex, utf8 } from "../bytes.ts";
import type { Cbor } from "../cbor.ts";
import type { JsonValue } from "../json.ts";
import { Refused } from "../refused.ts";
import { MULTIBASE, XSD_DATE, XSD_DATE_TIME } from "../../words/terms.ts";
import type { Definition, Terms } from "./context.ts";
import type { Table, Tables } from "./tables.ts";

/** Table types whose ids travel as byte strings; those of the others are integers. */
const AS_BYTES: ReadonlySet<string> = new Set(["none", "url", XSD_DATE, XSD_DATE_TIME]);
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;
const HTTP = 1;
const HTTPS = 2;
const URN_UUID = 3;
const DATA = 4;
const DID_V1_NYM = 1024;
const DID_KEY = 1025;
const BASE58_URLS: ReadonlyMap<number, string> = new Map([[DID_V1_NYM, "did:v1:nym:"], [DID_KEY, "did:key:"]]);
const TEXT_LIMIT = 4_096;

export interface Coding {
  readonly terms: Terms;
  readonly tables: Tables;
}

/** The table type of a term's values. */
export function tableType(term: string, definition: Definition | undefined): string {
  if (term === "@id" || term === "@type") return "url";
  if (definition === undefined) return "none";
  const { id, type } = definition;
  if (id === "@id" || id === "@type" || type === "@id" || type === "@vocab") return "url";
  return type ?? "none";
}

/** A JSON scalar -> CBOR. Refuses `invalid_value` for what has no form of that type. */
export function encodeValue(value: string | number | boolean, type: string, coding: Coding): Cbor {
  if (type === "url" && typeof value !== "string") throw invalid("a URL that is no text");
  const table = coding.tables.get(type);
  const id = typeof value === "string" ? table?.idOf.get(value) : undefined;
  if (id !== undefined) return AS_BYTES.has(type) ? unsigned(id) : id;
  if (table !== undefined && type !== "none" && typeof value === "number") return signed(value);
  if (typeof value !== "string") return value;
  if (type === "url") return encodeUrl(value, coding.terms);
  if (type === MULTIBASE) return encodeMultibase(value);
  if (type === XSD_DATE_TIME) return encodeDateTime(value);
  return type === XSD_DATE ? encodeDate(value) : value;
}

/** CBOR that is no map -> JSON, or undefined for an array that the walk takes apart. */
export function decodeValue(value: Exclude<Cbor, null | Map<unknown, unknown>>, type: string, coding: Coding): JsonValue | undefined {
  const table = coding.tables.get(type);
  if (table !== undefined) {
    if (value instanceof Uint8Array) {
      return AS_BYTES.has(type) ? find(table, readUnsigned(value)) : readSigned(value);
    }
    if (typeof value === "number" && !AS_BYTES.has(type)) return find(table, value);
  }
  if (type === "url") return decodeUrl(value, coding.terms);
  if (type === MULTIBASE && value instanceof Uint8Array) return decodeMultibase(value);
  if (type === XSD_DATE_TIME) return decodeDateTime(value);
  if (type === XSD_DATE && typeof value === "number") return isoSeconds(value).slice(0, 10);
  if (value instanceof Uint8Array) throw invalid("bytes where a JSON value belongs");
  return Array.isArray(value) ? undefined : value;
}

function find(table: Table, id: number): string {
  const value = table.valueOf.get(id);
  if (value === undefined) throw new Refused("unknown_table_value", "an id that the table does not have");
  return value;
}

function encodeUrl(url: string, terms: Terms): Cbor {
  const id = terms.idOf(url);
  if (id !== undefined) return id;
  const scheme = url.slice(0, Math.max(0, url.lastIndexOf(":")));
  if (scheme === "https" && url.startsWith("https://")) return [HTTPS, url.slice(8)];
  if (scheme === "http" && url.startsWith("http://")) return [HTTP, url.slice(7)];
  if (scheme === "urn:uuid") {
    const rest = url.slice(9);
    return [URN_UUID, UUID.test(rest) ? uuidBytes(rest) : rest];
  }
  if (scheme === "data") return encodeData(url);
  for (const [number, prefix] of BASE58_URLS) {
    if (`${scheme}:` === prefix) return [number, ...url.slice(prefix.length).split("#").slice(0, 2).map(fromZ)];
  }
  return url;
}

function fromZ(part: string): Cbor {
  const bytes = part.startsWith("z") ? fromBase58(part.slice(1)) : null;
  return bytes ?? part;
}

function encodeData(url: string): Cbor {
  const at = url.lastIndexOf(";base64,");
  const bytes = at < 0 || /[\n\r\u2028\u2029]/.test(url) ? null : fromBase64(url.slice(at + 8), TEXT_LIMIT);
  return bytes === null ? [DATA, url.slice(5)] : [DATA, url.slice(5, at), bytes];
}

function decodeUrl(value: Exclude<Cbor, null | Map<unknown, unknown>>, terms: Terms): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") {
    const term = terms.termOf(value);
    if (term === undefined) throw new Refused("unknown_term", "a term id that no loaded context has");
    return term;
  }
  if (!Array.isArray(value)) throw invalid("a URL of no known form");
  const [kind, first, second] = value;
  if (value.length === 2 && typeof first === "string") {
    if (kind === HTTP) return `http://${first}`;
    if (kind === HTTPS) return `https://${first}`;
    if (kind === URN_UUID) return `urn:uuid:${first}`;
    if (kind === DATA) return `data:${first}`;
  }
  if (kind === URN_UUID && value.length === 2 && first instanceof Uint8Array && first.length === 16) {
    return `urn:uuid:${hex(first).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
  }
  if (kind === DATA && value.length === 3 && typeof first === "string" && second instanceof Uint8Array) {
    return `data:${first};base64,${base64(second)}`;
  }
  const prefix = typeof kind === "number" ? BASE58_URLS.get(kind) : undefined;
  if (prefix === undefined || value.length < 2 || value.length > 3) throw invalid("a URL of no known form");
  return prefix + value.slice(1).map(toZ).join("#");
}

function toZ(part: Cbor): string {
  if (typeof part === "string") return part;
  if (part instanceof Uint8Array) return `z${base58(part)}`;
  throw invalid("a part of a URL that is neither text nor bytes");
}

function uuidBytes(text: string): Uint8Array {
  const digits = text.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, place) => Number.parseInt(digits.slice(2 * place, 2 * place + 2), 16));
}

function encodeMultibase(text: string): Cbor {
  const rest = text.slice(1);
  const decoded = text.startsWith("z") ? fromBase58(rest)
    : text.startsWith("u") ? fromBase64url(rest, TEXT_LIMIT)
    : text.startsWith("M") ? fromBase64(rest, TEXT_LIMIT) : null;
  return decoded === null ? text : Uint8Array.of(...utf8(text.charAt(0)), ...decoded);
}

function decodeMultibase(bytes: Uint8Array): string {
  const base = String.fromCharCode(bytes[0] ?? 0);
  const rest = bytes.subarray(1);
  if (base === "z") return `z${base58(rest)}`;
  if (base === "u") return `u${base64url(rest)}`;
  if (base === "M") return `M${base64(rest)}`;
  throw invalid("bytes of no known multibase");
}

function encodeDateTime(text: string): Cbor {
  if (!DATE_TIME.test(text)) return text;
  const milliseconds = Date.parse(text);
  const seconds = Math.floor(milliseconds / 1000);
  if (Number.isNaN(milliseconds) || seconds < FIRST_SECOND) return text;
  const written: Cbor = text.length === 20 ? seconds : [seconds, milliseconds - seconds * 1000];
  return decodeDateTime(written) === text ? written : text;
}

function encodeDate(text: string): Cbor {
  const seconds = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) / 1000 : Number.NaN;
  return seconds >= FIRST_SECOND && isoSeconds(seconds).startsWith(text) ? seconds : text;
}

function decodeDateTime(value: Exclude<Cbor, null | Map<unknown, unknown>>): JsonValue | undefined {
  if (typeof value === "number") return `${isoSeconds(value)}Z`;
  if (value instanceof Uint8Array) throw invalid("bytes where a time belongs");
  if (!Array.isArray(value)) return value;
  const [seconds, milliseconds] = value;
  if (value.length !== 2 || typeof seconds !== "number" || typeof milliseconds !== "number") throw invalid("a time of no known form");
  if (milliseconds < 0 || milliseconds > 999) throw invalid("milliseconds out of range");
  return `${isoSeconds(seconds)}.${String(milliseconds).padStart(3, "0")}Z`;
}

/** YYYY-MM-DDThh:mm:ss of seconds since 1970. Refuses `invalid_value` outside the years 1 to 9999. */
function isoSeconds(seconds: number): string {
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) throw invalid("a time outside the years 1 to 9999");
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** Big-endian; below 255 one byte, below 65,535 two, else four: the widths are FORMAT's, not the shortest. */
function unsigned(id: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(id < 0xff ? 1 : id < 0xffff ? 2 : 4));
  if (view.byteLength === 1) view.setUint8(0, id);
  else if (view.byteLength === 2) view.setUint16(0, id);
  else view.setUint32(0, id);
  return new Uint8Array(view.buffer);
}

function readUnsigned(bytes: Uint8Array): number {
  if (bytes.length !== 1 && bytes.length !== 2 && bytes.length !== 4) throw invalid("a table id of no known width");
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

function signed(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < -128) throw invalid("an integer that has no form under a table");
  const view = new DataView(new ArrayBuffer(value < 0x7f ? 1 : value < 0x7fff ? 2 : value < 0x7fffffff ? 4 : 8));
  if (view.byteLength === 1) view.setInt8(0, value);
  else if (view.byteLength === 2) view.setInt16(0, value);
  else if (view.byteLength === 4) view.setInt32(0, value);
  else view.setBigInt64(0, BigInt(value));
  return new Uint8Array(view.buffer);
}

function readSigned(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length === 1) return view.getInt8(0);
  if (bytes.length === 2) return view.getInt16(0);
  if (bytes.length === 4) return view.getInt32(0);
  const value = bytes.length === 8 ? Number(view.getBigInt64(0)) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw invalid("an integer of no known width");
  return value;
}

function invalid(detail: string): Refused {
  return new Refused("invalid_value", detail);
}
