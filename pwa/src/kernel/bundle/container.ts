/**
 * The bundle in one file, `*.puente`: gzip of one deterministic CBOR map {path: bytes}. It has no trust of its own.
 * A reader for just this shape, since the limits of cbor.ts are those of a QR.
 */
import { CONTAINER_FILES, CONTAINER_INFLATED, CONTAINER_PACKED, CONTAINER_PATH } from "../bounds.ts";
import { hex } from "../bytes.ts";
import { writeCbor } from "../cbor.ts";
import { beginsAsGzip, firstInside, gunzip, gzip } from "../gunzip.ts";
import { Refused } from "../refused.ts";
import type { Files } from "./chain.ts";
import { refused } from "./olpc.ts";

const BYTES = 2;
const TEXT = 3;
const MAP = 5;
const LEAST = [24, 2 ** 8, 2 ** 16];

/** Files by path -> the container's bytes. */
export function pack(files: Files): Promise<Uint8Array> {
  return gzip(writeCbor(new Map(files)));
}

/** The files of a container; `bundle_refused` beyond 4 MiB packed, 24 MiB inflated or 512 files, or malformed. */
export async function unpack(container: Uint8Array): Promise<Files> {
  if (container.length > CONTAINER_PACKED) throw refused("the container is larger than its bound");
  try {
    return new MapReader(await gunzip(container, CONTAINER_INFLATED)).files();
  } catch (fault) {
    if (!(fault instanceof Refused) || fault.code === "bundle_refused") throw fault;
    throw refused(fault.code === "limits_exceeded" ? "the container inflates beyond its bound" : "the container is not gzip");
  }
}

/** How much of a file tells whether it may be a container. */
export const CONTAINER_START = 1 << 16;

/** Whether a file that begins so may be a container: some other archive is none, and one of ours that was cut is. */
export async function beginsAsContainer(start: Uint8Array): Promise<boolean> {
  if (!beginsAsGzip(start)) return false;
  const first = await firstInside(start);
  return first === null || first >> 5 === MAP;
}

class MapReader {
  private at = 0;
  private readonly body: Uint8Array;

  constructor(body: Uint8Array) {
    this.body = body;
  }

  files(): Files {
    const count = this.count(MAP);
    if (count > CONTAINER_FILES) throw refused("the container has too many files");
    const found = new Map<string, Uint8Array>();
    let former = "";
    for (let file = 0; file < count; file += 1) {
      const start = this.at;
      const path = plain(this.take(this.count(TEXT)));
      const key = hex(this.body.subarray(start, this.at));
      if (key <= former) throw refused("the container's paths are not in order, or one stands twice");
      former = key;
      found.set(path, this.take(this.count(BYTES)));
    }
    if (this.at !== this.body.length) throw refused("the container goes on after its map");
    return found;
  }

  private take(size: number): Uint8Array {
    if (size > this.body.length - this.at) throw refused("the container is cut short");
    this.at += size;
    return this.body.subarray(this.at - size, this.at);
  }

  private count(major: number): number {
    const first = this.take(1)[0] ?? 0;
    const small = first & 31;
    if (first >> 5 !== major || small > 26) throw refused("the container is not a map of text to bytes");
    if (small < 24) return small;
    const count = this.take(2 ** (small - 24)).reduce((value, byte) => value * 256 + byte, 0);
    if (count < (LEAST[small - 24] ?? 0)) throw refused("the container is not deterministic CBOR");
    return count;
  }
}

/** A path below `metadata/` or `targets/`, of plain characters, that no file system can read otherwise. */
function plain(path: Uint8Array): string {
  const text = path.length > CONTAINER_PATH ? "" : String.fromCharCode(...path);
  const odd = text.split("/").some((part) => part === "" || part.startsWith("."));
  if (odd || !/^(?:metadata|targets)(?:\/[A-Za-z0-9._-]+)*$/.test(text)) {
    throw refused("the container has a path that is not plain");
  }
  return text;
}
