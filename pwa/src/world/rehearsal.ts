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

/**
 * Walks once at each call, one walk at a time, until it was walked often enough; one that finds no list or fails is none.
 * It is called where nothing was found, so that no walk stands in the way of a real code.
 */
export function walks(walk: () => Promise<Report | null>): () => Promise<void> {
  let left = WALKS;
  let walking = false;
  return async () => {
    if (walking || left === 0) return;
    walking = true;
    if ((await walk().catch(() => null)) !== null) left -= 1;
    walking = false;
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
