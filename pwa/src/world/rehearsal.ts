/**
 * The way from a code to its verdict, walked once with a pass of nobody while the camera looks for a real one: on a slow
 * phone the first walk takes several times as long as the next. Nothing of it is shown or kept.
 */
import { toText } from "../kernel/cborld/text.ts";
import { read } from "../kit/reading.ts";
import type { Report } from "../words/report.ts";
import type { Desk } from "./desk.ts";
import nobody from "./nobody.json" with { type: "json" };

/** Walks the way once; without a list, or after a failure, the next time tries again. It only makes the first verdict come sooner. */
export function once(walk: () => Promise<unknown>): () => Promise<void> {
  let walked = false;
  return async () => {
    if (walked) return;
    walked = true;
    walked = (await walk().catch(() => null)) !== null;
  };
}

/** What nobody says of herself, written with the list's own tables, judged and put into words; null without a list. */
export async function rehearse(desk: Pick<Desk, "trusted" | "judge">): Promise<Report | null> {
  const { bundle } = await desk.trusted();
  const entry = bundle === null ? undefined : [...bundle.dictionary.entries.keys()].at(-1);
  if (bundle === null || entry === undefined) return null;
  const judged = await desk.judge([toText(nobody, bundle.dictionary, entry)]);
  read({ ...judged, labels: judged.labels["es"] ?? null }, "es");
  return judged.report;
}
