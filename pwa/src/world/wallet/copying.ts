/**
 * The copy at the server, made and met again (TRUST section 8): what the kernel's rounds say, done over HTTP and kept here
 * first. Nothing waits for the network: the person goes on, and where the wallet changed meanwhile the round begins anew.
 */
import type { Random } from "../../kernel/ports.ts";
import { hashOf } from "../../kernel/vault/contents.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { KIND } from "../../kernel/vault/pvl1.ts";
import { sheetPlace } from "../../kernel/vault/remembered.ts";
import { wrapOf } from "../../kernel/vault/sealed.ts";
import { combine, look, type Look, type Round } from "../../kernel/vault/syncing.ts";
import { moment } from "../../kernel/verify/reporting.ts";
import { Refused } from "../../kernel/refused.ts";
import type { DeviceLine, SaveOutcome, SyncOutcome, Unsaved } from "../../stories/holder/ports.ts";
import { type CopyState, metOf, NO_COPY } from "./copystate.ts";
import type { Hand } from "./hand.ts";
import type { Inside } from "./inside.ts";
import { type CopyServer, type Device, type ServerFault, ServerRefused } from "./server.ts";

const TRIES = 5;
const DEVICE_SIZE = 16;
const OUTCOMES: Readonly<Record<ServerFault, SyncOutcome>> = {
  offline: "offline", busy: "busy", refused: "refused", none: "stale_server", stale: "stale_server", ended: "signed_out", waiting: "waiting", full: "server_full", devices: "server_devices",
};

/** The outcome of something asked of the server. A fault that is ours is not swallowed. */
export async function outcomeOf(act: () => Promise<SyncOutcome>): Promise<SyncOutcome> {
  try {
    return await act();
  } catch (fault) {
    if (fault instanceof ServerRefused) return OUTCOMES[fault.fault];
    if (fault instanceof Refused && (fault.code === "stale_server" || fault.code === "vault_unreadable")) return "stale_server";
    throw fault;
  }
}

/** Comes in with the vault's key, as the device that this row is. */
export async function enterAs(server: CopyServer, wallet: OpenWallet, copy: Pick<CopyState, "device">): ReturnType<CopyServer["enter"]> {
  return server.enter({ vault: wallet.contents.vaultId, device: copy.device, signer: wallet.syncSigner() });
}

/** `visit`: of whose copy this is. `anyway`: see `BackingUp.backUp`. `approved`: the device that she just said yes to. */
export interface Copying {
  readonly hand: Hand;
  readonly server: CopyServer;
  readonly visit: number;
  readonly anyway?: boolean;
  readonly approved?: string | null;
}

/** One round, again where another device came first; turns the copy on where it was off. */
export async function backUp(copying: Copying): Promise<SyncOutcome> {
  const { hand, server, visit } = copying;
  const begun = await hand.inTurn(() => begin(hand, visit));
  if (begun === null) return "off";
  if (typeof begun === "string") return begun;
  const { token, state } = await enterAs(server, begun.wallet, begun.copy);
  if (state === "waiting") return "waiting";
  for (let turn = 0; turn < TRIES; turn += 1) {
    try {
      const done = await once(copying, token);
      if (done !== null) return done;
    } catch (fault) {
      // Another device came first: its manifest stands, or a blob is gone that the former one named.
      if (!(fault instanceof ServerRefused) || (fault.fault !== "stale" && fault.fault !== "none")) throw fault;
    }
  }
  return "stale_server";
}

/** The open wallet, whole on the disk, and its row with a device's secret. */
async function begin(hand: Hand, visit: number): Promise<{ wallet: OpenWallet; copy: CopyState } | Unsaved | null> {
  const inside = hand.insideAt(visit);
  if (inside === null || inside.wallet === null) return null;
  const copy = inside.person.copy ?? { ...NO_COPY, device: newDevice(hand.outfit.random) };
  const kept = await hand.save({ ...inside, person: { ...inside.person, copy } }, true);
  if (kept !== "saved") return kept;
  const wallet = hand.insideAt(visit)?.wallet;
  return wallet === null || wallet === undefined ? null : { wallet, copy };
}

