"""What an install leaves for the next one, as one small file: roots, versions, floors, sticky revocations.

It is the device's own memory and carries no signature: whoever can change it can change the program beside it. Read
back strictly all the same, so that a damaged file is refused and not half believed.
"""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Final, cast

from kernel.bundle.installed import Purpose, Remembered, StatusList
from kernel.bundle.metadata import as_count, as_list, as_object, as_text, as_time, read_json
from kernel.bundle.refusal import refused
from kernel.canonical import canonical
from schemas.bounds import BUNDLE_JSON, STATUS_LIST_BYTES
from schemas.identifiers import Did, Url
from schemas.json import JsonObject, JsonValue

VERSION: Final = 1


def write(memory: Remembered) -> bytes:
    """The memory as JSON; bits are packed, since most of them are zero."""
    document: JsonObject = {
        "version": VERSION,
        "root": b64encode(memory.root).decode(),
        "versions": dict(memory.versions),
        "floorOff": _time(memory.floor_off),
        "floorOn": None if memory.floor_on is None else _time(memory.floor_on),
        "lists": [_list(one) for one in memory.lists.values()],
    }
    return canonical(document)


def read(raw: bytes) -> Remembered:
    """What `write` wrote; Invalid `bundle_refused` for anything else."""
    document = read_json(raw, bound=BUNDLE_JSON)
    if document.get("version") != VERSION:
        raise refused("the memory of another program")
    floor_on = document.get("floorOn")
    found = [_read_list(as_object(row)) for row in as_list(document.get("lists"))]
    versions = as_object(document.get("versions"))
    return Remembered(
        root=_bytes(document.get("root")),
        versions={name: as_count(version, least=1) for name, version in versions.items()},
        floor_off=as_time(document.get("floorOff")),
        floor_on=None if floor_on is None else as_time(floor_on),
        lists={one.url: one for one in found},
    )


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _list(one: StatusList) -> JsonObject:
    added: JsonValue = [{"at": _time(at), "bits": bits} for at, bits in one.added]
    return {
        "url": one.url,
        "issuer": one.issuer,
        "purpose": one.purpose,
        "signed": _packed(one.signed),
        "sticky": _packed(one.sticky),
        "signedAt": _time(one.signed_at),
        "epoch": one.epoch,
        "held": one.held,
        "unset": one.unset,
        "added": added,
    }


def _read_list(row: Mapping[str, JsonValue]) -> StatusList:
    purpose = as_text(row.get("purpose"))
    if purpose not in ("revocation", "suspension") or not isinstance(row.get("held"), bool):
        raise refused("the memory of a list has the wrong shape")
    added = [as_object(part) for part in as_list(row.get("added"))]
    return StatusList(
        url=Url(as_text(row.get("url"))),
        issuer=Did(as_text(row.get("issuer"))),
        purpose=cast(Purpose, purpose),
        signed=_unpacked(row.get("signed")),
        sticky=_unpacked(row.get("sticky")),
        signed_at=as_time(row.get("signedAt")),
        epoch=as_count(row.get("epoch")),
        held=row.get("held") is True,
        unset=as_count(row.get("unset")),
        added=tuple((as_time(part.get("at")), as_count(part.get("bits"))) for part in added),
    )


def _packed(bits: bytes) -> str:
    return b64encode(zlib.compress(bits, 9)).decode()


def _unpacked(value: JsonValue) -> bytes:
    inflate = zlib.decompressobj()
    try:
        bits = inflate.decompress(_bytes(value), STATUS_LIST_BYTES + 1)
    except zlib.error as fault:
        raise refused("the memory of a list cannot be unpacked") from fault
    if len(bits) != STATUS_LIST_BYTES or not inflate.eof:
        raise refused("the memory of a list has another length")
    return bits


def _bytes(value: JsonValue) -> bytes:
    try:
        return b64decode(as_text(value), validate=True)
    except ValueError as fault:
        raise refused("the memory holds something that is not base64") from fault
