/**
 * The server that keeps the wallet's copy, over HTTP at our own origin: sealed bytes go and come, nothing is opened here.
 * How a device comes in is the same message as `wallet/sync/entry.py`; what the answers mean is `copying.ts`'s.
 */
import createClient from "openapi-fetch";

import { VAULT_PADDED } from "../../kernel/bounds.ts";
import { base64url, concat, fromBase64url, utf8 } from "../../kernel/bytes.ts";
import { isObject } from "../../kernel/json.ts";
import type { SeedSigner } from "../../kernel/vault/keys.ts";
import type { components, paths } from "../../words/api.d.ts";
import { ask } from "../fetch.ts";
import { codeOf, isInstant, type Shape } from "../shapes.ts";

/** Why the server did not do what was asked. */
export type ServerFault = "offline" | "ended" | "waiting" | "stale" | "full" | "devices" | "none" | "busy" | "refused";
export class ServerRefused extends Error {
  readonly fault: ServerFault;

  constructor(fault: ServerFault) {
    super(fault);
    this.fault = fault;
  }
}

const FAULTS: Readonly<Record<string, ServerFault>> = {
  session_ended: "ended", device_waiting: "waiting", stale_version: "stale", vault_full: "full", disk_full: "full", too_many_devices: "devices",
  not_found: "none", too_many_requests: "busy",
};
const SEALED = "application/octet-stream";
const LABEL = "PuenteSync1";
/** A sealed blob with its header; whatever else is answered is smaller. */
const ANSWER_LIMIT = VAULT_PADDED + 1024;

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
    this.#client = createClient<paths>({ baseUrl: origin, fetch: (request) => ask(request, ANSWER_LIMIT) });
  }

  /** Comes in by the vault's own key. A new device of a known vault waits. */
  async enter({ vault, device, signer }: Entry): Promise<Session> {
    const name = base64url(vault);
    const { challenge } = await this.#ask(this.#client.POST("/v1/wallet/sync/challenges", { body: { vault: name } }), isChallenge);
    const asked = fromBase64url(challenge, 64);
    if (asked === null) throw new ServerRefused("refused");
    const signature = signer.sign(concat(utf8(LABEL), vault, asked, device));
    const body = { vault: name, key: base64url(signer.publicKey), challenge, device: base64url(device), signature: base64url(signature) };
    return this.#ask(this.#client.POST("/v1/wallet/sync/sessions", { body }), isSession);
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
      return await this.#ask(this.#client.POST("/v1/wallet/sync/recoveries", { body: { locator: base64url(locator) } }), isFound);
    } catch (error) {
      if (error instanceof ServerRefused && error.fault === "none") return null;
      throw error;
    }
  }

  async devices(token: string): Promise<readonly Device[]> {
    return (await this.#ask(this.#client.GET("/v1/wallet/sync/devices", by(token)), areDevices)).devices;
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

  /** `right`: what the answer must look like before it is believed to be one. */
  async #ask<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>, right: Shape): Promise<T> {
    const { data } = await this.#answer(asked);
    if (data === undefined || !right(data)) throw new ServerRefused("refused");
    return data;
  }

  async #answer<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<{ data?: T; response: Response }> {
    const { data, error, response } = await asked.catch(() => {
      throw new ServerRefused("offline"); // nobody answered, or in no words of the service
    });
    if (response.ok) return { response, ...(data === undefined ? {} : { data }) };
    const code = codeOf(error);
    throw new ServerRefused(FAULTS[code] ?? (response.status === 429 ? "busy" : response.status >= 500 && code === "" ? "offline" : "refused"));
  }
}

const isChallenge: Shape = (found) => isObject(found) && typeof found["challenge"] === "string";
const isSession: Shape = (found) =>
  isObject(found) && typeof found["token"] === "string" && isState(found);
const isFound: Shape = (found) => isObject(found) && typeof found["vault"] === "string" && typeof found["wrap"] === "string";
const areDevices: Shape = (found) => isObject(found) && Array.isArray(found["devices"]) && found["devices"].every(isDevice);
const isDevice: Shape = (found) =>
  isObject(found) && typeof found["device"] === "string" && typeof found["mine"] === "boolean" && isInstant(found["since"]) && isInstant(found["lastSeen"]) && isState(found);

/** In, or waiting; where a time stands it is one. */
function isState({ state, opensAt }: Readonly<Record<string, unknown>>): boolean {
  return (state === "active" || state === "waiting") && (opensAt === null || isInstant(opensAt));
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