/** One walk to the server and back; null where the wallet changed under way. */
async function once({ hand, server, visit, anyway = false, approved = null }: Copying, token: string): Promise<SyncOutcome | null> {
  const before = hand.insideAt(visit);
  if (before === null || before.wallet === null) return "off";
  const known = anyway ? null : (before.person.copy?.known ?? null);
  const remote = await server.manifest(token);
  if (hand.inside !== before) return null;
  const looked = look(before.wallet, remote?.sealed ?? null, known);
  const blobs = await fetchAll(server, token, looked);
  if (hand.inside !== before) return null; // locked or changed: its keys may be gone
  const round = combine(before.wallet, looked, blobs, hand.outfit.random);
  const merged = await hand.inTurn(() => takeIn(hand, before, round));
  if (merged !== "saved") return merged === "changed" ? null : merged;
  for (const { item, hash, blob } of round.send) await server.putBlob(token, item, hash, blob);
  if (round.put !== null) await server.putManifest(token, round.put.manifest, round.put.after);
  for (const { item, hash } of round.drop) await server.dropBlob(token, item, hash);
  const sheet = await putSheet({ hand, server, visit }, token);
  const devices = await server.devices(token);
  const kept = await hand.inTurn(() => note(hand, visit, { known: round.known, sheet, devices, approved }));
  return kept ? "done" : "off";
}

async function fetchAll(server: CopyServer, token: string, { fetch }: Look): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>();
  for (const { item, hash } of fetch) blobs.set(hash, await server.blob(token, item, hash));
  return blobs;
}

/** The merged wallet, kept before anything is sent. */
async function takeIn(hand: Hand, before: Inside, round: Round): Promise<SaveOutcome | "changed"> {
  if (hand.inside !== before) return "changed";
  if (!round.changed) return "saved";
  return hand.save({ ...before, wallet: round.wallet }, true);
}

/** Lets the sheet find this vault, where the server does not know this sheet yet and its place is known here. */
async function putSheet({ hand, server, visit }: Copying, token: string): Promise<string | null> {
  const inside = hand.insideAt(visit);
  if (inside === null || inside.wallet === null) return null;
  const wrap = wrapOf(inside.wallet, KIND.wrapRecovery);
  const former = inside.person.copy?.sheet ?? null;
  const place = sheetPlace(inside.wallet);
  if (former === hashOf(wrap) || place === null) return former;
  await server.putSheet(token, place, wrap);
  return hashOf(wrap);
}

interface News {
  readonly known: Uint8Array;
  readonly sheet: string | null;
  readonly devices: readonly Device[];
  readonly approved: string | null;
}

async function note(hand: Hand, visit: number, { known, sheet, devices, approved }: News): Promise<boolean> {
  const inside = hand.insideAt(visit);
  if (inside === null || !inside.person.copy) return false;
  const waiting = devices.filter(({ mine, state }) => !mine && state === "waiting").map(({ device, opensAt }) => ({ id: device, opensAt }));
  const copy = { ...inside.person.copy, known, sheet, waiting, met: metOf(inside.person.copy.met, devices, approved), lastAt: moment(hand.outfit.now()) };
  return (await hand.save({ ...inside, person: { ...inside.person, copy } }, false)) === "saved";
}

/** The list is before her: none of it is news any more. Where that cannot be kept she is told of them again. */
export async function shown(hand: Hand, visit: number, devices: readonly Device[]): Promise<void> {
  const inside = hand.insideAt(visit);
  if (inside === null || !inside.person.copy) return;
  const met = metOf(undefined, devices, null);
  if (inside.person.copy.met?.some((one) => !one.shown) === true) await hand.save({ ...inside, person: { ...inside.person, copy: { ...inside.person.copy, met } } }, false);
}

/** The server's list in the views' words. */
export function deviceLines(devices: readonly Device[]): readonly DeviceLine[] {
  return devices.map(({ device, mine, since, lastSeen, state, opensAt }) => ({ id: device, here: mine, since, lastSeen, state, opensAt }));
}

/** A device's secret for a new row. */
export function newDevice(random: Random): Uint8Array {
  return random(DEVICE_SIZE);
}
