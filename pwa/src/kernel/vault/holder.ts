/**
 * A holder's open wallet: made, opened by what the holder keeps, and sealed again. Her key signs only from in here. The
 * twin of `wallet/holder.py`. Secrets lie in private fields, which no print and no JSON shows; what leaves is sealed bytes.
 */
import { base64url } from "../bytes.ts";
import type { Instant } from "../bundle/installed.ts";
import { canonical } from "../canonical.ts";
import { type JsonObject, member } from "../json.ts";
import type { Random } from "../ports.ts";
import { Refused } from "../refused.ts";
import { moment } from "../verify/reporting.ts";
import { addItem, changeItem, type Contents, dropItem, findItem, newName, openContents, sealContents } from "./contents.ts";
import { CREDENTIAL, findDocument, former, type Kept, type Note, notes, passes, SHOW, shows } from "./kept.ts";
import { holderSeed, holderSigner, passId, type SeedSigner, syncSigner } from "./keys.ts";
import { type Argon2, passphraseKey, requireStrong, usualKdf } from "./passphrase.ts";
import { ID_SIZE, type Kdf, KEY_SIZE, KIND, type Kind, open, readHeader, seal } from "./pvl1.ts";
import { readSealed, type SealedVault, wrapOf, writeSealed } from "./sealed.ts";
import { readSheet, sheetKey, sheetText } from "./sheet.ts";

const DEVICE_SIZE = 6;
const SHEET_SIZE = 16;

/** 32 bytes that only this device or session holds, and the vault key wrapped under them. */
export interface DeviceKey {
  readonly key: Uint8Array;
  readonly wrap: Uint8Array;
}

/** What opens a wallet: what the holder types, the letters of her sheet (joined halves as `sheetText`), or a device's key. */
export type Secret = { readonly passphrase: string } | { readonly sheet: string } | { readonly device: DeviceKey };

/** What making and opening need from outside. */
export interface Tools {
  readonly random: Random;
  readonly argon2: Argon2;
}

/** An open wallet. Changing it gives another; `sealed` gives the bytes to keep. */
export class OpenWallet {
  readonly #vaultKey: Uint8Array;
  readonly #contents: Contents;
  readonly #wraps: readonly Uint8Array[];

  constructor(vaultKey: Uint8Array, contents: Contents, wraps: readonly Uint8Array[]) {
    this.#vaultKey = vaultKey;
    this.#contents = contents;
    this.#wraps = wraps;
  }

  /** For this folder alone: what else it opens is asked of the methods below. */
  get vaultKey(): Uint8Array {
    return this.#key;
  }

  get contents(): Contents {
    return this.#contents;
  }

  /** The ways in: the vault key wrapped by passphrase, by sheet. */
  get wraps(): readonly Uint8Array[] {
    return this.#wraps;
  }

