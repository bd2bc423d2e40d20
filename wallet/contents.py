"""What lies inside a vault once it is open: items, and the manifest that names them (TRUST section 8). Pure.

The manifest is the truth: an item that it does not name is not there, one that it names and that is missing or changed
is damage and said as such. An item is sealed under its own key and is written anew only when it changed.

    manifest  {"version": 2, "device": …, "sequence": n, "previous": hash of the former manifest | null,
               "items": {id: {"version": {device: n, …}, "writes": [{"device", "number", "hash", "size"}, …]}}}

A *write* is one device's n-th body of an item. `version` says, for each device, up to which of its writes the item is
known here; a write that is known and no longer listed was replaced or deleted. So an item without writes is a tombstone
("deleted": true), and two writes of one item were made by phones that did not know of each other: both stay. How the
states of two phones become one is `merging.py`'s. Version 1 (one write an item, no tombstones) is read as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from kernel import vault, vault_keys
from kernel.canonical import sha256
from kernel.codec import read, write
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Invalid, Malformed, NotFound
from kernel.ports import Random
from kernel.vault import Kind
from schemas import bounds
from schemas.json import JsonObject
from wallet.sealed import SealedVault

_VERSION: Final = 2
_FIRST_VERSION: Final = 1
_ID_SIZE: Final = 16

Version = Mapping[str, int]
"""Device -> how many of its writes are known."""


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
        """With that body in the place of the former. Raises NotFound."""
        former = self.find(name)
        item = self._write(former.id, body)
        items = tuple(item if each is former else each for each in self.items)
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
    by_hash = {sha256(blob): blob for blob in sealed.items}
    try:
        manifest, rows = _open_manifest(sealed.manifest, vault_key)
        return Contents(
            vault_id=sealed.vault_id,
            device=str(manifest["device"]),
            sequence=manifest["sequence"],
            previous=base64url_encode(sha256(sealed.manifest)),
            items=tuple(item for name, row in rows.items() for item in _open_item(name, row, by_hash, vault_key)),
            seen={name: _version(row["version"]) for name, row in rows.items()},
        )
    except (KeyError, TypeError, AttributeError, ValueError, Invalid) as error:
        raise _damaged() from error


def named_blobs(manifest: bytes, vault_key: bytes) -> tuple[tuple[str, str], ...]:
    """The item and the hash of every blob that a sealed manifest names. Raises Malformed `vault_unreadable`."""
    try:
        _manifest, rows = _open_manifest(manifest, vault_key)
        return tuple((name, made["hash"]) for name, row in rows.items() for made in row["writes"])
    except (KeyError, TypeError, AttributeError, ValueError, Invalid) as error:
        raise _damaged() from error


def seal_contents(contents: Contents, *, vault_key: bytes, wraps: Sequence[bytes], random: Random) -> SealedVault:
    """The next state of the vault: its sequence is one higher. Only what changed is sealed anew."""
    sequence = contents.sequence + 1
    items = tuple(
        item if item.blob else replace(item, blob=_seal_item(item, contents, sequence, vault_key, random))
        for item in contents.items
    )
    manifest: JsonObject = {
        "version": _VERSION,
        "device": contents.device,
        "sequence": sequence,
        "previous": contents.previous,
        "items": _rows(items, contents.seen),
    }
    return SealedVault(
        vault_id=contents.vault_id,
        sequence=sequence,
        manifest=vault.seal(
            write(manifest),
            key=vault_keys.subkey(vault_key, vault_keys.MANIFEST),
            kind=Kind.MANIFEST,
            vault_id=contents.vault_id,
            sequence=sequence,
            random=random,
        ),
        wraps=tuple(wraps),
        items=tuple(item.blob for item in items if item.blob),
    )


def _open_manifest(sealed: bytes, vault_key: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The manifest, and its rows as version 2 has them."""
    opened = vault.open_blob(sealed, key=vault_keys.subkey(vault_key, vault_keys.MANIFEST))
    manifest: dict[str, Any] = dict(_json(opened.plaintext))
    rows: dict[str, Any] = manifest["items"]
    if manifest["version"] not in (_FIRST_VERSION, _VERSION) or manifest["sequence"] != opened.header.sequence:
        raise _damaged()
    is_first = manifest["version"] == _FIRST_VERSION
    return manifest, {name: _first_row(row) for name, row in rows.items()} if is_first else rows


def _rows(items: Sequence[Item], seen: Mapping[str, Version]) -> JsonObject:
    """The items in their order, then those deleted."""
    rows: dict[str, Any] = {}
    for item in items:
        blob = item.blob or b""
        row = rows.setdefault(item.name, _row(seen[item.name], deleted=item.gone))
        row["writes"].append(
            {
                "device": item.device,
                "number": item.number,
                "hash": base64url_encode(sha256(blob)),
                "size": len(blob),
            }
        )
    for name in seen:
        rows.setdefault(name, _row(seen[name], deleted=True))
    return rows


def _row(version: Version, *, deleted: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"version": dict(sorted(version.items())), "writes": []}
    return {**row, "deleted": True} if deleted else row


def _first_row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row of version 1: the item's one write is the one that its version counts."""
    ((device, number),) = row["version"].items()
    made = {"device": device, "number": number, "hash": row["hash"], "size": row["size"]}
    return {"version": row["version"], "writes": [made]}


def _version(row: Mapping[str, Any]) -> Version:
    if any(type(number) is not int or number < 1 for number in row.values()):
        raise _damaged()
    return dict(row)


def _open_item(name: str, row: Mapping[str, Any], by_hash: Mapping[bytes, bytes], vault_key: bytes) -> Iterator[Item]:
    identity = base64url_decode(name, limit=64)
    for made in row["writes"]:
        blob = by_hash.get(base64url_decode(made["hash"], limit=64))
        if blob is None or len(blob) != made["size"] or not 1 <= made["number"] <= row["version"][made["device"]]:
            raise _damaged()
        opened = vault.open_blob(blob, key=vault_keys.item_key(vault_key, identity))
        yield Item(
            id=identity,
            device=made["device"],
            number=made["number"],
            body=_json(opened.plaintext),
            gone=row.get("deleted", False) is True,
            blob=blob,
        )


def _seal_item(item: Item, contents: Contents, sequence: int, vault_key: bytes, random: Random) -> bytes:
    return vault.seal(
        write(item.body),
        key=vault_keys.item_key(vault_key, item.id),
        kind=Kind.ITEM,
        vault_id=contents.vault_id,
        sequence=sequence,
        random=random,
    )


def _json(plaintext: bytes) -> JsonObject:
    try:
        return read(plaintext, bound=bounds.VAULT_JSON).document
    except Invalid as error:
        raise _damaged() from error


def _damaged() -> Malformed:
    return Malformed("vault_unreadable", detail="the vault opened, but what it names is missing or damaged")
