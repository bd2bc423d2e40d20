"""What lies inside a vault once it is open: items, and the manifest that names them (TRUST section 8). Pure.

The manifest is the truth: an item that it does not name is not there, one that it names and that is missing or changed
is damage and said as such. An item is sealed under its own key and is written anew only when it changed.

    manifest  {"version": 1, "device": …, "sequence": n, "previous": hash of the former manifest | null,
               "items": {id: {"version": {device: n}, "hash": …, "size": n}}}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from kernel import vault, vault_keys
from kernel.canonical import sha256
from kernel.codec import read, write
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Invalid, Malformed
from kernel.ports import Random
from kernel.vault import Kind
from schemas import bounds
from schemas.json import JsonObject
from wallet.sealed import SealedVault

_VERSION: Final = 1
_ID_SIZE: Final = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing kept. `version` counts the writes of each device; `blob` is how it lies sealed, None until it does."""

    id: bytes
    body: JsonObject
    version: Mapping[str, int]
    blob: bytes | None = None

    @property
    def name(self) -> str:
        """The id as text."""
        return base64url_encode(self.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """An open vault's items, in the order they came; `previous` is the hash of the manifest that they were read by."""

    vault_id: bytes
    device: str
    sequence: int
    previous: str | None
    items: tuple[Item, ...]

    def add(self, body: JsonObject, *, random: Random) -> "Contents":
        """With one more item."""
        item = Item(id=random(_ID_SIZE), body=body, version={self.device: 1})
        return replace(self, items=(*self.items, item))

    def drop(self, name: str) -> "Contents":
        """Without that item."""
        return replace(self, items=tuple(item for item in self.items if item.name != name))


def open_contents(sealed: SealedVault, vault_key: bytes) -> Contents:
    """Everything in the vault. Raises Malformed `vault_unreadable` for a wrong key, a missing or a changed item."""
    opened = vault.open_blob(sealed.manifest, key=vault_keys.subkey(vault_key, vault_keys.MANIFEST))
    manifest = _json(opened.plaintext)
    by_hash = {sha256(blob): blob for blob in sealed.items}
    try:
        rows: dict[str, Any] = manifest["items"]  # type: ignore[assignment]  # a wrong shape ends in the handler below
        if manifest["version"] != _VERSION or manifest["sequence"] != opened.header.sequence:
            raise _damaged()
        return Contents(
            vault_id=sealed.vault_id,
            device=str(manifest["device"]),
            sequence=opened.header.sequence,
            previous=base64url_encode(sha256(sealed.manifest)),
            items=tuple(_open_item(name, row, by_hash, vault_key) for name, row in rows.items()),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged() from error


def seal_contents(contents: Contents, *, vault_key: bytes, wraps: Sequence[bytes], random: Random) -> SealedVault:
    """The next state of the vault: its sequence is one higher. Only what changed is sealed anew."""
    sequence = contents.sequence + 1
    items = {
        item.name: (item, item.blob or _seal_item(item, contents, sequence, vault_key, random))
        for item in contents.items
    }
    manifest = write(
        {
            "version": _VERSION,
            "device": contents.device,
            "sequence": sequence,
            "previous": contents.previous,
            "items": {
                name: {"version": dict(item.version), "hash": base64url_encode(sha256(blob)), "size": len(blob)}
                for name, (item, blob) in items.items()
            },
        }
    )
    return SealedVault(
        vault_id=contents.vault_id,
        sequence=sequence,
        manifest=vault.seal(
            manifest,
            key=vault_keys.subkey(vault_key, vault_keys.MANIFEST),
            kind=Kind.MANIFEST,
            vault_id=contents.vault_id,
            sequence=sequence,
            random=random,
        ),
        wraps=tuple(wraps),
        items=tuple(blob for _item, blob in items.values()),
    )


def _open_item(name: str, row: Mapping[str, Any], by_hash: Mapping[bytes, bytes], vault_key: bytes) -> Item:
    identity = base64url_decode(name, limit=64)
    blob = by_hash.get(base64url_decode(row["hash"], limit=64))
    if blob is None or len(blob) != row["size"]:
        raise _damaged()
    opened = vault.open_blob(blob, key=vault_keys.item_key(vault_key, identity))
    return Item(id=identity, body=_json(opened.plaintext), version=dict(row["version"]), blob=blob)


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