  /** The vault's id as text. */
  get name(): string {
    return base64url(this.#contents.vaultId);
  }

  /** The holder's did:key, of her default persona. */
  get did(): string {
    return this.signer().did;
  }

  /** Signs as the holder. */
  signer(persona = 0): SeedSigner {
    return holderSigner(this.#key, persona);
  }

  /** What a persona signs with, for whoever signs while the vault is closed: the show-pack that a PIN opens. */
  seed(persona = 0): Uint8Array {
    return holderSeed(this.#key, persona);
  }

  /** Writes over the key: this wallet, and each that was made from it, opens and signs nothing more. */
  forget(): void {
    this.#vaultKey.fill(0);
  }

  /** Signs for this vault at the server that keeps its backup, and for nothing else. */
  syncSigner(): SeedSigner {
    return syncSigner(this.#key);
  }

  /** The passes in force, oldest first; a corrected one stands where the former stood. */
  passes(): readonly Kept[] {
    return passes(this.#contents);
  }

  /** The pass of that name, or the only one whose name starts so. Refuses `not_found`. */
  find(name: string): Kept {
    const every = this.passes();
    const exact = every.filter((kept) => kept.name === name);
    const [found, ...others] = exact.length > 0 ? exact : every.filter((kept) => name !== "" && kept.name.startsWith(name));
    if (found === undefined || others.length > 0) throw new Refused("not_found", "no pass of that name in the wallet");
    return found;
  }

  /**
   * With one more pass, in the place of the one named; the same pass twice is one, on two phones too. Verifying it comes
   * first and is not done here. Refuses `not_found`.
   */
  keep(document: JsonObject, now: Instant, replaces: string | null = null): OpenWallet {
    const older = replaces === null ? {} : { replaces: this.find(replaces).name };
    const there = findDocument(this.#contents, document);
    if (there !== undefined) return there.gone ? this.with(changeItem(this.#contents, there.name, there.body)) : this;
    const name = base64url(passId(this.#key, canonical(document)));
    return this.with(addItem(this.#contents, name, { type: CREDENTIAL, receivedAt: moment(now), credential: document, ...older }));
  }

  /** Under which name this very pass is kept, if it is. */
  nameOf(document: JsonObject): string | null {
    return findDocument(this.#contents, document)?.name ?? null;
  }

  /** Without that pass and those it replaced: also the holder's yes to what another phone deleted. Refuses `not_found`. */
  drop(name: string): OpenWallet {
    return this.with(this.#line(name).reduce(dropItem, this.#contents));
  }

  /** With a pass that another phone deleted: the holder's no. It comes back there too. Refuses `not_found`. */
  retain(name: string): OpenWallet {
    const back = (contents: Contents, each: string): Contents => {
      const { gone, body } = findItem(contents, each);
      return gone ? changeItem(contents, each, body) : contents;
    };
    return this.with(this.#line(name).reduce(back, this.#contents));
  }

  /** With a line of history: what was shown and when. It never leaves the vault. */
  noteShow(shown: JsonObject, now: Instant, random: Random): OpenWallet {
    return this.with(addItem(this.#contents, newName(random), { ...shown, type: SHOW, at: moment(now) }));
  }

  /** What was shown, oldest first. */
  shows(): readonly JsonObject[] {
    return shows(this.#contents);
  }

  /** With one more note of that kind (a dispute, a persona). */
  note(kind: string, body: JsonObject, now: Instant, random: Random): OpenWallet {
    return this.with(addItem(this.#contents, newName(random), { ...body, type: kind, changedAt: moment(now) }));
  }

  /** The notes of a kind, in the order they came. */
  notes(kind: string): readonly Note[] {
    return notes(this.#contents, kind);
  }

  /** With that text in the note's place. Refuses `not_found`. */
  changeNote(name: string, body: JsonObject, now: Instant): OpenWallet {
    const type = member(findItem(this.#contents, name).body, "type") ?? null;
    return this.with(changeItem(this.#contents, name, { ...body, type, changedAt: moment(now) }));
  }

  /** Without that note, or that copy of it. Refuses `not_found`. */
  dropNote(name: string): OpenWallet {
    findItem(this.#contents, name);
    return this.with(dropItem(this.#contents, name));
  }

  /** The next state, sealed, as the bytes to keep; and the wallet to go on with once they are kept. */
  sealed(random: Random): { readonly bytes: Uint8Array; readonly sealed: SealedVault; readonly wallet: OpenWallet } {
    const { contents, sealed } = sealContents(this.#contents, { vaultKey: this.#key, wraps: this.#wraps, random });
    return { bytes: writeSealed(sealed), sealed, wallet: this.with(contents) };
  }

  /** Opened from now on by that passphrase. Refuses `weak_passphrase`. */
  async withPassphrase(passphrase: string, { random, argon2 }: Tools): Promise<OpenWallet> {
    requireStrong(passphrase);
    const kdf = usualKdf(random);
    return this.#rewrapped(this.#wrapped(await passphraseKey(passphrase, kdf, argon2), KIND.wrapPassphrase, random, kdf), KIND.wrapPassphrase);
  }

  /** With a new recovery sheet, and its letters to write down; an older sheet opens no more. */
  withSheet(random: Random): { readonly wallet: OpenWallet; readonly sheet: string } {
    const sheet = sheetText(random(SHEET_SIZE));
    return { wallet: this.withSheetOf(sheet, random), sheet };
  }

  /** Opened from now on by the sheet of these letters, and by no other. Refuses as `readSheet`. */
  withSheetOf(letters: string, random: Random): OpenWallet {
    return this.#rewrapped(this.#wrapped(sheetKey(readSheet(letters), this.#contents.vaultId), KIND.wrapRecovery, random), KIND.wrapRecovery);
  }

  /** A key for one device or session, and the vault key wrapped under it; it is no part of the vault. */
  deviceKey(random: Random): DeviceKey {
    const key = random(KEY_SIZE);
    return { key, wrap: this.#wrapped(key, KIND.wrapPasskey, random) };
  }

  /** The same wallet with other contents, as a merge gives them. */
  with(contents: Contents): OpenWallet {
    return new OpenWallet(this.#vaultKey, contents, this.#wraps);
  }

  /** The vault's key. Raises once it was forgotten: what is sealed or signed with nothing would be lost, or anybody's. */
  get #key(): Uint8Array {
    if (this.#vaultKey.every((byte) => byte === 0)) throw new Error("a wallet that was closed");
    return this.#vaultKey;
  }

  #line(name: string): readonly string[] {
    const found = this.find(name).name;
    return [found, ...former(this.#contents, found)];
  }

  #wrapped(key: Uint8Array, kind: Kind, random: Random, kdf?: Kdf): Uint8Array {
    const { vaultId, sequence } = this.#contents;
    return seal(this.#key, { key, kind, vaultId, sequence: sequence + 1, random, ...(kdf === undefined ? {} : { kdf }) });
  }

  #rewrapped(blob: Uint8Array, kind: Kind): OpenWallet {
    const others = this.#wraps.filter((wrap) => readHeader(wrap).kind !== kind);
    return new OpenWallet(this.#vaultKey, this.#contents, [...others, blob]);
  }
}

/** A new wallet and the letters of its recovery sheet; without a passphrase these alone open it. Refuses `weak_passphrase`. */
export async function createWallet(passphrase: string | null, tools: Tools): Promise<{ readonly wallet: OpenWallet; readonly sheet: string }> {
  if (passphrase !== null) requireStrong(passphrase);
  const { random } = tools;
  const contents = empty(random(ID_SIZE), random);
  const bare = new OpenWallet(random(KEY_SIZE), contents, []);
  return (passphrase === null ? bare : await bare.withPassphrase(passphrase, tools)).withSheet(random);
}

/** The wallet that these bytes hold. Refuses `vault_unreadable`, whatever was wrong; `half_sheet` for a half of the sheet. */
export async function openWallet(raw: Uint8Array, secret: Secret, argon2: Argon2): Promise<OpenWallet> {
  const sealed = readSealed(raw);
  const vaultKey = await vaultKeyOf(sealed, secret, argon2);
  return new OpenWallet(vaultKey, openContents(sealed, vaultKey), sealed.wraps);
}

/** The same wallet on another device: a new passphrase (null: the former ways in stay), a new device name, the same keys and passes. */
export async function restoreWallet(raw: Uint8Array, secret: Secret, passphrase: string | null, tools: Tools): Promise<OpenWallet> {
  const opened = await openWallet(raw, secret, tools.argon2);
  const again = passphrase === null ? opened : await opened.withPassphrase(passphrase, tools);
  return again.with({ ...again.contents, device: deviceName(tools.random) });
}

/**
 * A wallet on a new phone that has only the sheet and the wrap that the server gave for it: the same keys, nothing in it
 * until it was synchronised (syncing.ts). Without a passphrase the sheet alone opens it. Refuses as `openWallet`.
 */
export async function joinWallet(wrap: Uint8Array, sheet: string, passphrase: string | null, tools: Tools): Promise<OpenWallet> {
  const { vaultId } = readHeader(wrap);
  const vaultKey = await vaultKeyOf({ vaultId, wraps: [wrap] }, { sheet }, tools.argon2);
  const joined = new OpenWallet(vaultKey, empty(vaultId, tools.random), [wrap]);
  return passphrase === null ? joined : joined.withPassphrase(passphrase, tools);
}

function empty(vaultId: Uint8Array, random: Random): Contents {
  return { vaultId, device: deviceName(random), sequence: 0, previous: null, items: [], seen: new Map() };
}

function deviceName(random: Random): string {
  return base64url(random(DEVICE_SIZE));
}

async function vaultKeyOf(vault: Pick<SealedVault, "vaultId" | "wraps">, secret: Secret, argon2: Argon2): Promise<Uint8Array> {
  const { key, wrap } = await wayIn(vault, secret, argon2);
  const { header, plaintext } = open(wrap, key);
  const right = plaintext.length === KEY_SIZE && base64url(header.vaultId) === base64url(vault.vaultId);
  if (!right) throw new Refused("vault_unreadable", "a wrap that holds no key of this vault");
  return plaintext;
}

async function wayIn(vault: Pick<SealedVault, "vaultId" | "wraps">, secret: Secret, argon2: Argon2): Promise<DeviceKey> {
  if ("device" in secret) return secret.device;
  if ("sheet" in secret) return { key: sheetKey(readSheet(secret.sheet), vault.vaultId), wrap: wrapOf(vault, KIND.wrapRecovery) };
  const wrap = wrapOf(vault, KIND.wrapPassphrase);
  const { kdf } = readHeader(wrap);
  if (kdf === null) throw new Refused("vault_unreadable", "a passphrase wrap without its derivation");
  return { key: await passphraseKey(secret.passphrase, kdf, argon2), wrap };
}
