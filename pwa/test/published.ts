/**
 * Where vector sets are read in place: those that others published (`PUENTE_VECTORS`) are never copied in, ours
 * (`PUENTE_FORMAT_VECTORS`) stand in tests/vectors/format. In CI an absence fails; elsewhere the run names what is absent.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const FORMAT = process.env["PUENTE_FORMAT_VECTORS"] ?? join(ROOT, "tests", "vectors", "format");
/** What the Python wallet makes and reads, as cases. */
export const WALLET = join(ROOT, "tests", "vectors", "wallet");
const VECTORS = process.env["PUENTE_VECTORS"] ?? join(ROOT, "..", "shared", "vectors");

/** Any JSON of ours or of a published set; the tests that read it know its shape. */
export function readVectors<T>(folder: string, name: string): T {
  // The edge of trusted test data.
  return JSON.parse(readFileSync(join(folder, name), "utf8")) as T;
}

/** A test over one published file; named as absent where the set is not there, failed in CI. */
export function published<T>(name: string, title: string, run: (vectors: T) => void | Promise<void>): void {
  const path = join(VECTORS, name);
  if (existsSync(path)) {
    test(title, () => run(readVectors<T>(VECTORS, name)));
  } else if (process.env["CI"]) {
    test(title, () => {
      throw new Error(`published vectors are required in CI and absent: ${name} (set PUENTE_VECTORS)`);
    });
  } else {
    test(`${title} [published vectors absent: ${name}; set PUENTE_VECTORS]`, { skip: true }, () => undefined);
  }
}

/** The text of one published file that is no JSON. */
export function publishedText(name: string): string {
  return readFileSync(join(VECTORS, name), "utf8");
}
