/**
 * Frames `VF1-`: one long text as some short ones, in any order (FORMAT section 9). The set id only keeps sets apart;
 * that the text is true is the signature's to say.
 */
import { base45 } from "./base45.ts";
import { FRAME_CHARS, FRAME_LIFE, FRAME_SETS, FRAMES, QR_TEXT } from "./bounds.ts";
import { sha256, utf8 } from "./bytes.ts";
import { Refused } from "./refused.ts";
import { FRAME_PREFIX } from "../words/terms.ts";

/** Characters of a chunk that we write, so that a frame is at most 366 = version 11 at M. */
const CHUNK = 354;
const SHAPE = /^VF1-([0-9A-Z $%*+\-./:]{6})([1-9])([2-9])([0-9A-Z $%*+\-./:]+)$/;

interface Frame {
  readonly set: string;
  readonly index: number;
  readonly total: number;
  readonly chunk: string;
}

/** The frames of a text, at most nine. Refuses `too_large_for_qr`; a text of one chunk has two frames all the same. */
export function framesOf(text: string): string[] {
  const total = Math.max(2, Math.ceil(text.length / CHUNK));
  if (total > FRAMES) throw new Refused("too_large_for_qr", "more than nine frames");
  const chunk = Math.ceil(text.length / total);
  const head = FRAME_PREFIX + setOf(text);
  return Array.from({ length: total }, (_, place) => `${head}${place + 1}${total}${text.slice(place * chunk, (place + 1) * chunk)}`);
}

/** The text of one set's frames, in any order. Refuses `frames_incomplete`, `frames_mismatch`, `limits_exceeded`. */
export function joinFrames(texts: readonly string[]): string {
  const distinct = [...new Set(texts)];
  if (distinct.length > FRAMES) throw new Refused("frames_mismatch", "more than nine frames");
  const chunks = new Map<number, string>();
  const [first, ...rest] = distinct.map(readFrame);
  if (first === undefined) throw new Refused("frames_incomplete", "no frame");
  for (const frame of [first, ...rest]) {
    const known = chunks.get(frame.index);
    if (frame.set !== first.set || frame.total !== first.total || (known !== undefined && known !== frame.chunk)) {
      throw new Refused("frames_mismatch", "frames that do not belong together");
    }
    chunks.set(frame.index, frame.chunk);
  }
  if (chunks.size < first.total) throw new Refused("frames_incomplete", "a frame is missing");
  return whole(first, chunks);
}

function whole(first: Frame, chunks: ReadonlyMap<number, string>): string {
  const text = Array.from({ length: first.total }, (_, place) => chunks.get(place + 1) ?? "").join("");
  if (text.length > QR_TEXT) throw new Refused("limits_exceeded", "the joined text is too long");
  if (setOf(text) !== first.set || text.startsWith(FRAME_PREFIX)) {
    throw new Refused("frames_mismatch", "the joined text has another hash");
  }
  return text;
}

function readFrame(text: string): Frame {
  const [, set = "", index = "", total = "", chunk = ""] = (text.length > FRAME_CHARS ? null : SHAPE.exec(text)) ?? [];
  if (chunk === "" || Number(index) > Number(total)) throw new Refused("frames_mismatch", "not a frame");
  return { set, index: Number(index), total: Number(total), chunk };
}

function setOf(text: string): string {
  return base45(sha256(utf8(text)).subarray(0, 4));
}

interface OpenSet {
  readonly total: number;
  readonly chunks: Map<number, string>;
  readonly opened: number;
}

/** Frames as a camera gives them: some open sets at once, each for 60 s. Time comes in; nothing is kept elsewhere. */
export class FrameCollector {
  private readonly sets = new Map<string, OpenSet>();

  /** How much of the newest set is there, for a sign of progress; null before the first frame. */
  progress(): { readonly seen: number; readonly total: number } | null {
    const newest = [...this.sets.values()].at(-1);
    return newest === undefined ? null : { seen: newest.chunks.size, total: newest.total };
  }

  /** Takes a frame at `now` (seconds); gives all texts of its set once the last one is there, else null. */
  take(text: string, now: number): string[] | null {
    const frame = readFrame(text);
    for (const [name, set] of this.sets) if (now - set.opened > FRAME_LIFE) this.sets.delete(name);
    const open = this.sets.get(frame.set) ?? { total: frame.total, chunks: new Map<number, string>(), opened: now };
    const known = open.chunks.get(frame.index);
    if (open.total !== frame.total || (known !== undefined && known !== text)) {
      throw new Refused("frames_mismatch", "a frame that differs from the one before");
    }
    open.chunks.set(frame.index, text);
    this.sets.delete(frame.set);
    this.sets.set(frame.set, open);
    while (this.sets.size > FRAME_SETS) this.sets.delete([...this.sets.keys()][0] ?? "");
    if (open.chunks.size < open.total) return null;
    this.sets.delete(frame.set);
    return [...open.chunks.values()];
  }
}
