/**
 * Copies outside this device, and the ways back from them (TRUST section 8): the server's, a file; and everything of a
 * person away. The rounds with the server are copying.ts's.
 */
import { VAULT_WHOLE } from "../../kernel/bounds.ts";
import { base64url, fromBase64url } from "../../kernel/bytes.ts";
import { Refused } from "../../kernel/refused.ts";
import { joinWallet, openWallet, type OpenWallet, restoreWallet } from "../../kernel/vault/holder.ts";
import { merge } from "../../kernel/vault/merging.ts";
import { readSheet, sheetLocator, sheetText } from "../../kernel/vault/sheet.ts";
import type { BackingUp, DeviceLine, SaveOutcome, SyncOutcome, Way } from "../../stories/holder/ports.ts";
import { SYMBOLS } from "../../stories/holder/symbols.tsx";
import { makeBox } from "./box.ts";
import { backUp, deviceLines, enterAs, newDevice, outcomeOf, shown } from "./copying.ts";
import { type CopyState, NO_COPY } from "./copystate.ts";
import type { Hand } from "./hand.ts";
import { FRESH, nextOf, packOf } from "./inside.ts";
import { enterVault, joinedBy, opening } from "./opening.ts";
import type { Pending } from "./pending.ts";
import { idOf, type Person } from "./people.ts";
import { type CopyServer, type ServerFault, ServerRefused } from "./server.ts";

export function backingOf(hand: Hand, server: CopyServer, pending: Pending): BackingUp {
  return {
    backUp: (anyway = false) => outcomeOf(() => backUp({ hand, server, visit: hand.visit, anyway })),
    stopBackUp: (erase) => outcomeOf(() => stop(hand, server, erase)),
    devices: async () => {
      let found: readonly DeviceLine[] = [];
      const outcome = await outcomeOf(async () => {
        const { visit } = hand;
        const devices = await asActive(hand, server, (token) => server.devices(token));
        await hand.inTurn(() => shown(hand, visit, devices));
        found = deviceLines(devices);
        return "done";
      });
      return outcome === "done" ? found : outcome;
    },
    approve: (device) => outcomeOf(() => decide(hand, server, (token) => server.approve(token, device), device)),
    signOut: (device) => outcomeOf(() => decide(hand, server, (token) => server.removeDevice(token, device))),
    recover: (way) => recover({ hand, server, pending }, way),
    waits: () => pending.waits(hand.outfit.now()),
    exportFile: () => Promise.resolve(fileOf(hand)),
    here: () => isHere(hand),
    importFile: (file, way) => opening(hand, (visit) => importFile(hand, { file, way, visit })),
    erase: () => hand.inTurn(() => erase(hand)),
  };
}

/** Off here; at the server now, or in 90 days. Only once the server said so: a copy that stays is not called gone. */
async function stop(hand: Hand, server: CopyServer, erase: boolean): Promise<SyncOutcome> {
  const { visit } = hand;
  await asActive(hand, server, (token) => server.leave(token, erase));
  const kept = await hand.inTurn(async () => {
    const inside = hand.insideAt(visit);
    return inside === null ? "failed" : hand.save({ ...inside, person: { ...inside.person, copy: null } }, false);
  });
  return kept === "saved" ? "off" : kept;
}

async function asActive<T>(hand: Hand, server: CopyServer, act: (token: string) => Promise<T>): Promise<T> {
  const { inside } = hand;
  if (inside === null || inside.wallet === null || !inside.person.copy) throw new ServerRefused("ended");
  const { token } = await enterAs(server, inside.wallet, inside.person.copy);
  return act(token);
}

async function decide(hand: Hand, server: CopyServer, act: (token: string) => Promise<void>, approved: string | null = null): Promise<SyncOutcome> {
  const { visit } = hand;
  await asActive(hand, server, act);
  return backUp({ hand, server, visit, approved });
}

interface Recovering {
  readonly hand: Hand;
  readonly server: CopyServer;
  readonly pending: Pending;
}
type Recovered = Awaited<ReturnType<BackingUp["recover"]>>;
const UNRECOVERED: Partial<Record<ServerFault, Recovered>> = { none: "none", busy: "busy", refused: "refused", devices: "devices" };

