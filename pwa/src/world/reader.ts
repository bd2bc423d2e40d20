/**
 * The page's side of the QR reader: a thread for quick looks and one for thorough ones, each opened when first needed. A
 * picture is bounded before it is drawn.
 */
import type { Pixels } from "./reader/picture.ts";
import type { Manner, ReadAnswer, ReadRequest } from "./reader.worker.ts";

const PHOTO_BYTES = 8 * 1024 * 1024; // TRUST 11: a picture with a QR
const PHOTO_PIXELS = 25_000_000;
const PHOTO_SIDE = 2400; // enough for 3 px a module of the largest code we print
/** Of the frames in which nothing is found one in so many gets a thorough look: on a slow phone it takes long. */
const TURN = 3;

type Texts = readonly string[];

export class Reader {
  readonly #quick: Thread;
  readonly #patient: Thread;

  constructor(start: () => Worker) {
    this.#quick = new Thread(start);
    this.#patient = new Thread(start);
  }

  /** Opens the worker and its WebAssembly ahead of need. */
  warm(): void {
    void this.#quick.ask({ width: 8, height: 8, data: new Uint8Array(64) }, "quick").catch(() => undefined);
  }

  /**
   * Reads a camera's frames, whose bytes are given away, one after the other. A thorough look goes on beside the quick ones,
   * so that a clear code which comes into the picture never waits for it; what it finds comes with a later frame.
   * Rejects when the reader cannot be opened.
   */
  frames(): (picture: Pixels) => Promise<Texts> {
    let empty = 0;
    let found: Texts = [];
    return async (picture) => {
      const kept = (empty + 1) % TURN === 0 && !this.#patient.busy ? { ...picture, data: picture.data.slice() } : null;
      const quick = await this.#quick.ask(picture, "quick");
      const texts = quick.length > 0 ? quick : found;
      found = [];
      empty = texts.length > 0 ? 0 : empty + 1;
      if (kept !== null && texts.length === 0) void this.#patient.ask(kept, "thorough").then((read) => { found = read; }, () => undefined);
      return texts;
    };
  }

  /** All QR texts of a photo; a file that is no picture has none, one over the bounds is a RangeError. */
  async photo(file: Blob): Promise<Texts> {
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
    return this.#quick.ask({ width, height, data: brush.getImageData(0, 0, width, height).data }, "photo");
  }
}

/** One worker; one that fails is opened anew at the next question. */
class Thread {
  readonly #start: () => Worker;
  readonly #waiting = new Map<number, (texts: Texts | null) => void>();
  #worker: Worker | null = null;
  #next = 0;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  get busy(): boolean {
    return this.#waiting.size > 0;
  }

  ask(picture: Pixels, manner: Manner): Promise<Texts> {
    const worker = (this.#worker ??= this.#open());
    const id = this.#next++;
    return new Promise((done, failed) => {
      this.#waiting.set(id, (texts) => (texts === null ? failed(new Error("the reader cannot be opened")) : done(texts)));
      worker.postMessage({ id, picture, manner } satisfies ReadRequest, [picture.data.buffer]);
    });
  }

  #open(): Worker {
    const worker = this.#start();
    worker.onmessage = (event: MessageEvent<ReadAnswer>) => {
      const { id, texts } = event.data;
      const tell = this.#waiting.get(id);
      this.#waiting.delete(id);
      tell?.(texts);
    };
    worker.onerror = () => {
      const waiting = [...this.#waiting.values()];
      this.#waiting.clear();
      this.#worker = null;
      worker.terminate();
      for (const tell of waiting) tell(null);
    };
    return worker;
  }
}
