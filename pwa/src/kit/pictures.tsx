/** The large pictures of the mode without lists: to show, what one knows, to receive, to hear. Hidden from readers; a word stands beside each. */
import type { VNode } from "preact";

const PICTURES = {
  show: "M36 8h24a6 6 0 0 1 6 6v58a6 6 0 0 1-6 6H36a6 6 0 0 1-6-6V14a6 6 0 0 1 6-6zM39 20h8v8h-8zM51 20h6v6h-6zM39 34h6v6h-6zM50 33h8v8h-8zM10 60c4 10 10 18 20 26M86 60c-4 10-10 18-20 26",
  know: "M12 52h72c0 16-14 28-36 28S12 68 12 52zM34 40c-4-6 4-10 0-18M52 40c-4-6 4-10 0-18M38 64l8 8 14-15",
  receive: "M21 14h38a5 5 0 0 1 5 5v56a5 5 0 0 1-5 5H21a5 5 0 0 1-5-5V19a5 5 0 0 1 5-5zM26 28h28M26 40h28M26 52h14M70 54v28M56 68h28",
  hear: "M14 38v20h14l18 16V22L28 38zM58 36a16 16 0 0 1 0 24M68 26a30 30 0 0 1 0 44",
} as const;
export type PictureName = keyof typeof PICTURES;

export function Picture({ name }: { name: PictureName }): VNode {
  return <svg class="picture" viewBox="0 0 96 96" aria-hidden="true"><path d={PICTURES[name]} /></svg>;
}
