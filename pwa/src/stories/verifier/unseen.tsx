/** A verdict drawn where nobody sees it, so that the first that counts is drawn by code that ran before. Nothing of it stays. */
import { render } from "preact";
import type { JudgedHere } from "../../kit/ports.ts";
import { inLanguage } from "./page.ts";
import { VerdictView } from "./verdict.tsx";

const nothing = (): void => undefined;
const ACTIONS = { back: nothing, another: nothing, camera: nothing, refresh: nothing, ask: nothing, receipt: nothing, hiring: nothing, again: null };

/** It is gone before anything of it takes the focus or moves the page. */
export function drawUnseen(judged: JudgedHere): void {
  const place = document.createElement("div");
  render(<VerdictView judged={inLanguage(judged, "es")} actions={ACTIONS} />, place);
  render(null, place);
}
