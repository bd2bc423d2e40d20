/** What lies in the files that she chose, by how they begin and not by their names. Reads them, within a bound; what it means is the view's. */
import { plainUtf8, startsWith, utf8 } from "../../kernel/bytes.ts";
import { beginsAsGzip } from "../../kernel/gunzip.ts";
import { beginsAsPdf } from "../../kit/pdf.ts";

/** What is read of a file before its kind is known; the kernel bounds it again (TRUST section 11). */
const FILE_BYTES = 8 * 1024 * 1024;
const WALLET = utf8("PVW1");

/** Texts of codes; the bytes of one pass; a list (`.puente`); a saved wallet (`.pvw`); a PDF, whose pages are not drawn here; one that is too large to be any of these. */
export type Filed = readonly string[] | Uint8Array | { readonly list: Blob } | "wallet" | "pdf" | "large";

/** Pictures are read for their codes, texts line by line; the first file of another kind stands for all. */
export async function readFiles(files: readonly File[], readPicture: (picture: Blob) => Promise<readonly string[]>): Promise<Filed> {
  const texts: string[] = [];
  for (const file of files) {
    if (file.type.startsWith("image/")) {
      texts.push(...await readPicture(file));
      continue;
    }
    const found = await readFile(file);
    if (!Array.isArray(found)) return found;
    texts.push(...found);
  }
  return [...new Set(texts)];
}

async function readFile(file: Blob): Promise<Filed> {
  if (file.size > FILE_BYTES) return "large";
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (beginsAsGzip(bytes)) return { list: file };
  if (startsWith(bytes, WALLET)) return "wallet";
  if (beginsAsPdf(bytes)) return "pdf";
  const plain = plainUtf8(bytes);
  return plain[0] === 0x56 ? linesOf(new TextDecoder().decode(plain)) : plain; // a QR text begins with V; JSON does not
}

/** Frames come one a line; a line end is no character of a code. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").map((line) => line.replace(/\r$/, "")).filter((line) => line !== "");
}
