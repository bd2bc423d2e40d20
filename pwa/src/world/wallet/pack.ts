/**
 * What the PIN opens: the pinned passes, the seed that signs live codes, and the lines of history that the vault does not
 * hold yet (TRUST section 8). Never the vault's key. One PVL1 blob of kind 7.
 */
import { base64url, fromBase64url, utf8 } from "../../kernel/bytes.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../../kernel/json.ts";
import type { Pickup } from "../../kernel/pickup.ts";
import type { Random } from "../../kernel/ports.ts";
import { Refused } from "../../kernel/refused.ts";
import { readVaultJson } from "../../kernel/vault/manifest.ts";
import { type Kdf, KEY_SIZE, KIND, open, seal } from "../../kernel/vault/pvl1.ts";
import type { ShowLine } from "../../stories/holder/ports.ts";
import { lineOf } from "./history.ts";

export interface Kept {
  readonly name: string;
  readonly receivedAt: string;
  readonly document: JsonObject;
}
/** A pick-up, and when it was opened, in milliseconds. */
export type OpenPickup = Pickup & { readonly at: number };
export interface Pack {
  /** Of the default persona: what her live codes are signed with. */
  readonly seed: Uint8Array;
  /** As the vault said when it was open last. */
  readonly saved: boolean;
  readonly hasPassphrase: boolean;
  /** Names of passes kept from the PIN, as packs of before said it and the vault does not yet (unpinned.ts). */
  readonly unpinned: readonly string[];
  readonly passes: readonly Kept[];
  /** The pick-up that is open at an issuer, until its passes are kept. */
  readonly pickup: OpenPickup | null;
  /** Lines that the vault does not hold yet, in its own words. */
  readonly shows: readonly ShowLine[];
}

export interface PackSealing {
  readonly key: Uint8Array;
  /** How the key came from the PIN. */
  readonly kdf: Kdf;
  readonly vaultId: Uint8Array;
  readonly turn: number;
  readonly random: Random;
}

const VERSION = 1;

export function sealPack(pack: Pack, { key, kdf, vaultId, turn, random }: PackSealing): Uint8Array {
  const { seed, saved, hasPassphrase, unpinned, passes, pickup, shows } = pack;
  const body = {
    version: VERSION, seed: base64url(seed), saved, hasPassphrase, unpinned,
    passes: passes.map(({ name, receivedAt, document }) => ({ name, receivedAt, credential: document })), pickup, shows,
  };
  return seal(utf8(JSON.stringify(body)), { key, kind: KIND.showPack, vaultId, sequence: turn, random, kdf });
}

/** Refuses `vault_unreadable` for another key and for what is no pack. */
export function openPack(blob: Uint8Array, key: Uint8Array): Pack {
  const { header, plaintext } = open(blob, key);
  const body = readVaultJson(plaintext);
  const seed = fromBase64url(String(member(body, "seed")), 64);
  const [unpinned, passes, shows] = ["unpinned", "passes", "shows"].map((name) => member(body, name));
  const right = header.kind === KIND.showPack && member(body, "version") === VERSION && seed?.length === KEY_SIZE;
  if (!right || !Array.isArray(unpinned) || !Array.isArray(passes) || !Array.isArray(shows)) throw damaged();
  return {
    seed, saved: member(body, "saved") === true, hasPassphrase: member(body, "hasPassphrase") === true,
    unpinned: unpinned.map(String), passes: passes.map(keptOf), pickup: pickupOf(member(body, "pickup")), shows: shows.map(lineOf),
  };
}

function keptOf(value: JsonValue): Kept {
  const document = isObject(value) ? member(value, "credential") : undefined;
  if (!isObject(value) || !isObject(document)) throw damaged();
  return { name: textOf(value, "name"), receivedAt: textOf(value, "receivedAt"), document };
}

function pickupOf(value: JsonValue | undefined): OpenPickup | null {
  const at = isObject(value) ? member(value, "at") : undefined;
  if (!isObject(value) || typeof at !== "number") return null;
  return { id: textOf(value, "id"), challenge: textOf(value, "challenge"), domain: textOf(value, "domain"), at };
}

function textOf(value: JsonObject, name: string): string {
  const found = textOrNull(value, name);
  if (found === null) throw damaged();
  return found;
}

function textOrNull(value: JsonObject, name: string): string | null {
  const found = member(value, name);
  return typeof found === "string" ? found : null;
}

function damaged(): Refused {
  return new Refused("vault_unreadable", "the pack opened, but it is not what it should be");
}
