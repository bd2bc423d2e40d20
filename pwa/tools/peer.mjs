// The npm peers of `puente bench`: @digitalbazaar/cborld and @digitalbazaar/vc on the same document, in one child process.
// Reads one JSON line {op, seconds}, answers {us} (microseconds an operation). The first line sets the work up:
// {document, unsigned, qr, contexts, tables, entry, key}. Not part of the product.
import {createInterface} from 'node:readline';
import * as cborld from '@digitalbazaar/cborld';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createSignCryptosuite, createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const lines = createInterface({input: process.stdin})[Symbol.asyncIterator]();
const next = async () => { const line = await lines.next(); return line.done ? null : JSON.parse(line.value); };

function fromBase45(text) {
  const out = [];
  for (let i = 0; i < text.length; i += 3) {
    const [c, d, e] = [...text.slice(i, i + 3)].map(l => ALPHABET.indexOf(l));
    if (e === undefined) out.push(c + d * 45);
    else { const n = c + d * 45 + e * 2025; out.push(n >> 8, n & 255); }
  }
  return Uint8Array.from(out);
}

function toBase45(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    if (i + 1 < bytes.length) { const n = bytes[i] * 256 + bytes[i + 1]; text += ALPHABET[n % 45] + ALPHABET[Math.floor(n / 45) % 45] + ALPHABET[Math.floor(n / 2025)]; }
    else text += ALPHABET[bytes[i] % 45] + ALPHABET[Math.floor(bytes[i] / 45)];
  }
  return text;
}

const work = await next();
const documentLoader = async url => {
  const base = url.split('#')[0];
  if (work.contexts[url]) return {contextUrl: null, documentUrl: url, document: work.contexts[url]};
  const owner = work.contexts[base];
  const method = owner?.verificationMethod?.find(m => m.id === url);
  if (!method) throw new Error('not in the given documents');
  return {contextUrl: null, documentUrl: url, document: {'@context': 'https://w3id.org/security/multikey/v1', ...method}};
};
const tables = new Map(work.tables.entries[String(work.entry)].map(({type, table}) => [type, new Map(Object.entries(table))]));
const typeTableLoader = async () => tables;
const key = await Ed25519Multikey.from(work.key);
const signer = new DataIntegrityProof({signer: key.signer(), cryptosuite: createSignCryptosuite(), date: null});
const checker = () => new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()});

async function verify(credential) {
  const {verified, error} = await vc.verifyCredential({credential, suite: checker(), documentLoader, checkStatus: async () => ({verified: true})});
  if (!verified) throw error;
}
async function decode() { return cborld.decode({cborldBytes: fromBase45(work.qr.slice(5)), documentLoader, typeTableLoader}); }

const operations = {
  issue: () => vc.issue({credential: structuredClone(work.unsigned), suite: signer, documentLoader}),
  verify: () => verify(JSON.parse(work.document)),
  'qr-encode': async () => 'VC1-R' + toBase45(await cborld.encode({jsonldDocument: work.secured, registryEntryId: work.entry, documentLoader, typeTableLoader})),
  'qr-decode': decode,
  'qr-verdict': async () => verify(await decode()),
};

for (let ask = await next(); ask !== null; ask = await next()) {
  const run = operations[ask.op];
  const started = performance.now();
  let done = 0;
  do { await run(); done += 1; } while (performance.now() - started < ask.seconds * 1000);
  process.stdout.write(JSON.stringify({us: (performance.now() - started) * 1000 / done}) + '\n');
}
