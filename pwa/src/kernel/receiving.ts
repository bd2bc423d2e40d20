/**
 * What comes to a holder: verified first with the installed bundle, worth keeping only if it holds (DOMAIN P2, P8).
 *
 * What is not kept is explained by the verifier's own codes. A paper whose time has ended may be kept as history (P8: an old
 * PEP) and says so; one that is revoked, under review or cannot be checked is not. Nothing is fetched or stored here.
 * The twin of `wallet/receiving.py`.
 */
import { CREDENTIAL_JSON } from "./bounds.ts";
import { plainUtf8, utf8 } from "./bytes.ts";
import type { InstalledBundle, Instant } from "./bundle/installed.ts";
import { isPresentation } from "./cborld/compress.ts";
import type { Dictionary } from "./cborld/tables.ts";
import { readJson } from "./codec.ts";
import type { Ed25519Check } from "./ed25519.ts";
import { type JsonObject, member } from "./json.ts";
import { Refused } from "./refused.ts";
import { claimsOf } from "./subject.ts";
import { readLetter, sortTexts } from "./verify/arriving.ts";
import { judge } from "./verify/judge.ts";
import { MemorySeen } from "./verify/seen.ts";
import type { Report, Verdict } from "../words/report.ts";
import { FRAME_PREFIX } from "../words/terms.ts";

const WORTH_KEEPING: ReadonlySet<Verdict> = new Set<Verdict>(["valid", "valid_as_of", "expired"]);

/** What a wallet judges by: the bundle of the moment, the device's clock, and the stored time floor (V2). */
export interface Trusted {
  readonly bundle: InstalledBundle | null;
  readonly now: Instant;
  readonly floor: Instant | null;
  readonly crypto: Ed25519Check;
}

/**
 * One pass that came: what the verifier says of it, and the pass itself where it is worth keeping, else null. `verdict`
 * and `reasons` are the report's, but for what only the wallet can say (`holder_mismatch`).
 */
export interface Arrival {
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly report: Report | null;
  readonly document: JsonObject | null;
}

/**
 * A QR text (frames one a line), the texts of one look, or the bytes of one credential in JSON, for the holder whose DID
 * this is. One arrival a pass. Refuses nothing: that is in the arrivals.
 */
export async function receive(sent: string | readonly string[] | Uint8Array, did: string, by: Trusted): Promise<readonly Arrival[]> {
  try {
    return await receiveAll(read(sent, by.bundle), did, by);
  } catch (fault) {
    if (fault instanceof Refused) return [refused(fault.code)];
    throw fault;
  }
}

/** Credentials as documents, as a pick-up gives them. */
export async function receiveAll(documents: readonly JsonObject[], did: string, by: Trusted): Promise<readonly Arrival[]> {
  const arrivals: Arrival[] = [];
  for (const document of documents) arrivals.push(await arrive(document, did, by));
  return arrivals;
}

/** What the verifier says of one credential now: for what was kept, since a status or a date may have changed. */
export function judgeDocument(document: JsonObject, by: Trusted): Promise<Report> {
  return judge(utf8(JSON.stringify(document)), { ...by, session: null, seen: new MemorySeen() });
}

/** The content of a file: a credential in JSON, else the texts of codes, a line each. */
export function sentOf(file: Uint8Array): string | Uint8Array {
  const plain = plainUtf8(file);
  const text = new TextDecoder().decode(plain);
  return text.trimStart().startsWith("{") ? plain : text;
}

async function arrive(document: JsonObject, did: string, by: Trusted): Promise<Arrival> {
  if (isPresentation(document)) return refused("invalid_shape"); // somebody's answer, not a pass to keep
  const report = await judgeDocument(document, by);
  const { verdict, reasons } = report;
  if (!WORTH_KEEPING.has(verdict)) return { verdict, reasons, report, document: null };
  return isFor(document, did) ? { verdict, reasons, report, document } : { ...refused("holder_mismatch"), report };
}

function read(sent: string | readonly string[] | Uint8Array, bundle: InstalledBundle | null): readonly JsonObject[] {
  if (sent instanceof Uint8Array) return [readJson(sent, CREDENTIAL_JSON)];
  // Without the bundle's tables a code cannot even be read; the verifier's word for that is V1's.
  if (bundle === null) throw new Refused("no_bundle", "no bundle is installed", "V1");
  return sortTexts(typeof sent === "string" ? textsOf(sent) : sent).letters.flatMap((letter) => readDocuments(letter, bundle.dictionary));
}

function readDocuments(letter: readonly string[], dictionary: Dictionary): readonly JsonObject[] {
  const { passes, presentation } = readLetter(letter, dictionary);
  return presentation === null ? passes : [presentation];
}

/** Only line ends are the carrier's: a blank is a character of base45. */
function textsOf(sent: string): readonly string[] {
  const lines = sent.split("\n").filter((line) => line !== "").map((line) => line.replace(/\r$/, ""));
  return lines.length > 0 && lines.every((line) => line.startsWith(FRAME_PREFIX)) ? lines : [lines.join("\n")];
}

/** A pass bound to a key is kept only by who holds the key: nobody else could ever show it live. */
function isFor(document: JsonObject, did: string): boolean {
  const bound = member(claimsOf(document), "id");
  return bound === undefined || bound === did;
}

function refused(reason: string): Arrival {
  return { verdict: "cannot_verify", reasons: [reason], report: null, document: null };
}
