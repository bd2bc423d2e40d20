/**
 * Any folder of format vectors through the TypeScript core, a line a case: `node --import tsx tools/format.ts DIR WORLD.json`.
 *
 * DIR is laid out as FORMAT section 11 says. WORLD.json is made by the Python half (`make test-format`): the folder's bundle
 * for each `now`, as {worlds: {now: {container, root}}} in base64. Exit code 1 on any failure.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { installBundle } from "../src/kernel/bundle/install.ts";
import type { InstalledBundle } from "../src/kernel/bundle/installed.ts";
import { fromBase64, hex, sameBytes, sha256, utf8 } from "../src/kernel/bytes.ts";
import { canonical } from "../src/kernel/canonical.ts";
import { encode } from "../src/kernel/cborld/compress.ts";
import { type Dictionary, readDictionary } from "../src/kernel/cborld/tables.ts";
import { fromText, toText } from "../src/kernel/cborld/text.ts";
import { chooseEquation, strictEd25519 } from "../src/kernel/ed25519.ts";
import { framesOf, joinFrames } from "../src/kernel/frames.ts";
import type { JsonObject, JsonValue } from "../src/kernel/json.ts";
import { Refused } from "../src/kernel/refused.ts";
import { expandList } from "../src/kernel/status.ts";
import { judge } from "../src/kernel/verify/judge.ts";
import { MemorySeen } from "../src/kernel/verify/seen.ts";
import type { Report } from "../src/words/report.ts";

/** Marks of V18 to V22: what the vectors say speaks of the steps before (FORMAT section 11). */
const LATER: ReadonlySet<string> = new Set([
  "not_yet_valid", "expired", "status_missing", "status_mismatch", "revoked", "suspended", "stale", "status_too_old",
]);
const MOST = 8 * 1024 * 1024;

interface Expected {
  readonly verified: boolean;
  readonly error?: string;
  readonly also_accept?: readonly string[];
  readonly verdict?: string;
  readonly reasons?: readonly string[];
}
interface Case {
  readonly id: string;
  readonly qr_text: string;
  readonly now: string;
  readonly challenge?: string;
  readonly expected: Expected;
}
interface Positive extends Case {
  readonly registryEntryId: number;
  readonly document: JsonObject | JsonObject[];
  readonly jcs_sha256: string;
  readonly cborld_hex: string;
}
interface FrameSet {
  readonly text: string;
  readonly sha256: string;
  readonly frames: readonly string[];
}
interface ListRow {
  readonly id: string;
  readonly credentialSubject: { readonly encodedList: string };
}
type WorldFile = Record<string, { readonly container: string; readonly root: string }>;

/** Null when all is well, else what is wrong. */
type Check = () => Promise<string | null>;

const [folder = "", worldPath = ""] = process.argv.slice(2);
const crypto = strictEd25519(await chooseEquation(globalThis.crypto.subtle));
const worlds = read<{ worlds: WorldFile }>(worldPath).worlds;
const installed = new Map<string, Promise<InstalledBundle>>();
const dictionary: Dictionary = readDictionary(read<JsonValue>(at("contexts.json")), read<JsonValue>(at("tables.json")));

function at(name: string): string {
  return join(folder, name);
}

/** The edge of trusted test data: its readers know its shape. */
function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

function rows<T>(name: string, member: string): readonly T[] {
  if (!existsSync(at(name))) return [];
  const found = read<T[] | Record<string, T[]>>(at(name));
  return Array.isArray(found) ? found : (found[member] ?? []);
}

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64(text, MOST);
  if (bytes === null) throw new Error("the world file holds no base64");
  return bytes;
}

function bundleAt(now: string): Promise<InstalledBundle> {
  const world = worlds[now];
  if (world === undefined) throw new Error(`the world file has no bundle for ${now}`);
  const known = installed.get(now);
  if (known !== undefined) return known;
  const trustedRoot = bytesOf(world.root);
  const made = installBundle(bytesOf(world.container), { trustedRoot, now: Date.parse(now), former: null, crypto });
  installed.set(now, made);
  return made;
}

