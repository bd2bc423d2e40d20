/**
 * The newest list over HTTP: of the files that are served, those alone that this device lacks (TUF 1.0.31 section 5.3 to 5.7).
 * Every phone asks for the same: the next root, the timestamp, what changed since; never for one place of a list. Nothing is
 * believed here: what was brought goes through the kernel's install.
 */
import { CONTAINER_FILES, TUF_TARGETS } from "../kernel/bounds.ts";
import type { Files } from "../kernel/bundle/chain.ts";
import { unpack } from "../kernel/bundle/container.ts";
import { sameBytes } from "../kernel/bytes.ts";
import { needed, readLayout, wanted } from "../kernel/bundle/layout.ts";
import { Refused } from "../kernel/refused.ts";
import { bytesOf, CONTAINER_LIMIT, partOf, ROOT_LIMIT } from "./fetch.ts";

const BUNDLE = "/bundle/";
const CONTAINER = "bundle.puente";
const ROOT = "root.json";
const TIMESTAMP = "metadata/timestamp.json";
const ROOTS = 64;

/** The first root, which this device pins. */
export function firstRoot(): Promise<Uint8Array> {
  return bytesOf(BUNDLE + ROOT, ROOT_LIMIT);
}

/** The whole list in one file. */
export async function wholeList(): Promise<Files> {
  return unpack(await bytesOf(BUNDLE + CONTAINER, CONTAINER_LIMIT));
}

/**
 * The files of the newest list, `held` among them; the very `held` when nothing is newer; null when a part is not served
 * alone. `rootVersion` is that of the root that is trusted now.
 */
export async function newerParts(held: Files, rootVersion: number): Promise<Files | null> {
  const roots = await rootsAfter(rootVersion);
  const timestamp = await partOf(BUNDLE + TIMESTAMP, TUF_TARGETS.bytes);
  if (timestamp === null) return null;
  if (roots.size === 0 && sameBytes(timestamp, held.get(TIMESTAMP) ?? new Uint8Array())) return held;
  const found = new Map([...held, ...roots, [TIMESTAMP, timestamp] as const]);
  let asked = 0;
  for (let paths = wanted(found); paths.length > 0; paths = wanted(found)) {
    asked += paths.length;
    if (asked > CONTAINER_FILES) throw new Refused("bundle_refused", "a list of more files than its bound");
    const parts = await Promise.all(paths.map(async (path) => [path, await partOf(BUNDLE + path, CONTAINER_LIMIT)] as const));
    for (const [path, raw] of parts) {
      if (raw === null) return null;
      found.set(path, raw);
    }
  }
  return needed(found, readLayout(found));
}

/**
 * Roots that came after the trusted one, as far as they go (5.3.3). The chain's end is a 404, which a browser writes into its
 * console at each look: every TUF client stops at it, and takes an empty answer in its place for a damaged root.
 */
async function rootsAfter(version: number): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (let next = version + 1; next <= version + ROOTS; next += 1) {
    const path = `metadata/${next}.root.json`;
    const raw = await partOf(BUNDLE + path, ROOT_LIMIT);
    if (raw === null) return found;
    found.set(path, raw);
  }
  return found;
}
