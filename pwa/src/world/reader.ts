/** The page's side of the QR reader: one worker, opened when first needed; a picture is bounded before it is drawn. */
import type { Pixels } from "./reader/picture.ts";
import type { ReadAnswer, ReadRequest } from "./reader.worker.ts";

const PHOTO_BYTES = 8 * 1024 * 1024; // TRUST 11: a picture with a QR
const PHOTO_PIXELS = 25_000_000;
const PHOTO_SIDE = 2400; // enough for 3 px a module of the largest code we print

export class Reader {
  readonly #start: () => Worker;
  readonly #waiting = new Map<number, (texts: readonly string[] | null) => void>();
  #worker: Worker | null = null;
  #next = 0;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  /** Opens the worker and its WebAssembly ahead of need. */
  warm(): void {
    void this.#ask({ width: 8, height: 8, data: new Uint8Array(64) }, false).catch(() => undefined);
  }

  /** All QR texts of a camera frame, whose bytes are given away. Rejects when the reader cannot be opened. */
  frame(picture: Pixels): Promise<readonly string[]> {
    return this.#ask(picture, false);
  }

  /** All QR texts of a photo; a file that is no picture has none, one over the bounds is a RangeError. */
  async photo(file: Blob): Promise<readonly string[]> {
    if (file.size > PHOTO_BYTES) throw new RangeError("too many bytes");
    const bitmap = await createImageBitmap(file).catch(() => null);
    if (bitmap === null) return [];
    if (bitmap.width * bitmap.height > PHOTO_PIXELS) throw new RangeError("too many pixels");
    const scale = Math.min(1, PHOTO_SIDE / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const canvas = new OffscreenCanvas(width, height);
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    if (brush === null) return [];
    brush.fillStyle = "#fff"; // a transparent picture is read on white
    brush.fillRect(0, 0, width, height);
    brush.imageSmoothingQuality = "high";
    brush.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    return this.#ask({ width, height, data: brush.getImageData(0, 0, width, height).data }, true);
  }

  #ask(picture: Pixels, photo: boolean): Promise<readonly string[]> {
    const worker = (this.#worker ??= this.#open());
    const id = this.#next++;
    return new Promise((done, failed) => {
      this.#waiting.set(id, (texts) => (texts === null ? failed(new Error("the reader cannot be opened")) : done(texts)));
      worker.postMessage({ id, picture, photo } satisfies ReadRequest, [picture.data.buffer]);
    });
  }

  #open(): Worker {
    const worker = this.#start();
    worker.onmessage = (event: MessageEvent<ReadAnswer>) => {
      const { id, texts } = event.data;
      this.#waiting.get(id)?.(texts);
      this.#waiting.delete(id);
    };
    worker.onerror = () => {
      for (const tell of this.#waiting.values()) tell(null);
      this.#waiting.clear();
      this.#worker = null;
      worker.terminate();
    };
    return worker;
  }
}