async function judged(row: Case): Promise<Report> {
  const now = Date.parse(row.now);
  const { challenge = "0" } = row;
  const session = challenge === "0" ? null : { challenge, domain: null, issuedAt: now };
  return judge(row.qr_text, { bundle: await bundleAt(row.now), now, floor: null, session, seen: new MemorySeen(), crypto });
}

function same(found: string, wanted: string): string | null {
  return found === wanted ? null : `got ${found.slice(0, 160)}`;
}

function told(report: Report): string {
  return `${report.verdict} ${report.reasons.join(",")}`;
}

async function verdict(row: Case): Promise<string | null> {
  const report = await judged(row);
  const { verified, verdict: wanted, reasons } = row.expected;
  const early = report.reasons.some((code) => !LATER.has(code));
  if (verified && (early || report.passes.length === 0 || report.passes.some(({ claims }) => claims === null))) return told(report);
  if (wanted !== undefined && report.verdict !== wanted) return told(report);
  return reasons === undefined ? null : same(report.reasons.join(), reasons.join());
}

async function refused(row: Case): Promise<string | null> {
  const report = await judged(row);
  const wanted = [row.expected.error ?? "", ...(row.expected.also_accept ?? [])];
  const passed = report.verdict === "valid" || report.verdict === "valid_as_of";
  return passed || !report.reasons.some((code) => wanted.includes(code)) ? told(report) : null;
}

function* positive(row: Positive): Generator<[string, Check]> {
  const { id, document, registryEntryId } = row;
  yield [`${id} jcs`, async () => same(hex(sha256(canonical(document))), row.jcs_sha256)];
  yield [`${id} cborld`, async () => same(hex(encode(document, dictionary, registryEntryId)), row.cborld_hex)];
  yield [`${id} text`, async () => same(toText(document, dictionary, registryEntryId), row.qr_text)];
  yield [`${id} decode`, async () => {
    const { kind, documents, presentation } = fromText(row.qr_text, dictionary);
    const [first = {}] = documents;
    const back = kind === "credential" ? first : (presentation ?? [...documents]);
    return same(hex(sha256(canonical(back))), row.jcs_sha256);
  }];
  yield [`${id} verdict`, () => verdict(row)];
}

async function joined({ text, frames, sha256: hash }: FrameSet): Promise<string | null> {
  const back = joinFrames([...frames].reverse());
  return same(JSON.stringify([framesOf(text), back, hex(sha256(utf8(back)))]), JSON.stringify([frames, text, hash]));
}

async function listed(row: ListRow): Promise<string | null> {
  const bits = await expandList(row.credentialSubject.encodedList);
  for (const now of Object.keys(worlds)) {
    const list = (await bundleAt(now)).lists.get(row.id);
    if (list === undefined || !sameBytes(list.sticky, bits)) return `the bundle of ${now} holds other bits`;
  }
  return null;
}

async function oversized(row: ListRow): Promise<string | null> {
  try {
    await expandList(row.credentialSubject.encodedList);
    return "accepted";
  } catch (fault) {
    return fault instanceof Refused ? same(fault.code, "limits_exceeded") : String(fault);
  }
}

function* checks(): Generator<[string, Check]> {
  const names = readdirSync(folder).filter((name) => /^p[0-9].*\.json$/.test(name)).sort();
  for (const name of names) yield* positive(read<Positive>(at(name)));
  for (const row of rows<Case>("negative.json", "vectors")) yield [`${row.id} refused`, () => refused(row)];
  if (existsSync(at("frames.json"))) yield ["frames 0", () => joined(read<FrameSet>(at("frames.json")))];
  for (const row of rows<ListRow>("status-lists.json", "lists")) yield [`status list ${row.id}`, () => listed(row)];
  if (existsSync(at("status-lists.json"))) {
    const { oversized: bomb } = read<{ oversized?: { list: ListRow } }>(at("status-lists.json"));
    if (bomb !== undefined) yield [`status list ${bomb.list.id} refused`, () => oversized(bomb.list)];
  }
}

let failed = 0;
for (const [name, check] of checks()) {
  let wrong: string | null;
  try {
    wrong = await check();
  } catch (fault) {
    wrong = String(fault);
  }
  if (wrong !== null) failed += 1;
  console.log(wrong === null ? `ok   ts ${name}` : `FAIL ts ${name}: ${wrong}`);
}
process.exitCode = failed > 0 ? 1 : 0;
