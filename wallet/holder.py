"""A holder's open wallet: made, opened by what the holder keeps, and sealed again. Her key signs only from in here.

Secrets live in memory only, in objects whose repr shows none; what leaves is sealed bytes. Where these lie is
`files.py`'s or `store.py`'s; how items read is `kept.py`'s; what is done with passes is `receiving.py`'s and
`showing.py`'s.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from kernel import vault, vault_keys
from kernel.canonical import canonical
from kernel.dids import did_key, did_key_method
from kernel.ed25519 import SeedSigner
from kernel.encoding import base64url_encode
from kernel.errors import Malformed, NotFound
from kernel.keys import PublicKey
from kernel.ports import Random
from kernel.vault import Kind
from schemas.identifiers import Did, DidUrl
from schemas.json import JsonObject, JsonValue
from schemas.verification import moment
from wallet import kept
from wallet.contents import Contents, new_id, open_contents, seal_contents, settle
from wallet.kept import Kept, Note
from wallet.sealed import SealedVault, read_sealed

_NO_METHOD: Final = DidUrl("did:key:z#z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passphrase:
    """What the holder types to open."""

    words: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The letters of the recovery sheet."""

    letters: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceKey:
    """32 bytes that only the caller's device holds, and the vault key wrapped under them."""

    key: bytes = field(repr=False)
    wrap: bytes = field(repr=False)


