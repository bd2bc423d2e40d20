"""What lies inside a vault once it is open: items, as the manifest names them (TRUST section 8). Pure.

The manifest is the truth: an item that it does not name is not there, one that it names and that is missing or changed
is damage and said as such. An item is sealed under its own key and is written anew only when it changed. How the
manifest is written is `manifest.py`'s; how the states of two phones become one is `merging.py`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kernel import vault, vault_keys
from kernel.codec import write
from kernel.encoding import base64url_encode
from kernel.errors import NotFound
from kernel.ports import Random
from kernel.vault import Kind
from schemas.json import JsonObject
from wallet.manifest import (
    Manifest,
    Row,
    Version,
    Write,
    damaged,
    hash_of,
    id_of,
    open_manifest,
    read_vault_json,
    seal_manifest,
)
from wallet.sealed import SealedVault

_ID_SIZE: Final = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing kept, as one write made it; `blob` is how it lies sealed, None until it does.

    `gone`: another phone deleted it, and it stays here until the holder agrees (`merging.py`).
    """

    id: bytes
    device: str
    number: int
    body: JsonObject
    gone: bool = False
    blob: bytes | None = None

    @property
    def name(self) -> str:
        """The id as text."""
        return base64url_encode(self.id)

    @property
    def copy_name(self) -> str:
        """The write's own name, for where an item has several."""
        return f"{self.name}.{self.device}.{self.number}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """An open vault's items, in the order they came; `previous` is the hash of the manifest that they were read by.

    `seen` holds the version of every item that ever was, also of those deleted.
    """

    vault_id: bytes
    device: str
    sequence: int
    previous: str | None
    items: tuple[Item, ...] = ()
    seen: Mapping[str, Version]

    def add(self, body: JsonObject, *, item_id: bytes) -> "Contents":
        """With one more item, or one more write of an item that was deleted."""
        item = self._write(item_id, body)
        return replace(self, items=(*self.items, item), seen=self._noted(item))

    def find(self, name: str) -> Item:
        """The item of that name, or the one write of that name. Raises NotFound."""
        for item in self.items:
            if name in (item.name, item.copy_name):
                return item
        raise NotFound("not_found", detail="no item of that name in the wallet")

    def change(self, name: str, body: JsonObject) -> "Contents":
        """With that body in the place of the former, and no longer marked as gone. Raises NotFound."""
        former = self.find(name)
        item = self._write(former.id, body)
        others = (each for each in self.items if each is former or each.name != item.name or not each.gone)
        items = tuple(item if each is former else each for each in others)
        return replace(self, items=items, seen=self._noted(item))

    def drop(self, name: str) -> "Contents":
        """Without that item, or that one write of it."""
        return replace(self, items=tuple(item for item in self.items if name not in (item.name, item.copy_name)))

    def _write(self, item_id: bytes, body: JsonObject) -> Item:
        number = self.seen.get(base64url_encode(item_id), {}).get(self.device, 0) + 1
        return Item(id=item_id, device=self.device, number=number, body=body)

    def _noted(self, item: Item) -> Mapping[str, Version]:
        return {**self.seen, item.name: {**self.seen.get(item.name, {}), item.device: item.number}}


def new_id(random: Random) -> bytes:
    """An id that says nothing."""
    return random(_ID_SIZE)


def open_contents(sealed: SealedVault, vault_key: bytes) -> Contents:
    """Everything in the vault. Raises Malformed `vault_unreadable` for a wrong key, a missing or a changed item."""
    manifest = open_manifest(sealed.manifest, vault_key)
    by_hash = {hash_of(blob): blob for blob in sealed.items}
    return Contents(
        vault_id=sealed.vault_id,
        device=manifest.device,
        sequence=manifest.sequence,
        previous=hash_of(sealed.manifest),
        items=tuple(
            _open_item(name, made, by_hash.get(made.hash), gone=row.deleted, vault_key=vault_key)
            for name, row in manifest.rows.items()
            for made in row.writes
        ),
        seen={name: row.version for name, row in manifest.rows.items()},
    )


def named_blobs(manifest: Manifest) -> tuple[tuple[str, str], ...]:
    """The item and the hash of every blob that a manifest names."""
    return tuple((name, made.hash) for name, row in manifest.rows.items() for made in row.writes)


def settle(contents: Contents, *, vault_key: bytes, random: Random) -> Contents:
    """With every item sealed, so that each has its bytes once, wherever they are sent or kept."""
    items = (item if item.blob else _sealed(item, contents, vault_key, random) for item in contents.items)
    return replace(contents, items=tuple(items))


def seal_contents(contents: Contents, *, vault_key: bytes, wraps: Sequence[bytes], random: Random) -> SealedVault:
    """The next state of the vault: its sequence is one higher. Only what changed is sealed anew."""
    sequence = contents.sequence + 1
    blobs = [item.blob or b"" for item in settle(contents, vault_key=vault_key, random=random).items]
    manifest = Manifest(
        vault_id=contents.vault_id,
        device=contents.device,
        sequence=sequence,
        previous=contents.previous,
        rows=_rows(contents, blobs),
    )
    return SealedVault(
        vault_id=contents.vault_id,
        sequence=sequence,
        manifest=seal_manifest(manifest, vault_key=vault_key, random=random),
        wraps=tuple(wraps),
        items=tuple(blobs),
    )


def _rows(contents: Contents, blobs: Sequence[bytes]) -> Mapping[str, Row]:
    """The items in their order, then those deleted."""
    rows: dict[str, Row] = {}
    for item, blob in zip(contents.items, blobs, strict=True):
        row = rows.get(item.name, Row(version=contents.seen[item.name], writes=(), deleted=item.gone))
        made = Write(device=item.device, number=item.number, hash=hash_of(blob), size=len(blob))
        rows[item.name] = replace(row, writes=(*row.writes, made))
    for name, version in contents.seen.items():
        rows.setdefault(name, Row(version=version, writes=(), deleted=True))
    return rows


def _open_item(name: str, made: Write, blob: bytes | None, *, gone: bool, vault_key: bytes) -> Item:
    if blob is None or len(blob) != made.size:
        raise damaged()
    identity = id_of(name)
    opened = vault.open_blob(blob, key=vault_keys.item_key(vault_key, identity))
    body = read_vault_json(opened.plaintext)
    return Item(id=identity, device=made.device, number=made.number, body=body, gone=gone, blob=blob)


def _sealed(item: Item, contents: Contents, vault_key: bytes, random: Random) -> Item:
    blob = vault.seal(
        write(item.body),
        key=vault_keys.item_key(vault_key, item.id),
        kind=Kind.ITEM,
        vault_id=contents.vault_id,
        sequence=contents.sequence + 1,
        random=random,
    )
    return replace(item, blob=blob)
