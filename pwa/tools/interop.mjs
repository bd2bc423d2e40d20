// Others agree: what we issue is decoded and verified by npm packages that we did not write, and they issue for us.
//
//   node tools/interop.mjs check DIR          every QR text of a demo's folder, its status lists included; a line each
//   node tools/interop.mjs issue OUT.json [VECTORS]   credentials and presentations made and encoded by those packages
//
// The only document loader is DIR's contexts.json (DID documents included); a did:key is its own document.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import * as cborld from "@digitalbazaar/cborld";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { createSignCryptosuite, createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/** Dates are not what the packages are asked here: a planted pass may have ended before it began. In seconds. */
const MAX_CLOCK_SKEW = 4_000_000_000;
/** Codes of a report that say the signature is wrong, and those after which nobody can know a key. */
const BROKEN = ["invalid_signature"];
const KEYLESS = ["unknown_issuer", "unknown_key", "issuer_mismatch"];
/** Codes after which no status is read, so no list need be there. */
const LISTLESS = ["out_of_scope", "status_missing"];

export function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

function fromBase45(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = [...text.slice(at, at + 3)].map((character) => ALPHABET.indexOf(character));
    const value = group.reduce((sum, digit, place) => sum + digit * 45 ** place, 0);
    if (group.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}

function toBase45(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    let rest = pair ? bytes[at] * 256 + bytes[at + 1] : bytes[at];
    for (let place = pair ? 3 : 2; place > 0; place -= 1, rest = Math.floor(rest / 45)) text += ALPHABET[rest % 45];
  }
  return text;
}

function didKeyDocument(did) {
  const multikey = did.slice("did:key:".length);
  const method = { id: `${did}#${multikey}`, type: "Multikey", controller: did, publicKeyMultibase: multikey };
  return {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: did,
    verificationMethod: [method],
    assertionMethod: [method.id],
    authentication: [method.id],
  };
}

/** A loader that knows `documents` and did:key, and nothing else: a URL that is missing is an error, never fetched. */
export function loaderOf(documents) {
  return async (url) => {
    const [did] = url.split("#");
    const found = url.startsWith("did:key:") ? didKeyDocument(did) : documents[url.startsWith("did:") ? did : url];
    if (found === undefined) throw new Error(`not pinned: ${url}`);
    if (!url.includes("#")) return { contextUrl: null, documentUrl: url, document: found };
    const method = found.verificationMethod.find(({ id }) => id === url);
    if (method === undefined) throw new Error(`no such method: ${url}`);
    return { contextUrl: null, documentUrl: url, document: { "@context": found["@context"][1], ...method } };
  };
}

/** Registry entry -> the maps that the library wants. */
export function tablesOf(tables) {
  return async ({ registryEntryId }) => {
    const rows = tables.entries[String(registryEntryId)];
    return rows === undefined ? null : new Map(rows.map(({ type, table }) => [type, new Map(Object.entries(table))]));
  };
}

/** QR text -> what the library decodes: a credential, or a list (of credentials, or a presentation before its passes). */
export async function decodeText(text, { documents, tables }) {
  if (!/^V[CP]1-R/.test(text)) throw new Error("not a credential's text");
  const cborldBytes = fromBase45(text.slice(5));
  return cborld.decode({ cborldBytes, documentLoader: loaderOf(documents), typeTableLoader: tablesOf(tables) });
}

/** The library's document(s) -> credentials and the presentation put together again. */
export function partsOf(decoded) {
  const parts = Array.isArray(decoded) ? decoded : [decoded];
  if (!parts[0].type.includes("VerifiablePresentation")) return { credentials: parts, presentation: null };
  const [bare, ...credentials] = parts;
  return { credentials, presentation: { ...bare, verifiableCredential: credentials } };
}

function suite() {
  return new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
}

/** The bits of a list credential, decoded as any reader of Bitstring Status List 1.0 does it. */
export function bitsOf(list) {
  const { encodedList } = list.credentialSubject;
  if (!encodedList.startsWith("u")) throw new Error("not base64url multibase");
  return gunzipSync(Buffer.from(encodedList.slice(1), "base64url"));
}

