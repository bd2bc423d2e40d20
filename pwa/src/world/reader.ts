/**
 * The page's side of the QR reader: a thread for quick looks and one for photos and thorough ones, each opened when first
 * needed. A picture is bounded before it is drawn, and in how long it is looked at.
 */
import type { Pixels } from "./reader/picture.ts";
import type { Manner, ReadAnswer, ReadRequest } from "./reader.worker.ts";

const PHOTO_BYTES = 8 * 1024 * 1024; // TRUST 11: a picture with a QR
const PHOTO_PIXELS = 25_000_000;
const PHOTO_SIDE = 2400; // enough for 3 px a module of the largest code we print
/** TRUST 11 gives a picture 3 s; a cheap phone takes some three times as long for the same. */
const LONGEST_MS = 10_000;
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

  /** Opens the worker and its WebAssembly ahead of need, and lets it read once. */
  warm(): void {
    if (this.#quick.open()) this.#quick.ask(blank(), "rehearsed").catch(() => undefined);
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

  /** All QR texts of a photo; a file that is no picture or takes too long has none, one over the bounds is a RangeError. */
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
    return this.#patient.ask({ width, height, data: brush.getImageData(0, 0, width, height).data }, "photo");
  }
}

/** A picture of nothing. */
function blank(): Pixels {
  return { width: 8, height: 8, data: new Uint8Array(64) };
}

interface Asked {
  readonly picture: Pixels;
  readonly manner: Manner;
  /** null: the reader cannot be opened. */
  readonly tell: (texts: Texts | null) => void;
}

/**
 * One worker, one picture at a time. One that fails is opened anew at the next question, and so is one that a picture
 * holds up: zxing looks for a minute at some that are small.
 */
class Thread {
  readonly #start: () => Worker;
  readonly #waiting: Asked[] = [];
  #worker: Worker | null = null;
  #now: Asked | null = null;
  #id = 0;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  get busy(): boolean {
    return this.#now !== null;
  }

  /** The texts of a picture, whose bytes are given away; none where it takes too long. Rejects when the worker cannot be opened. */
  ask(picture: Pixels, manner: Manner): Promise<Texts> {
    return new Promise((done, failed) => {
      const tell = (texts: Texts | null): void => (texts === null ? failed(new Error("the reader cannot be opened")) : done(texts));
      this.#waiting.push({ picture, manner, tell });
      this.#go();
    });
  }

  /** Opens the worker and its WebAssembly ahead of need; false where it was open. */
  open(): boolean {
    if (this.#worker !== null) return false;
    this.#worker = this.#start();
    this.#worker.onmessage = ({ data }: MessageEvent<ReadAnswer>) => (data.id === this.#id ? this.#answer(data.texts) : undefined);
    this.#worker.onerror = () => this.#fail();
    this.#post({ picture: blank(), manner: "quick", tell: (texts) => (texts === null ? this.#fail() : undefined) });
    return true;
  }

  #go(): void {
    if (this.#now !== null || this.#waiting.length === 0) return;
    if (this.#worker === null) return void this.open();
    this.#post(this.#waiting.shift()!);
    // Not while it opens: its WebAssembly may still be on its way.
    this.#late = setTimeout(() => { this.#close(); this.#answer([]); }, LONGEST_MS);
  }

  #post(asked: Asked): void {
    const { picture, manner } = asked;
    this.#now = asked;
    this.#id += 1;
    this.#worker?.postMessage({ id: this.#id, picture, manner } satisfies ReadRequest, [picture.data.buffer]);
  }

  #answer(texts: Texts | null): void {
    clearTimeout(this.#late);
    const asked = this.#now;
    this.#now = null;
    asked?.tell(texts);
    this.#go();
  }

  #close(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }

  /** Everybody who waits is told; the next question opens another. */
  #fail(): void {
    clearTimeout(this.#late);
    this.#close();
    const told = [...(this.#now === null ? [] : [this.#now]), ...this.#waiting.splice(0)];
    this.#now = null;
    for (const { tell } of told) tell(null);
  }
}
