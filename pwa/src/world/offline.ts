/** The page's side of the service worker: registers it, tells of a new version, loads it when the user asks. */
import type { PageUpdate } from "../kit/ports.ts";

export interface PageVersion {
  readonly version: string;
  readonly files: number;
}

/** How often the waiting version is asked again to take over, in milliseconds. */
const AGAIN = 1000;

export class OfflinePage {
  /** What served this page as it came. */
  readonly #served = navigator.serviceWorker?.controller ?? null;
  #registration: ServiceWorkerRegistration | null = null;
  #update: PageUpdate = "none";
  #isLoading = false;
  #listeners: ((update: PageUpdate) => void)[] = [];

  /** The page came from this device, not over the network. */
  get isServed(): boolean {
    return this.#served !== null;
  }

  /** Registers the worker; a browser without one goes on as a page that needs its server. */
  async register(address: string): Promise<void> {
    const { serviceWorker } = navigator;
    if (serviceWorker === undefined) return;
    serviceWorker.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (event.data === "refused") this.#tell("refused");
    });
    // Another tab may let a new version in while this page still is the old one; the first worker of all is not new to it.
    if (this.#served !== null) serviceWorker.addEventListener("controllerchange", () => this.#tell("ready"));
    const registration = await serviceWorker.register(address, { updateViaCache: "none" });
    this.#registration = registration;
    if (registration.waiting !== null || (this.#served !== null && serviceWorker.controller !== this.#served)) this.#tell("ready");
    registration.addEventListener("updatefound", () => {
      const coming = registration.installing;
      coming?.addEventListener("statechange", () => {
        if (coming.state === "installed" && serviceWorker.controller !== null) this.#tell("ready");
      });
    });
  }

  onUpdate(changed: (update: PageUpdate) => void): void {
    this.#listeners.push(changed);
    changed(this.#update);
  }

  /**
   * The user's reload: the new version takes over, then the page comes again; at once where another tab has let it in
   * already. It is asked until it did: a browser may miss the one moment at which the old worker had nothing to do.
   */
  load(): void {
    const registration = this.#registration;
    if (registration === null || registration.waiting === null) return location.reload();
    if (this.#isLoading) return;
    this.#isLoading = true;
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    const ask = (): void => registration.waiting?.postMessage("load"); // a yet newer one may wait by then
    ask();
    setInterval(ask, AGAIN);
  }

  /** The stored version, asked of the worker that serves this page. */
  version(): Promise<PageVersion | null> {
    const worker = navigator.serviceWorker?.controller ?? null;
    if (worker === null) return Promise.resolve(null);
    return new Promise((done) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = (event: MessageEvent<PageVersion>) => done(event.data);
      worker.postMessage("version", [channel.port2]);
      setTimeout(() => done(null), 1000);
    });
  }

  #tell(update: PageUpdate): void {
    this.#update = update;
    for (const listener of this.#listeners) listener(update);
  }
}
