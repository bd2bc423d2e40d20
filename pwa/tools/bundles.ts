/**
 * Installs bundles from a file of cases and prints what came of each, for the tests that hold both cores side by side:
 * `node --import tsx tools/bundles.ts CASES.json`. A case is {root, former?, container, now, lenient}, containers in base64.
 */
import { readFileSync } from "node:fs";

import { installBundle } from "../src/kernel/bundle/install.ts";
import { fromBase64 } from "../src/kernel/bytes.ts";
import { chooseEquation, strictEd25519 } from "../src/kernel/ed25519.ts";
import { Refused } from "../src/kernel/refused.ts";

interface Case {
  readonly root: string;
  readonly former?: string;
  readonly container: string;
  readonly now: string;
  readonly lenient: boolean;
}

const MOST = 8 * 1024 * 1024;
const crypto = strictEd25519(await chooseEquation(globalThis.crypto.subtle));

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64(text, MOST);
  if (bytes === null) throw new Error("not base64");
  return bytes;
}

/** "installed VERSION FLOOR", or why not. */
async function outcome({ root, former, container, now: at, lenient }: Case): Promise<string> {
  const common = { trustedRoot: bytesOf(root), now: Date.parse(at), crypto, allowExpiredTimestamp: lenient };
  const last = former === undefined ? null : await installBundle(bytesOf(former), { ...common, former: null });
  try {
    const bundle = await installBundle(bytesOf(container), { ...common, former: last });
    return `installed ${bundle.version} ${bundle.floorOff} ${bundle.floorOn}`;
  } catch (fault) {
    if (fault instanceof Refused) return fault.message;
    throw fault;
  }
}

const [path = ""] = process.argv.slice(2);
// The edge of trusted test data.
const cases = JSON.parse(readFileSync(path, "utf8")) as readonly Case[];
const outcomes: string[] = [];
for (const row of cases) outcomes.push(await outcome(row));
console.log(JSON.stringify(outcomes));
