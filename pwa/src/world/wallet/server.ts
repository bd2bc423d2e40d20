/**
 * The server that keeps the wallet's copy, over HTTP at our own origin: sealed bytes go and come, nothing is opened here.
 * How a device comes in is the same message as `wallet/sync/entry.py`; what the answers mean is `copying.ts`'s.
 */
import createClient from "openapi-fetch";

import { base64url, concat, fromBase64url, utf8 } from "../../kernel/bytes.ts";
import type { SeedSigner } from "../../kernel/vault/keys.ts";
import type { components, paths } from "../../words/api.d.ts";

/** Why the server did not do what was asked. */
export type ServerFault = "offline" | "ended" | "waiting" | "stale" | "full" | "none" | "busy" | "refused";
export class ServerRefused extends Error {
  readonly fault: ServerFault;

  constructor(fault: ServerFault) {
    super(fault);
    this.fault = fault;
  }
}

const FAULTS: Readonly<Record<string, ServerFault>> = {
  session_ended: "ended", device_waiting: "waiting", stale_version: "stale", vault_full: "full", disk_full: "full", too_many_devices: "full",
  not_found: "none", too_many_requests: "busy",
};
const SEALED = "application/octet-stream";
const LABEL = "PuenteSync1";

/** A device's own secret, and the vault that it comes in to. */
export interface Entry {
  readonly vault: Uint8Array;
  readonly device: Uint8Array;
  readonly signer: SeedSigner;
}
export type Device = components["schemas"]["DeviceLine"];
export interface Session {
  readonly token: string;
  readonly state: "active" | "waiting";
  readonly opensAt: string | null;
}
export interface Manifest {
  readonly sequence: number;
  readonly sealed: Uint8Array;
}

export class CopyServer {
  readonly #client;

  constructor(origin: string) {
    this.#client = createClient<paths>({ baseUrl: origin, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" });
  }

  /** Comes in by the vault's own key. A new device of a known vault waits. */
  async enter({ vault, device, signer }: Entry): Promise<Session> {
    const name = base64url(vault);
    const { challenge } = await this.#ask(this.#client.POST("/v1/wallet/sync/challenges", { body: { vault: name } }));
    const asked = fromBase64url(challenge, 64);
    if (asked === null) throw new ServerRefused("refused");
    const signature = signer.sign(concat(utf8(LABEL), vault, asked, device));
    const body = { vault: name, key: base64url(signer.publicKey), challenge, device: base64url(device), signature: base64url(signature) };
    return this.#ask(this.#client.POST("/v1/wallet/sync/sessions", { body }));
  }

  /** The manifest that stands; null before the first. */
  async manifest(token: string): Promise<Manifest | null> {
    try {
      const { data, response } = await this.#answer(this.#client.GET("/v1/wallet/sync/manifest", { ...by(token), parseAs: "arrayBuffer" }));
      return { sequence: Number((response.headers.get("ETag") ?? "").replaceAll('"', "")), sealed: new Uint8Array(data as ArrayBuffer) };
    } catch (error) {
      if (error instanceof ServerRefused && error.fault === "none") return null;
      throw error;
    }
  }

  /** Puts the next manifest where number `after` stands; `stale` where another device came first. */
  async putManifest(token: string, sealed: Uint8Array, after: number): Promise<void> {
    const header = { ...by(token).params.header, "if-match": `"${after}"` };
    await this.#answer(this.#client.PUT("/v1/wallet/sync/manifest", { params: { header }, ...sent(sealed) }));
  }

  async blob(token: string, item: string, hash: string): Promise<Uint8Array> {
    const { data } = await this.#answer(this.#client.GET("/v1/wallet/sync/blobs/{item}/{hash}", { ...named(token, item, hash), parseAs: "arrayBuffer" }));
    return new Uint8Array(data as ArrayBuffer);
  }

  async putBlob(token: string, item: string, hash: string, sealed: Uint8Array): Promise<void> {
    await this.#answer(this.#client.PUT("/v1/wallet/sync/blobs/{item}/{hash}", { ...named(token, item, hash), ...sent(sealed) }));
  }

  /** One that is gone already is gone. */
  async dropBlob(token: string, item: string, hash: string): Promise<void> {
    await this.#client.DELETE("/v1/wallet/sync/blobs/{item}/{hash}", named(token, item, hash)).catch(() => undefined);
  }

  async putSheet(token: string, locator: Uint8Array, wrap: Uint8Array): Promise<void> {
    await this.#answer(this.#client.PUT("/v1/wallet/sync/recovery", { ...by(token), body: { locator: base64url(locator), wrap: base64url(wrap) } }));
  }

  /** The vault that a sheet opens and its wrap; null where the server knows none. */
  async findBySheet(locator: Uint8Array): Promise<{ readonly vault: string; readonly wrap: string } | null> {
    try {
      return await this.#ask(this.#client.POST("/v1/wallet/sync/recoveries", { body: { locator: base64url(locator) } }));
    } catch (error) {
      if (error instanceof ServerRefused && error.fault === "none") return null;
      throw error;
    }
  }

  async devices(token: string): Promise<readonly Device[]> {
    return (await this.#ask(this.#client.GET("/v1/wallet/sync/devices", by(token)))).devices;
  }

  async approve(token: string, device: string): Promise<void> {
    await this.#answer(this.#client.POST("/v1/wallet/sync/devices/{device}/approval", { params: { ...by(token).params, path: { device } } }));
  }

  async removeDevice(token: string, device: string): Promise<void> {
    await this.#answer(this.#client.DELETE("/v1/wallet/sync/devices/{device}", { params: { ...by(token).params, path: { device } } }));
  }

  /** All of it goes: now, or in 90 days unless a device comes back before. */
  async leave(token: string, now: boolean): Promise<void> {
    await this.#answer(this.#client.DELETE("/v1/wallet/sync/vault", { params: { ...by(token).params, query: { now } } }));
  }

  async #ask<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
    const { data } = await this.#answer(asked);
    if (data === undefined) throw new ServerRefused("refused");
    return data;
  }

  async #answer<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<{ data?: T; response: Response }> {
    const answered = await asked.catch(() => {
      throw new ServerRefused("offline");
    });
    if (answered.response.ok) return answered;
    const code = (answered.error as { code?: unknown } | undefined)?.code;
    throw new ServerRefused(answered.response.status >= 500 && code === undefined ? "offline" : (FAULTS[String(code)] ?? "refused"));
  }
}

/** The session's token, as a header; it is kept nowhere. */
function by(token: string): { params: { header: { "puente-sync": string } } } {
  return { params: { header: { "puente-sync": token } } };
}

function named(token: string, item: string, hash: string): { params: { header: { "puente-sync": string }; path: { item: string; hash: string } } } {
  return { params: { ...by(token).params, path: { item, hash } } };
}

/** Sealed bytes as they are; the document types a body of bytes as text. */
function sent(sealed: Uint8Array): { body: string; bodySerializer: () => Uint8Array; headers: Record<string, string> } {
  return { body: "", bodySerializer: () => sealed, headers: { "Content-Type": SEALED } };
}
