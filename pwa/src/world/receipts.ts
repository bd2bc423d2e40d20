/** Receipts made with this device's key, and any receipt checked: files in and out are the page's. */
import { plainUtf8 } from "../kernel/bytes.ts";
import { checkReceipt, makeReceipt } from "../kernel/receipt.ts";
import type { Ed25519Check } from "../kernel/ed25519.ts";
import { Refused } from "../kernel/refused.ts";
import type { CheckedReceipt, ReceiptPorts } from "../stories/verifier/ports.ts";
import type { Report } from "../words/report.ts";
import { now } from "./clock.ts";
import { DeviceKey } from "./devicekey.ts";
import type { Store } from "./store.ts";

/** More than any receipt has: the kernel sees what is over its bound. */
const MOST_BYTES = 64 * 1024;

export class Receipts implements ReceiptPorts {
  readonly #key: DeviceKey;
  readonly #crypto: Promise<Ed25519Check>;

  constructor(store: Store, crypto: Promise<Ed25519Check>) {
    this.#key = new DeviceKey(store);
    this.#crypto = crypto;
  }

  async device(): Promise<string> {
    return (await this.#key.signer()).did;
  }

  async makeReceipt(report: Report, note: string | null): Promise<string | null> {
    try {
      return JSON.stringify(await makeReceipt(report, await this.#key.signer(), now().getTime(), note), null, 1);
    } catch (fault) {
      if (fault instanceof Refused && fault.code === "bad_request") return null;
      throw fault;
    }
  }

  async checkReceipt(file: Blob): Promise<CheckedReceipt | null> {
    const raw = plainUtf8(new Uint8Array(await file.slice(0, MOST_BYTES).arrayBuffer()));
    try {
      const receipt = await checkReceipt(raw, await this.#crypto);
      return { receipt, own: (await this.#key.known())?.did === receipt.verifier };
    } catch (fault) {
      if (fault instanceof Refused) return null;
      throw fault;
    }
  }

  forget(): Promise<void> {
    return this.#key.forget();
  }
}
