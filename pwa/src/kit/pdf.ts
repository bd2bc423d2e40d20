/** How a PDF begins, so that a page can say what it was given. Its pages are not drawn here. */
import { startsWith, utf8 } from "../kernel/bytes.ts";

const PDF = utf8("%PDF-");

export function beginsAsPdf(bytes: Uint8Array): boolean {
  return startsWith(bytes, PDF);
}

/** Whether a chosen file is a PDF, by its first bytes and not by its name. */
export async function isPdf(file: Blob): Promise<boolean> {
  return beginsAsPdf(new Uint8Array(await file.slice(0, PDF.length).arrayBuffer()));
}
