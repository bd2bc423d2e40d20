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

/** Every row that a report can have. */
export function readCodes(): Stated[] {
  const rows = [...readFileSync(REASONS, "utf8").matchAll(/^ {4}_c\(\s*"(\w+)",\s*"(\w+)",([\s\S]*?)\),$/gm)];
  return rows.map(([, name = "", kind = "", rest = ""]) => ({ name, kind, steps: [...rest.matchAll(/"(V\d+)"/g)].map(([, step = ""]) => step) }));
}

/** The names of the API's problems: the wallet meets them too. */
export function readProblems(): string[] {
  return [PROBLEMS, FILES].flatMap((table) => [...readFileSync(table, "utf8").matchAll(/^ {4}\("(\w+)",/gm)].map(([, name = ""]) => name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = readCodes().map(({ name, kind, steps }) => `  ${name}: { kind: "${kind}", steps: [${steps.map((step) => `"${step}"`).join(", ")}] },`);
  const problems = readProblems().map((name) => `  "${name}",`);
  const put = (text: string, open: string, lines: readonly string[], close: string): string => {
    const from = text.indexOf(open) + open.length;
    return `${text.slice(0, from)}${lines.join("\n")}${text.slice(text.indexOf(close, from))}`;
  };
  const codes = put(readFileSync(TARGET, "utf8"), "export const CODES = {\n", rows, "\n} as const");
  writeFileSync(TARGET, put(codes, "export const PROBLEMS = [\n", problems, "\n] as const"));
}