/** A checkStatus for the library: every entry's list is verified by the same library, and its bit is clear. */
export function statusOf(lists, documentLoader) {
  return async ({ credential }) => {
    const set = [];
    for (const entry of [credential.credentialStatus].flat()) {
      const list = lists.find(({ id }) => id === entry.statusListCredential);
      if (list === undefined) return { verified: false, error: new Error(`no list ${entry.statusListCredential}`) };
      const checked = await vc.verifyCredential({ credential: list, suite: suite(), documentLoader, now: new Date(list.validFrom) });
      if (!checked.verified) return { verified: false, error: checked.error };
      if (list.credentialSubject.statusPurpose !== entry.statusPurpose) return { verified: false, error: new Error("another purpose") };
      const index = Number(entry.statusListIndex);
      if (bitsOf(list)[index >> 3] & (0x80 >> (index & 7))) set.push(entry.statusPurpose);
    }
    return set.length === 0 ? { verified: true } : { verified: false, error: new Error(`set: ${set.join()}`), set };
  };
}

/** Verifies what was decoded, by the library alone. */
export async function verifyParts({ credentials, presentation }, { documents, checkStatus, challenge }) {
  const documentLoader = loaderOf(documents);
  const options = { suite: suite(), documentLoader, checkStatus, maxClockSkew: MAX_CLOCK_SKEW };
  if (presentation === null) {
    for (const credential of credentials) {
      const result = await vc.verifyCredential({ credential, ...options });
      if (!result.verified) return result;
    }
    return { verified: true };
  }
  const { domain } = presentation.proof;
  return vc.verify({ presentation, challenge: challenge ?? "0", ...(domain === undefined ? {} : { domain }), ...options });
}

function wordsOf(result) {
  const { error } = result;
  const inner = [error, ...(error?.errors ?? [])].map((one) => one?.message).filter(Boolean);
  return [...new Set(inner)].join(" | ");
}

async function checkRow(row, dir, world) {
  const text = readFileSync(join(dir, "qr", `${row.name}.txt`), "utf8");
  const lines = text.split("\n").filter((line) => line !== "");
  const whole = lines[0].startsWith("VF1-") ? joined(lines) : lines[0];
  const parts = partsOf(await decodeText(whole, world));
  const stated = join(dir, "credentials", `${row.name}.json`);
  if (existsSync(stated)) requireSame(parts, readJson(stated));
  if (row.expectedReasons.some((code) => KEYLESS.includes(code))) return "decoded; its key is nobody's";
  const flips = { revoked: "revocation", suspended: "suspension" };
  const set = [...new Set(row.expectedReasons.map((code) => flips[code]).filter(Boolean))];
  const result = await verifyParts(parts, { ...world, checkStatus: async () => ({ verified: true }), challenge: row.challenge });
  if (row.expectedReasons.some((code) => BROKEN.includes(code))) {
    if (result.verified) throw new Error("verifies, and should not");
    return "decoded; its signature is refused there too";
  }
  if (!result.verified) throw new Error(wordsOf(result));
  if (row.expectedReasons.some((code) => LISTLESS.includes(code))) return "decoded, verified";
  await requireStatus(parts.credentials, set, world);
  return "decoded, verified, status read";
}

async function requireStatus(credentials, wanted, world) {
  const check = statusOf(world.lists, loaderOf(world.documents));
  const found = [];
  for (const credential of credentials) {
    const result = await check({ credential });
    if (!result.verified && result.set === undefined) throw result.error;
    found.push(...(result.set ?? []));
  }
  if ([...new Set(found)].sort().join() !== wanted.sort().join()) throw new Error(`status says ${found.join() || "nothing"}`);
}

