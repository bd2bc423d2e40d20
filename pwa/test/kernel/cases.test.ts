/**
 * The shared cases of the verifier (tests/vectors/cases): worlds, texts and whole reports that the Python core gave. This
 * core must give the very same, member by member (TRUST section 16, P3).
 */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { installBundle } from "../../src/kernel/bundle/install.ts";
import type { InstalledBundle } from "../../src/kernel/bundle/installed.ts";
import { fromBase64, utf8 } from "../../src/kernel/bytes.ts";
import { type Equation, nobleEquation, strictEd25519, webEquation } from "../../src/kernel/ed25519.ts";
import { judge } from "../../src/kernel/verify/judge.ts";
import { MemorySeen } from "../../src/kernel/verify/seen.ts";
import type { Report } from "../../src/words/report.ts";
import { readVectors, ROOT } from "../published.ts";

interface Case {
  readonly id: string;
  readonly bundle: string | null;
  readonly now: string;
  readonly floor?: string | null;
  readonly session?: { readonly challenge: string; readonly domain: string | null; readonly issuedAt: string } | null;
  readonly logProofs?: readonly string[];
  readonly texts?: readonly string[];
  readonly json?: string;
  readonly report: Report;
}
type Bundles = Record<string, { readonly container: string; readonly root: string; readonly now?: string }>;

const FOLDER = process.env["PUENTE_CASES"] ?? join(ROOT, "tests", "vectors", "cases");
const EQUATIONS: Record<string, Equation> = { web: webEquation(webcrypto.subtle as SubtleCrypto), noble: nobleEquation };
const MOST = 8 * 1024 * 1024;

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64(text, MOST);
  assert.ok(bytes !== null);
  return bytes;
}

function instant(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text);
}

const bundles = readVectors<Bundles>(FOLDER, "bundles.json");
const files = readdirSync(FOLDER).filter((name) => /^cases.*\.json$/.test(name)).sort();
assert.ok(files.length > 0);

for (const [name, equation] of Object.entries(EQUATIONS)) {
  const crypto = strictEd25519(equation);
  const installed = new Map<string, Promise<InstalledBundle>>();

  const bundleOf = (row: Case): Promise<InstalledBundle> | null => {
    const stated = row.bundle === null ? undefined : bundles[row.bundle];
    if (row.bundle === null || stated === undefined) return null;
    const known = installed.get(row.bundle);
    if (known !== undefined) return known;
    // A bundle is installed when it was made; what a case asks of it may be years later.
    const now = Date.parse(stated.now ?? "2026-11-22T00:30:20Z");
    const made = installBundle(bytesOf(stated.container), { trustedRoot: bytesOf(stated.root), now, former: null, crypto });
    installed.set(row.bundle, made);
    return made;
  };

  for (const file of files) {
    test(`${name}: ${file}, every report as the Python core gives it`, async () => {
      const rows = readVectors<readonly Case[]>(FOLDER, file);
      assert.ok(rows.length > 0);
      for (const row of rows) {
        const raw = row.json === undefined ? (row.texts ?? []) : utf8(row.json);
        const { session = null } = row;
        const report = await judge(raw, {
          bundle: await bundleOf(row),
          now: Date.parse(row.now),
          floor: instant(row.floor),
          session: session === null ? null : { ...session, issuedAt: Date.parse(session.issuedAt) },
          seen: new MemorySeen(),
          crypto,
          logProofs: row.logProofs ?? [],
        });
        assert.deepEqual(JSON.parse(JSON.stringify(report)), row.report, row.id);
      }
    });
  }
}