Secret = Passphrase | Sheet | DeviceKey


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenWallet:
    """An open wallet. Changing it gives another; `sealed` gives the bytes to keep."""

    vault_key: bytes = field(repr=False)
    contents: Contents = field(repr=False)
    wraps: tuple[bytes, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """The vault's id as text."""
        return base64url_encode(self.contents.vault_id)

    @property
    def did(self) -> Did:
        """The holder's did:key, of her default persona."""
        seed = vault_keys.holder_seed(self.vault_key, 0)
        return did_key(PublicKey(SeedSigner(seed, _NO_METHOD).public))

    def signer(self) -> SeedSigner:
        """Signs as the holder."""
        return SeedSigner(vault_keys.holder_seed(self.vault_key, 0), did_key_method(self.did))

    def sync_signer(self) -> SeedSigner:
        """Signs for this vault at the server that keeps its backup (TRUST section 8), and for nothing else."""
        seed = vault_keys.subkey(self.vault_key, vault_keys.SYNC_AUTH)
        did = did_key(PublicKey(SeedSigner(seed, _NO_METHOD).public))
        return SeedSigner(seed, did_key_method(did))

    def passes(self) -> tuple[Kept, ...]:
        """The passes in force, oldest first; a corrected one stands where the former stood."""
        return kept.passes(self.contents)

    def find(self, name: str) -> Kept:
        """The pass of that name, or the only one whose name starts so; raises NotFound."""
        found = [each for each in self.passes() if each.name == name] or [
            each for each in self.passes() if name and each.name.startswith(name)
        ]
        if len(found) != 1:
            raise NotFound("not_found", detail="no pass of that name in the wallet")
        return found[0]

    def keep(self, document: JsonObject, *, now: datetime, replaces: str | None = None) -> "OpenWallet":
        """With one more pass, in the place of the one named; the same pass twice is one. Raises NotFound.

        Verifying it comes first and is `receiving.py`'s. On two phones the same pass has the same id.
        """
        body: dict[str, JsonValue] = {"type": kept.CREDENTIAL, "receivedAt": moment(now), "credential": document}
        if replaces is not None:
            body["replaces"] = self.find(replaces).name
        there = kept.find_document(self.contents, document)
        if there is None:
            item_id = vault_keys.pass_id(self.vault_key, canonical(document))
            return replace(self, contents=self.contents.add(body, item_id=item_id))
        return replace(self, contents=self.contents.change(there.name, there.body)) if there.gone else self

    def name_of(self, document: JsonObject) -> str | None:
        """Under which name this very pass is kept, if it is."""
        there = kept.find_document(self.contents, document)
        return None if there is None else there.name

    def drop(self, name: str) -> "OpenWallet":
        """Without that pass and those it replaced; raises NotFound."""
        contents = self.contents
        for each in self._line(name):
            contents = contents.drop(each)
        return replace(self, contents=contents)

    def retain(self, name: str) -> "OpenWallet":
        """With a pass that another phone deleted: it comes back there too. Raises NotFound."""
        contents = self.contents
        for each in self._line(name):
            item = contents.find(each)
            contents = contents.change(each, item.body) if item.gone else contents
        return replace(self, contents=contents)

    def note_show(self, shown: JsonObject, *, now: datetime, random: Random) -> "OpenWallet":
        """With a line of history: what was shown and when. It never leaves the vault."""
        body: JsonObject = {**shown, "type": kept.SHOW, "at": moment(now)}
        return replace(self, contents=self.contents.add(body, item_id=new_id(random)))

    def shows(self) -> tuple[JsonObject, ...]:
        """What was shown, oldest first."""
        return kept.shows(self.contents)

    def note(self, kind: str, body: JsonObject, *, now: datetime, random: Random) -> "OpenWallet":
        """With one more note of that kind (a dispute, a persona)."""
        noted: JsonObject = {**body, "type": kind, "changedAt": moment(now)}
        return replace(self, contents=self.contents.add(noted, item_id=new_id(random)))

    def notes(self, kind: str) -> tuple[Note, ...]:
        """The notes of a kind, in the order they came."""
        return kept.notes(self.contents, kind)

    def change_note(self, name: str, body: JsonObject, *, now: datetime) -> "OpenWallet":
        """With that text in the note's place; raises NotFound."""
        noted: JsonObject = {**body, "type": self.contents.find(name).body["type"], "changedAt": moment(now)}
        return replace(self, contents=self.contents.change(name, noted))

    def drop_note(self, name: str) -> "OpenWallet":
        """Without that note, or that copy of it; raises NotFound."""
        self.contents.find(name)
        return replace(self, contents=self.contents.drop(name))

    def settled(self, random: Random) -> "OpenWallet":
        """With every item sealed: what is sealed twice from here has the same items."""
        return replace(self, contents=settle(self.contents, vault_key=self.vault_key, random=random))

    def sealed(self, random: Random) -> SealedVault:
        """The next state, sealed."""
        return seal_contents(self.contents, vault_key=self.vault_key, wraps=self.wraps, random=random)

    def with_passphrase(self, passphrase: str, random: Random) -> "OpenWallet":
        """Opened from now on by that passphrase; raises Malformed `weak_passphrase`."""
        vault_keys.require_strong(passphrase)
        kdf = vault_keys.usual_kdf(random)
        blob = self._wrapped(vault_keys.passphrase_key(passphrase, kdf), Kind.WRAP_PASSPHRASE, random, kdf)
        return self._rewrapped(blob, Kind.WRAP_PASSPHRASE)

    def with_sheet(self, random: Random) -> "tuple[OpenWallet, str]":
        """With a new recovery sheet, and its letters to write down; an older sheet opens no more."""
        secret = random(16)
        key = vault_keys.sheet_key(secret, self.contents.vault_id)
        blob = self._wrapped(key, Kind.WRAP_RECOVERY, random, None)
        return self._rewrapped(blob, Kind.WRAP_RECOVERY), vault_keys.sheet_text(secret)

    def device_key(self, random: Random) -> DeviceKey:
        """A key for one device or session, and the vault key wrapped under it; it is no part of the vault."""
        key = random(vault.KEY_SIZE)
        return DeviceKey(key=key, wrap=self._wrapped(key, Kind.WRAP_PASSKEY, random, None))

    def _line(self, name: str) -> tuple[str, ...]:
        found = self.find(name).name
        return (found, *kept.former(self.contents, found))

    def _wrapped(self, key: bytes, kind: Kind, random: Random, kdf: vault.Kdf | None) -> bytes:
        contents = self.contents
        return vault.seal(
            self.vault_key,
            key=key,
            kind=kind,
            vault_id=contents.vault_id,
            sequence=contents.sequence + 1,
            random=random,
            kdf=kdf,
        )

    def _rewrapped(self, blob: bytes, kind: Kind) -> "OpenWallet":
        others = tuple(each for each in self.wraps if vault.read_header(each).kind is not kind)
        return replace(self, wraps=(*others, blob))


def create(passphrase: str, *, random: Random) -> tuple[OpenWallet, str]:
    """A new wallet and the letters of its recovery sheet. Raises Malformed `weak_passphrase`."""
    vault_keys.require_strong(passphrase)
    contents = _empty(random(vault.ID_SIZE), random)
    bare = OpenWallet(vault_key=random(vault.KEY_SIZE), contents=contents, wraps=())
    return bare.with_passphrase(passphrase, random).with_sheet(random)


def open_wallet(raw: bytes, secret: Secret) -> OpenWallet:
    """The wallet that these bytes hold. Raises Malformed `vault_unreadable`, whatever was wrong."""
    sealed = read_sealed(raw)
    vault_key = _vault_key(sealed, secret)
    return OpenWallet(vault_key=vault_key, contents=open_contents(sealed, vault_key), wraps=sealed.wraps)


def restore(raw: bytes, secret: Secret, *, passphrase: str, random: Random) -> OpenWallet:
    """The same wallet on another device: a new passphrase, a new device name, the same keys and passes."""
    opened = open_wallet(raw, secret).with_passphrase(passphrase, random)
    return replace(opened, contents=replace(opened.contents, device=base64url_encode(random(6))))


def join_wallet(wrap: bytes, sheet: Sheet, *, passphrase: str, random: Random) -> OpenWallet:
    """A wallet on a device that has only the sheet, and the wrap that a server gave for it: the same keys, and nothing
    in it until it was synchronised (`wallet/sync/walk.py`). Raises as `open_wallet`, and `weak_passphrase`.
    """
    vault_id = vault.read_header(wrap).vault_id
    sealed = SealedVault(vault_id=vault_id, sequence=0, manifest=b"", wraps=(wrap,), items=())
    bare = OpenWallet(vault_key=_vault_key(sealed, sheet), contents=_empty(vault_id, random), wraps=(wrap,))
    return bare.with_passphrase(passphrase, random)


def _empty(vault_id: bytes, random: Random) -> Contents:
    return Contents(vault_id=vault_id, device=base64url_encode(random(6)), sequence=0, previous=None, seen={})


def _vault_key(sealed: SealedVault, secret: Secret) -> bytes:
    match secret:
        case Passphrase(words=words):
            wrap = sealed.wrap(Kind.WRAP_PASSPHRASE)
            kdf = vault.read_header(wrap).kdf
            if kdf is None:
                raise Malformed("vault_unreadable", detail="a passphrase wrap without its derivation")
            key = vault_keys.passphrase_key(words, kdf)
        case Sheet(letters=letters):
            wrap = sealed.wrap(Kind.WRAP_RECOVERY)
            key = vault_keys.sheet_key(vault_keys.read_sheet(letters), sealed.vault_id)
        case DeviceKey(key=key, wrap=wrap):
            if vault.read_header(wrap).vault_id != sealed.vault_id:
                raise Malformed("vault_unreadable", detail="a device key of another vault")
    vault_key = vault.open_blob(wrap, key=key).plaintext
    if len(vault_key) != vault.KEY_SIZE:
        raise Malformed("vault_unreadable", detail="a wrap that holds no vault key")
    return vault_key
