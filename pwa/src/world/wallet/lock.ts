/**
 * When the pocket locks by itself (TRUST section 8): after 60 s without an act; after 30 s in which the page was out of sight
 * (another application in front, the screen off); at once when the page is left or frozen. A clock that slept is looked at
 * again when the page comes back, before anything is drawn.
 */
const IDLE = 60_000;
const HIDDEN = 30_000;

export class AutoLock {
  readonly #lock: () => void;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #acted = 0;
  #hidden: number | null = null;

  constructor(lock: () => void, now: () => number) {
    this.#lock = lock;
    this.#now = now;
    document.addEventListener("visibilitychange", () => this.#seen());
    document.addEventListener("freeze", lock);
    addEventListener("pagehide", lock);
  }

  /** The person is here. */
  touch(): void {
    this.#acted = this.#now();
    this.#look();
  }

  /** Nobody is open any more. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #seen(): void {
    const back = document.visibilityState === "visible";
    if (!back) this.#hidden ??= this.#now();
    if (this.#timer !== null) this.#look();
    if (back) this.#hidden = null;
  }

  /** Locks where the time has come, else waits for the rest of it. A clock set back counts as time gone. */
  #look(): void {
    this.stop();
    const now = this.#now();
    const ends = Math.min(this.#acted + IDLE, (this.#hidden ?? Infinity) + HIDDEN);
    if (now >= ends || now < this.#acted) this.#lock();
    else this.#timer = setTimeout(() => this.#look(), ends - now);
  }
}
