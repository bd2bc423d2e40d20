"""The manifest of a vault, sealed and open: which items there are, by which writes, known how far (TRUST section 8).

    {"version": 2, "device": …, "sequence": n, "previous": hash of the former manifest | null,
     "items": {id: {"version": {device: n, …}, "writes": [{"device", "number", "hash", "size"}, …]}}}

A *write* is one device's n-th body of an item. `version` says, for each device, up to which of its writes the item is
known; a write that is known and no longer listed was replaced or deleted. So an item without writes is a tombstone
("deleted": true), and two writes of one item were made by phones that did not know of each other. With writes,
"deleted" says that the holder of this phone was not asked yet. Version 1 (one write an item) is read as well. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kernel import vault, vault_keys
from kernel.canonical import sha256
from kernel.codec import read, write
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Invalid, Malformed
from kernel.ports import Random
from kernel.vault import Kind
from schemas import bounds
from schemas.json import JsonObject, JsonValue

_VERSION: Final = 2
_FIRST_VERSION: Final = 1
_WRONG_SHAPE: Final = (KeyError, TypeError, AttributeError, ValueError, Invalid)

Version = Mapping[str, int]
"""Device -> how many of its writes are known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Write:
    """One body of an item, as its sealed blob is named."""

    device: str
    number: int
    hash: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One item: known up to `version`, alive by `writes`."""

    version: Version
    writes: tuple[Write, ...]
    deleted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A manifest that opened; rows by item name, in the order they came."""

    vault_id: bytes
    device: str
    sequence: int
    previous: str | None
    rows: Mapping[str, Row]


def open_manifest(blob: bytes, vault_key: bytes) -> Manifest:
    """Raises Malformed `vault_unreadable` for a wrong key, another kind of blob, a wrong shape."""
    opened = vault.open_blob(blob, key=vault_keys.subkey(vault_key, vault_keys.MANIFEST))
    document: Mapping[str, Any] = read_vault_json(opened.plaintext)
    try:
        version, sequence = document["version"], document["sequence"]
        if opened.header.kind is not Kind.MANIFEST or sequence != opened.header.sequence:
            raise damaged()
        reading = {_FIRST_VERSION: _read_first_row, _VERSION: _read_row}[version]
        return Manifest(
            vault_id=opened.header.vault_id,
            device=str(document["device"]),
            sequence=sequence,
            previous=document["previous"],
            rows={name: reading(row) for name, row in document["items"].items()},
        )
    except _WRONG_SHAPE as error:
        raise damaged() from error


def seal_manifest(manifest: Manifest, *, vault_key: bytes, random: Random) -> bytes:
    """The sealed blob."""
    return vault.seal(
        write(_written(manifest)),
        key=vault_keys.subkey(vault_key, vault_keys.MANIFEST),
        kind=Kind.MANIFEST,
        vault_id=manifest.vault_id,
        sequence=manifest.sequence,
        random=random,
    )


def hash_of(blob: bytes) -> str:
    """How a blob is named: SHA-256 in base64url."""
    return base64url_encode(sha256(blob))


def id_of(name: str) -> bytes:
    """The bytes of an item's name; raises Malformed `vault_unreadable`."""
    try:
        return base64url_decode(name, limit=64)
    except Invalid as error:
        raise damaged() from error


def read_vault_json(plaintext: bytes) -> JsonObject:
    """The JSON inside a blob that opened; raises Malformed `vault_unreadable`."""
    try:
        return read(plaintext, bound=bounds.VAULT_JSON).document
    except Invalid as error:
        raise damaged() from error


def damaged() -> Malformed:
    """What is said of a vault whose key is right and whose parts are not."""
    return Malformed("vault_unreadable", detail="the vault opened, but what it names is missing or damaged")


def _written(manifest: Manifest) -> JsonObject:
    return {
        "version": _VERSION,
        "device": manifest.device,
        "sequence": manifest.sequence,
        "previous": manifest.previous,
        "items": {name: _written_row(row) for name, row in manifest.rows.items()},
    }


def _written_row(row: Row) -> JsonObject:
    writes: list[JsonValue] = [
        {"device": made.device, "number": made.number, "hash": made.hash, "size": made.size} for made in row.writes
    ]
    written: JsonObject = {"version": dict(sorted(row.version.items())), "writes": writes}
    return {**written, "deleted": True} if row.deleted else written


def _read_row(row: Mapping[str, Any]) -> Row:
    version = _read_version(row)
    writes = tuple(_read_write(made, version) for made in row["writes"])
    return Row(version=version, writes=writes, deleted=row.get("deleted", False) is True)


def _read_first_row(row: Mapping[str, Any]) -> Row:
    """A row of version 1: the item's one write is the one that its version counts."""
    version = _read_version(row)
    ((device, number),) = version.items()
    made = _read_write({**row, "device": device, "number": number}, version)
    return Row(version=version, writes=(made,), deleted=False)


def _read_version(row: Mapping[str, Any]) -> Version:
    return {device: _count(number) for device, number in row["version"].items()}


def _read_write(made: Mapping[str, Any], version: Version) -> Write:
    number = _count(made["number"])
    if number > version[made["device"]]:
        raise damaged()
    return Write(device=made["device"], number=number, hash=str(made["hash"]), size=_count(made["size"]))


def _count(number: object) -> int:
    if type(number) is not int or number < 1:
        raise damaged()
    return number