function joined(frames) {
  const sorted = [...frames].sort((one, other) => one[10].localeCompare(other[10]));
  return sorted.map((frame) => frame.slice(12)).join("");
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

function requireSame({ credentials, presentation }, stated) {
  const found = presentation ?? (Array.isArray(stated) ? credentials : credentials[0]);
  if (JSON.stringify(sorted(found)) !== JSON.stringify(sorted(stated))) throw new Error("decodes to another document");
}

/** Every QR of a demo folder; gives {name, told, failed}. */
export async function checkDemo(dir) {
  const world = {
    documents: readJson(join(dir, "contexts.json")),
    tables: readJson(join(dir, "tables.json")),
    lists: readJson(join(dir, "status.json")),
  };
  const outcomes = [];
  for (const row of readJson(join(dir, "report.json"))) {
    if (row.kind === "foreign") continue;
    try {
      outcomes.push({ name: row.name, told: await checkRow(row, dir, world), failed: false });
    } catch (fault) {
      outcomes.push({ name: row.name, told: fault.message, failed: true });
    }
  }
  for (const list of world.lists) {
    const at = { credential: list, suite: suite(), documentLoader: loaderOf(world.documents), now: new Date(list.validFrom) };
    const result = await vc.verifyCredential(at);
    const bits = bitsOf(list).length;
    outcomes.push({ name: list.id, told: result.verified ? `list verified, ${bits} bytes` : wordsOf(result), failed: !result.verified || bits < 16384 });
  }
  return outcomes;
}

async function signerOf(row) {
  const [controller] = row.verificationMethod.split("#");
  const seed = Uint8Array.from(Buffer.from(row.seed_hex, "hex"));
  const key = await Ed25519Multikey.generate({ id: row.verificationMethod, controller, seed });
  return new DataIntegrityProof({ signer: key.signer(), cryptosuite: createSignCryptosuite() });
}

async function encoded(prefix, jsonldDocument, { documents, tables, entry }) {
  const typeTableLoader = tablesOf(tables);
  const bytes = await cborld.encode({ jsonldDocument, documentLoader: loaderOf(documents), registryEntryId: entry, typeTableLoader });
  return `${prefix}R${toBase45(bytes)}`;
}

function passOf(issuer, subject, type, claims) {
  const [, host] = /^did:web:(.*)$/.exec(issuer);
  const entry = (statusPurpose, number, statusListIndex) => ({
    type: "BitstringStatusListEntry", statusPurpose, statusListIndex, statusListCredential: `https://${host}/s/${number}`,
  });
  return {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/puente/v1"],
    type: ["VerifiableCredential", type],
    issuer,
    validFrom: "2026-03-10T00:00:00Z",
    validUntil: "2029-03-10T00:00:00Z",
    credentialStatus: [entry("revocation", 1, "4711"), entry("suspension", 2, "815")],
    credentialSubject: { ...(subject === null ? {} : { id: subject }), ...claims },
  };
}

/** Credentials and a live presentation by the packages, under the test keys of the format's vectors. */
export async function issue(vectors) {
  const world = { documents: readJson(join(vectors, "contexts.json")), tables: readJson(join(vectors, "tables.json")), entry: 5799 };
  const keys = new Map(readJson(join(vectors, "test-keys.json")).keys.map((row) => [row.name, row]));
  const documentLoader = loaderOf(world.documents);
  const [holder] = keys.get("holder1").verificationMethod.split("#");
  const sign = async (name, credential) => vc.issue({ credential, suite: await signerOf(keys.get(name)), documentLoader });
  const competence = { name: "Zoë Núñez", scheme: "SENA-NSCL", norm: 220201501, normVersion: 2, level: "avanzado", idTail: "0007" };
  const permit = { name: "Zoë Núñez", scheme: "PPT", workAllowed: true };
  const norma = await sign("norma", passOf("did:web:norma.example", holder, "CompetencePass", competence));
  const paper = await sign("norma", passOf("did:web:norma.example", null, "CompetencePass", competence));
  const permiso = await sign("permiso", passOf("did:web:permiso.example", holder, "PermitPass", permit));
  const live = await vc.signPresentation({
    presentation: {
      "@context": ["https://www.w3.org/ns/credentials/v2"],
      type: ["VerifiablePresentation"],
      verifiableCredential: [norma, permiso],
    },
    suite: await signerOf(keys.get("holder1")),
    challenge: "K7M3QX9A",
    documentLoader,
  });
  const { verifiableCredential, ...bare } = live;
  const made = [
    { name: "paper", text: await encoded("VC1-", paper, world), document: paper, challenge: null },
    { name: "holder", text: await encoded("VC1-", norma, world), document: norma, challenge: null },
    { name: "pair", text: await encoded("VC1-", [norma, permiso], world), document: [norma, permiso], challenge: null },
    { name: "live", text: await encoded("VP1-", [bare, ...verifiableCredential], world), document: live, challenge: "K7M3QX9A" },
  ];
  // Judged by worlds of that time; a presentation that answers a question is not asked when it was made (V24).
  return made.map((row) => ({ ...row, now: "2026-11-22T00:30:20Z" }));
}

async function main([verb, path, vectors]) {
  if (verb === "check" && path !== undefined) {
    const outcomes = await checkDemo(path);
    for (const { name, told, failed } of outcomes) console.log(`${failed ? "FAIL" : "ok  "} ${name}: ${told}`);
    return outcomes.some(({ failed }) => failed) || outcomes.length === 0 ? 1 : 0;
  }
  if (verb === "issue" && path !== undefined) {
    const folder = vectors ?? fileURLToPath(new URL("../../tests/vectors/format", import.meta.url));
    writeFileSync(path, JSON.stringify(await issue(folder), null, 1));
    return 0;
  }
  console.error("usage: interop.mjs check DIR | issue OUT.json [VECTORS]");
  return 2;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
