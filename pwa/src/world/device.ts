/** What both pages get from the device, made once: camera, reader, list, languages, voice, and the page's own keeping and renewal. */
import type { DevicePorts, JudgedHere, PageName } from "../kit/ports.ts";
import type { Language } from "../words/report.ts";
import { openCamera } from "./camera.ts";
import { collector, type Desk } from "./desk.ts";
import { languagesOf } from "./languages.ts";
import { OfflinePage } from "./offline.ts";
import { scriptAddresses } from "./policy.ts";
import { Reader } from "./reader.ts";
import readerAddress from "./reader.worker.ts?worker&url";
import { rehearse, walks } from "./rehearsal.ts";
import { speaker } from "./speech.ts";
import type { Store } from "./store.ts";

/** Lists come out every six hours; a page that stays open looks twice in that time. */
const RENEW_MS = 3 * 3_600_000;

export interface Device {
  readonly ports: DevicePorts;
  /** Starts a worker of ours, by an address that was named when the device was made. */
  readonly startWorker: (address: string) => Worker;
  readonly firstLanguage: () => Promise<Language>;
  /** Opens the QR reader ahead of need, on a phone that has the page already: a first visit has its network for the page. */
  readonly warm: () => void;
  /** After the first view stands: keeps the page for use without network and renews the list. */
  readonly begin: () => Promise<void>;
}

/** What a page has of its own. */
interface Own {
  /** The addresses of its workers beside the reader's. */
  readonly workers?: readonly string[];
  /** Draws what was judged where nobody sees it, to be quick when it counts. */
  readonly show?: (judged: JudgedHere) => void;
}

export function deviceOf(page: PageName, store: Store, desk: Desk, { workers = [], show = () => undefined }: Own): Device {
  const worker = `/${page}/sw.js`;
  const address = scriptAddresses([worker, readerAddress, ...workers]);
  const startWorker = (script: string): Worker => new Worker(address(script), { type: "module" });
  const languages = languagesOf(store);
  const reader = new Reader(() => startWorker(readerAddress));
  const offline = new OfflinePage();
  const { trust } = desk;
  const rehearsed = walks(() => rehearse(desk, show));
  const ports: DevicePorts = {
    readPicture: (picture) => reader.photo(picture),
    openCamera: (video, events) => openCamera(reader, video, events, () => void rehearsed()),
    collector,
    list: () => desk.list(),
    refresh: () => trust.refresh(true),
    onList: (changed) => trust.onChange(changed),
    noticed: () => trust.noticed(),
    takeUpdate: (texts) => trust.takeUpdate(texts),
    installFile: (file) => trust.installFile(file),
    exportFile: () => trust.exportFile(),
    formers: () => trust.formers(),
    showOnward: (from) => trust.showOnward(from),
    languages: languages.codes,
    speakIn: languages.speakIn,
    voice: speaker(),
    onUpdate: (changed) => offline.onUpdate(changed),
    loadUpdate: () => offline.load(),
    pageVersion: () => offline.version(),
  };
  return {
    ports,
    startWorker,
    firstLanguage: languages.first,
    warm: () => (offline.isServed ? reader.warm() : undefined),
    begin: async () => {
      const renew = (): void => void trust.refresh(false);
      addEventListener("online", renew);
      setInterval(renew, RENEW_MS);
      renew();
      await offline.register(address(worker)).catch(() => undefined); // a browser that refuses it still has the page
    },
  };
}
