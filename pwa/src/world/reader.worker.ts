/** The QR reader in its own thread: pictures in, texts out. The WebAssembly comes from our own origin, never from elsewhere. */
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasmAddress from "zxing-wasm/reader/zxing_reader.wasm?url";
import { quickLook, type Read, readPhoto, rehearsedLook, thoroughLook } from "./reader/look.ts";
import type { Pixels } from "./reader/picture.ts";

const MANNERS = { rehearsed: rehearsedLook, quick: quickLook, thorough: thoroughLook, photo: readPhoto } as const;
/** How to look: at a frame quickly or thoroughly, at a photo, which may hold several codes, or at nothing that was sent, to be ready. */
export type Manner = keyof typeof MANNERS;

/** Asks the reader for one picture; `id` comes back with the answer. */
export interface ReadRequest {
  readonly id: number;
  readonly picture: Pixels;
  readonly manner: Manner;
}
/** `texts` null: the reader could not be opened. */
export interface ReadAnswer {
  readonly id: number;
  readonly texts: readonly string[] | null;
}

prepareZXingModule({ overrides: { locateFile: (file: string, folder: string) => (file.endsWith(".wasm") ? wasmAddress : folder + file) } });

const read: Read = async (file, options) => (await readBarcodes(file, options)).filter((code) => code.isValid).map((code) => code.text);

self.onmessage = async (event: MessageEvent<ReadRequest>) => {
  const { id, picture, manner } = event.data;
  const answer = (texts: readonly string[] | null): void => self.postMessage({ id, texts } satisfies ReadAnswer);
  try {
    answer(await MANNERS[manner](picture, read));
  } catch {
    answer(null);
  }
};
