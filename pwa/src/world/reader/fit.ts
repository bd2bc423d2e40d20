/**
 * A code's grid laid over the picture: its version, and the perspective under which its fixed patterns (finders, timing,
 * alignment; ISO/IEC 18004 section 5.3) match best. The data modules are not looked at here.
 */
import { type Fixed, fixedOf } from "../../kernel/symbol/fixed.ts";
import type { Corners } from "./find.ts";
import { between, type Grey, type Point } from "./picture.ts";

/** From modules (0, 0 = the symbol's upper left corner) to pixels. */
export interface Grid {
  readonly version: number;
  readonly size: number;
  readonly at: (x: number, y: number) => Point;
  readonly pitch: number;
  /** How well the fixed patterns match: 1 and more in a clear picture, about 0 by chance. */
  readonly score: number;
}

/** Three numbers a module: where its middle lies between the finders' middles (0 to 1), and its sign. */
type Table = Float64Array;
/** Middles of the finders (corner, right, below) as x and y, then how depth grows to the right and downward. */
type Pose = readonly [number, number, number, number, number, number, number, number];

const LEAST = 0.4; // what is no code matches to 0.2, by chance to 0.5; a code that can still be read, to 0.5 and more
const LIKELY = 0.4; // the same of two timing patterns together
const DEPTHS = Array.from({ length: 17 }, (_, n) => (n - 8) * 0.04);
/** The best grid for three finders; null where the fixed patterns match none. */
export function fitGrid(grey: Grey, { corner, right, below, pitch }: Corners): Grid | null {
  const far = (Math.hypot(right.x - corner.x, right.y - corner.y) + Math.hypot(below.x - corner.x, below.y - corner.y)) / 2;
  const middles = [corner.x, corner.y, right.x, right.y, below.x, below.y] as const;
  const [least, most] = [0.8, 1.25].map((part) => Math.round(((far / pitch) * part - 10) / 4)) as [number, number];
  const rough: { pose: Pose; version: number; score: number }[] = [];
  for (let version = Math.max(2, least); version <= Math.min(40, most); version += 1) {
    const across = timed(grey, timingOf(version, true), (depth) => [...middles, depth, 0]);
    const along = timed(grey, timingOf(version, false), (depth) => [...middles, 0, depth]);
    rough.push({ version, score: across.score + along.score, pose: [...middles, across.depth, along.depth] });
  }
  rough.sort((one, other) => other.score - one.score);
  let best: { pose: Pose; version: number; score: number } | null = null;
  for (const { pose, version, score } of rough.slice(0, 2)) {
    if (score < LIKELY) break;
    const refined = refine(grey, version, pose, pitch);
    if (best === null || refined.score > best.score) best = { ...refined, version };
  }
  if (best === null || best.score < LEAST) return null;
  const { pose } = best;
  const size = 17 + 4 * best.version;
  return { version: best.version, size, pitch: far / (size - 7), score: best.score, at: (x, y) => placed(pose, (x - 3.5) / (size - 7), (y - 3.5) / (size - 7)) };
}

/** How depth grows along one side, by its timing pattern. */
function timed(grey: Grey, timing: Table, pose: (depth: number) => Pose): { depth: number; score: number } {
  const tried = DEPTHS.map((depth) => ({ depth, score: match(grey, timing, pose(depth)) }));
  return tried.reduce((one, other) => (other.score > one.score ? other : one));
}

/** The modules between two finders, which change colour at each step. */
function timingOf(version: number, isAcross: boolean): Table {
  const size = 17 + 4 * version;
  const side = Array.from({ length: size - 16 }, (_, n) => ({ along: n + 8, sign: n % 2 === 0 ? 1 : -1 }));
  return tableOf(side.map(({ along, sign }) => (isAcross ? { x: along, y: 6, sign } : { x: 6, y: along, sign })), size);
}

/** Moves one number of the pose after another, in ever smaller steps, as long as the match grows. */
function refine(grey: Grey, version: number, start: Pose, pitch: number): { pose: Pose; score: number } {
  const size = 17 + 4 * version;
  const table = tableOf(fixedOf(version), size);
  let pose = start;
  let score = match(grey, table, pose);
  for (const part of [0.5, 0.25, 0.12, 0.06]) {
    for (let turn = 0; turn < 4; turn += 1) {
      const before = score;
      for (let place = 0; place < 8; place += 1) {
        for (const way of [part, -part]) {
          const moved = pose.with(place, pose[place]! + way * (place < 6 ? pitch : 4 / size)) as unknown as Pose;
          const found = match(grey, table, moved);
          if (found > score) [pose, score] = [moved, found];
        }
      }
      if (score === before) break;
    }
  }
  return { pose, score };
}

/** A place between the finders' middles (0 to 1 each way) under a pose, in pixels. */
function placed(pose: Pose, right: number, down: number): Point {
  const toRight = (1 + pose[6]) * right;
  const toBelow = (1 + pose[7]) * down;
  const rest = 1 - right - down;
  const depth = rest + toRight + toBelow;
  return { x: (pose[0] * rest + pose[2] * toRight + pose[4] * toBelow) / depth, y: (pose[1] * rest + pose[3] * toRight + pose[5] * toBelow) / depth };
}

function tableOf(fixed: readonly Fixed[], size: number): Table {
  return Float64Array.from(fixed.flatMap(({ x, y, sign }) => [(x - 3) / (size - 7), (y - 3) / (size - 7), sign]));
}

/** How well the picture has each module's colour at its place. */
function match(grey: Grey, table: Table, pose: Pose): number {
  let sum = 0;
  for (let n = 0; n < table.length; n += 3) {
    const place = placed(pose, table[n]!, table[n + 1]!);
    sum -= table[n + 2]! * Math.min(1.5, Math.max(-1.5, between(grey, place.x, place.y)));
  }
  return (3 * sum) / table.length;
}
