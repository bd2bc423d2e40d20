/** Writes src/words/codes.ts from the server's tables, schemas/codes.py, problem_codes.py and file_codes.py: `node --import tsx tools/codes.ts`. A test compares them. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const REASONS = fileURLToPath(new URL("../../schemas/codes.py", import.meta.url));
const PROBLEMS = fileURLToPath(new URL("../../schemas/problem_codes.py", import.meta.url));
const FILES = fileURLToPath(new URL("../../schemas/file_codes.py", import.meta.url));
const TARGET = fileURLToPath(new URL("../src/words/codes.ts", import.meta.url));

interface Stated {
  readonly name: string;
  readonly kind: string;
  readonly steps: readonly string[];
}

/** Every row of all: the wallet meets the API's problems too. */
export function readCodes(): Stated[] {
  const reasons = [...readFileSync(REASONS, "utf8").matchAll(/^ {4}_c\(\s*"(\w+)",\s*"(\w+)",([\s\S]*?)\),$/gm)];
  const problems = [PROBLEMS, FILES].flatMap((table) => [...readFileSync(table, "utf8").matchAll(/^ {4}\("(\w+)",/gm)]);
  return [
    ...reasons.map(([, name = "", kind = "", rest = ""]) => ({ name, kind, steps: [...rest.matchAll(/"(V\d+)"/g)].map(([, step = ""]) => step) })),
    ...problems.map(([, name = ""]) => ({ name, kind: "request", steps: [] })),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = readCodes().map(({ name, kind, steps }) => `  ${name}: { kind: "${kind}", steps: [${steps.map((step) => `"${step}"`).join(", ")}] },`);
  const text = readFileSync(TARGET, "utf8");
  writeFileSync(TARGET, text.replace(/(export const CODES = \{\n)[\s\S]*?(\n\} as const)/, (_all, head: string, tail: string) => head + rows.join("\n") + tail));
}
