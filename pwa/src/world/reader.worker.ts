/** The QR reader in its own thread: pictures in, texts out. The WebAssembly comes from our own origin, never from elsewhere. */
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasmAddress from "zxing-wasm/reader/zxing_reader.wasm?url";
import { quickLook, type Read, readFrame, readPhoto } from "./reader/look.ts";
import type { Pixels } from "./reader/picture.ts";

/**
 * Of frames in which the quick look finds nothing every third gets the thorough one too: on a slow phone that takes some
 * fifth of a second, and a clear code that comes into the picture must not wait so long each time.
 */
const TURN = 3;
let empty = 0;

/** Asks the reader for one picture; `id` comes back with the answer. */
export interface ReadRequest {
  readonly id: number;
  readonly picture: Pixels;
  readonly photo: boolean;
}
/** `texts` null: the reader could not be opened. */
export interface ReadAnswer {
  readonly id: number;
  readonly texts: readonly string[] | null;
}

prepareZXingModule({ overrides: { locateFile: (file: string, folder: string) => (file.endsWith(".wasm") ? wasmAddress : folder + file) } });

const read: Read = async (file, options) => (await readBarcodes(file, options)).filter((code) => code.isValid).map((code) => code.text);

async function frame(picture: Pixels): Promise<readonly string[]> {
  const texts = await (empty % TURN === TURN - 1 ? readFrame : quickLook)(picture, read);
  empty = texts.length > 0 ? 0 : empty + 1;
  return texts;
}

self.onmessage = async (event: MessageEvent<ReadRequest>) => {
  const { id, picture, photo } = event.data;
  const answer = (texts: readonly string[] | null): void => self.postMessage({ id, texts } satisfies ReadAnswer);
  try {
    answer(await (photo ? readPhoto(picture, read) : frame(picture)));
  } catch {
    answer(null);
  }
};
