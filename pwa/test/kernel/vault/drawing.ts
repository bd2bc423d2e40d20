/** What tests of the vault bring: the seeded randomness of `tests/fakes.py`, argon2 by hash-wasm, the shared cases. */
import { createHash } from "node:crypto";
import { join } from "node:path";

import { argon2id } from "hash-wasm";

import type { Random } from "../../../src/kernel/ports.ts";
import { Refused } from "../../../src/kernel/refused.ts";
import type { Argon2 } from "../../../src/kernel/vault/passphrase.ts";
import { ROOT } from "../../published.ts";

export const CASES = join(ROOT, "tests", "vectors", "vault");

/** The same bytes in every run and in both languages; each call gives new ones. */
export function seeded(seed = "puente"): Random {
  let drawn = 0;
  return (length) => {
    drawn += 1;
    return Uint8Array.from(createHash("shake256", { outputLength: length }).update(`${seed}:${drawn}`).digest());
  };
}

export const argon2: Argon2 = (password, salt, passes, memoryKib) =>
  argon2id({ password, salt, iterations: passes, memorySize: memoryKib, parallelism: 1, hashLength: 32, outputType: "binary" });

/** The code that `work` is refused with, or "accepted". */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return "accepted";
  } catch (fault) {
    if (fault instanceof Refused) return fault.code;
    throw fault;
  }
}
