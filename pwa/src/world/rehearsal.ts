/**
 * The way from a code to its verdict, walked some times with a pass of nobody while the camera looks for a real one: on a
 * slow phone the first walk takes some twenty times as long as the fifth. Nothing of it is shown or kept.
 */
import { toText } from "../kernel/cborld/text.ts";
import type { JudgedHere } from "../kit/ports.ts";
import { read } from "../kit/reading.ts";
import type { Report } from "../words/report.ts";
import type { Desk } from "./desk.ts";
import nobody from "./nobody.json" with { type: "json" };

/** After so many walks none is quicker than the one before. */
const WALKS = 5;
/** Between two walks the camera's frames have their turn, in milliseconds. */
const REST = 60;

/** Several walks in a row; null where the first finds no list. */
export async function rehearseAll(desk: Pick<Desk, "trusted" | "judge">, show: (judged: JudgedHere) => void): Promise<Report | null> {
  let report = await rehearse(desk, show);
  for (let walk = 1; walk < WALKS && report !== null; walk += 1) {
    await new Promise((done) => setTimeout(done, REST));
    report = await rehearse(desk, show);
  }
  return report;
}

/** Walks the way once; without a list, or after a failure, the next time tries again. It only makes the first verdict come sooner. */
export function once(walk: () => Promise<unknown>): () => Promise<void> {
  let walked = false;
  return async () => {
    if (walked) return;
    walked = true;
    walked = (await walk().catch(() => null)) !== null;
  };
}

/** What nobody says of herself, written with the list's own tables, judged, put into words and shown; null without a list. */
export async function rehearse(desk: Pick<Desk, "trusted" | "judge">, show: (judged: JudgedHere) => void): Promise<Report | null> {
  const { bundle } = await desk.trusted();
  const entry = bundle === null ? undefined : [...bundle.dictionary.entries.keys()].at(-1);
  if (bundle === null || entry === undefined) return null;
  const judged = await desk.judge([toText(nobody, bundle.dictionary, entry)]);
  read({ ...judged, labels: judged.labels["es"] ?? null }, "es");
  show(judged);
  return judged.report;
}