/** By sheet or halves: a vault that lies on this device already, else the server's copy, after its wait. */
async function recover({ hand, server, pending }: Recovering, way: Way): Promise<Recovered> {
  const { visit } = hand;
  const secret = sheetSecretOf(way);
  if (typeof secret === "string") return secret;
  const here = await hand.inTurn(() => openHere(hand, sheetText(secret), visit));
  if (here !== null) return here;
  try {
    const found = await server.findBySheet(sheetLocator(secret));
    if (found === null) return "none";
    const wrap = fromBase64url(found.wrap, found.wrap.length);
    const wallet = wrap === null ? null : await joinWallet(wrap, sheetText(secret), null, hand.outfit).catch(refusedAsNull);
    if (wallet === null) return "wrong";
    if (visit !== hand.visit) return left(wallet);
    const device = (await pending.deviceOf(found.vault)) ?? newDevice(hand.outfit.random);
    const { state, opensAt } = await enterAs(server, wallet, { device });
    if (state === "waiting" && opensAt !== null) {
      return await pending.keep(found.vault, device, opensAt);
    }
    const settled = await hand.inTurn(() => settle(hand, wallet, { ...NO_COPY, device }, visit));
    if (settled !== "saved") return settled;
    await pending.drop(found.vault);
    return (await outcomeOf(() => backUp({ hand, server, visit }))) === "done" ? "opened" : "offline";
  } catch (fault) {
    if (fault instanceof ServerRefused) return UNRECOVERED[fault.fault] ?? "offline";
    throw fault;
  }
}

function sheetSecretOf(way: Way): Uint8Array | "wrong" | "half" | "twice" {
  if ("halves" in way) return joinedBy(way.halves);
  try {
    return "sheet" in way ? readSheet(way.sheet) : "wrong";
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return fault.code === "half_sheet" ? "half" : "wrong";
  }
}

/** She went away before the answer: nothing of hers is begun here. */
function left(wallet: OpenWallet): "failed" {
  wallet.forget();
  return "failed";
}

/** A vault of this device that the sheet opens; null where it opens none. */
async function openHere(hand: Hand, sheet: string, visit: number): Promise<"opened" | "failed" | null> {
  for (const person of await hand.outfit.people.all()) {
    const wallet = await openWallet(person.vault, { sheet }, hand.outfit.argon2).catch(refusedAsNull);
    if (wallet !== null) return (await enterVault(hand, person, wallet, visit)) ? "opened" : "failed";
  }
  return null;
}

/** A wallet from elsewhere gets a row of its own, or is joined with the row that its vault has; who opens it sets drawing and PIN next. */
async function settle(hand: Hand, wallet: OpenWallet, copy: CopyState | null, visit: number): Promise<SaveOutcome> {
  const { random, people } = hand.outfit;
  const here = (await people.all()).find((person) => idOf(person) === wallet.name);
  if (here !== undefined) return joinHere(hand, { ...here, copy: here.copy ?? copy }, wallet, visit);
  const { box } = await makeBox(random);
  const id = base64url(random(16));
  const person = { id, symbol: SYMBOLS[0], turn: 0, box, pack: null, vault: new Uint8Array(), copy };
  const bare = { person, lock: null, pack: packOf(wallet, FRESH), wallet };
  return hand.begin(nextOf(bare, true, random), visit);
}

/** What came opens what lies here, by the key that they share, and is joined with it: neither loses anything. */
async function joinHere(hand: Hand, person: Person, came: OpenWallet, visit: number): Promise<SaveOutcome> {
  const { random, argon2 } = hand.outfit;
  const mine = await openWallet(person.vault, { device: came.deviceKey(random) }, argon2);
  came.forget();
  if (!(await enterVault(hand, person, mine, visit))) return "failed";
  const inside = hand.insideAt(visit);
  if (inside === null || inside.wallet === null) return "failed"; // locked meanwhile
  return hand.save({ ...inside, wallet: inside.wallet.with(merge(inside.wallet.contents, came.contents)) }, true);
}

function fileOf(hand: Hand): Blob {
  const { inside } = hand;
  if (inside === null) throw new Error("nobody is open");
  return new Blob([Uint8Array.from(inside.person.vault)], { type: "application/octet-stream" });
}

/** Asked of the disk itself; a store that cannot be read holds nothing that may be promised. */
async function isHere({ inside, outfit }: Hand): Promise<boolean> {
  const kept = await outfit.people.all().catch(() => []);
  return inside !== null && kept.some(({ id }) => id === inside.person.id);
}

/** A sealed wallet from a file, by what opens it. */
async function importFile(hand: Hand, { file, way, visit }: { file: Blob; way: Way; visit: number }): ReturnType<BackingUp["importFile"]> {
  const secret = "halves" in way ? sheetSecretOf(way) : way;
  if (typeof secret === "string") return secret;
  if (file.size > VAULT_WHOLE) return "large";
  const raw = new Uint8Array(await file.arrayBuffer());
  const way_ = secret instanceof Uint8Array ? { sheet: sheetText(secret) } : secret;
  try {
    const wallet = await restoreWallet(raw, way_, null, hand.outfit);
    return await settle(hand, wallet, null, visit);
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return fault.code === "half_sheet" ? "half" : "wrong";
  }
}

async function erase(hand: Hand): Promise<SaveOutcome> {
  const { inside } = hand;
  if (inside === null) return "failed";
  const outcome = await hand.outfit.people.remove(inside.person.id);
  if (outcome === "saved") hand.lock("erased");
  return outcome;
}

function refusedAsNull(fault: unknown): null {
  if (fault instanceof Refused) return null;
  throw fault;
}
