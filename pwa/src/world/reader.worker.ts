/** The QR reader in its own thread: pictures in, texts out. The WebAssembly comes from our own origin, never from elsewhere. */
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";
import wasmAddress from "zxing-wasm/reader/zxing_reader.wasm?url";

const CAMERA: ReaderOptions = { formats: ["QRCode"], tryHarder: true, tryInvert: false, tryDownscale: true, maxNumberOfSymbols: 1 };
const PHOTO: ReaderOptions = { formats: ["QRCode"], tryHarder: true, tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 9 };

/** Asks the reader for one picture; `id` comes back with the answer. */
export interface ReadRequest {
  readonly id: number;
  readonly picture: ImageData;
  readonly photo: boolean;
}
/** `texts` null: the reader could not be opened. */
export interface ReadAnswer {
  readonly id: number;
  readonly texts: readonly string[] | null;
}

prepareZXingModule({ overrides: { locateFile: (file: string, folder: string) => (file.endsWith(".wasm") ? wasmAddress : folder + file) } });

self.onmessage = async (event: MessageEvent<ReadRequest>) => {
  const { id, picture, photo } = event.data;
  const answer = (texts: readonly string[] | null): void => self.postMessage({ id, texts } satisfies ReadAnswer);
  try {
    const found = await readBarcodes(picture, photo ? PHOTO : CAMERA);
    answer(found.filter((code) => code.isValid).map((code) => code.text));
  } catch {
    answer(null);
  }
};
