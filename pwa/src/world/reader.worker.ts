/** The QR reader in its own thread: pictures in, texts out. The WebAssembly comes from our own origin, never from elsewhere. */
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasmAddress from "zxing-wasm/reader/zxing_reader.wasm?url";
import { type Read, readFrame, readPhoto } from "./reader/look.ts";
import type { Pixels } from "./reader/picture.ts";

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

self.onmessage = async (event: MessageEvent<ReadRequest>) => {
  const { id, picture, photo } = event.data;
  const answer = (texts: readonly string[] | null): void => self.postMessage({ id, texts } satisfies ReadAnswer);
  try {
    answer(await (photo ? readPhoto : readFrame)(picture, read));
  } catch {
    answer(null);
  }
};
