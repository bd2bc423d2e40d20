/** Writes src/words/codes.ts from the server's table, schemas/codes.py: `node --import tsx tools/codes.ts`. A test compares them. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TABLE = fileURLToPath(new URL("../../schemas/codes.py", import.meta.url));
const TARGET = fileURLToPath(new URL("../src/words/codes.ts", import.meta.url));

interface Stated {
  readonly name: string;
  readonly kind: string;
  readonly steps: readonly string[];
}

/** Every row of the table: the wallet meets the API's problems too. */
export function readCodes(): Stated[] {
  const rows = [...readFileSync(TABLE, "utf8").matchAll(/^ {4}_c\(\s*"(\w+)",\s*"(\w+)",([\s\S]*?)\),$/gm)];
  return rows.map(([, name = "", kind = "", rest = ""]) => ({ name, kind, steps: [...rest.matchAll(/"(V\d+)"/g)].map(([, step = ""]) => step) }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = readCodes().map(({ name, kind, steps }) => `  ${name}: { kind: "${kind}", steps: [${steps.map((step) => `"${step}"`).join(", ")}] },`);
  const text = readFileSync(TARGET, "utf8");
  writeFileSync(TARGET, text.replace(/(export const CODES = \{\n)[\s\S]*?(\n\} as const)/, (_all, head: string, tail: string) => head + rows.join("\n") + tail));
}
