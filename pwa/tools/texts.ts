/**
 * Reads QR texts from a file and prints what came of each, for the tests that hold both cores side by side:
 * `node --import tsx tools/texts.ts VECTORS TEXTS.json`. A text gives the SHA-256 of its canonical JSON, or "code step".
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { hex, sha256 } from "../src/kernel/bytes.ts";
import { canonical } from "../src/kernel/canonical.ts";
import { readDictionary } from "../src/kernel/cborld/tables.ts";
import { fromText } from "../src/kernel/cborld/text.ts";
import type { JsonValue } from "../src/kernel/json.ts";
import { Refused } from "../src/kernel/refused.ts";

/** The edge of trusted test data. */
function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

const [vectors = "", path = ""] = process.argv.slice(2);
const dictionary = readDictionary(read<JsonValue>(join(vectors, "contexts.json")), read<JsonValue>(join(vectors, "tables.json")));

function outcome(text: string): string {
  try {
    const { documents, presentation } = fromText(text, dictionary);
    return hex(sha256(canonical(presentation ?? [...documents])));
  } catch (fault) {
    if (fault instanceof Refused) return `${fault.code} ${fault.step}`;
    throw fault;
  }
}

console.log(JSON.stringify(read<readonly string[]>(path).map(outcome)));
