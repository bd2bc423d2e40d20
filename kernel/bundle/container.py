"""The bundle in one file, `*.puente`: gzip of one deterministic CBOR map {path: bytes}. It has no trust of its own.

Written with no time in it, so equal files give equal bytes. Bounds: TRUST section 11.
"""

import zlib
from collections.abc import Mapping
from typing import Final

from kernel.bundle.cursor import BYTES, MAP, TEXT, Cursor
from kernel.bundle.refusal import refused
from kernel.cborld.cbor import head
from schemas.bounds import CONTAINER

MAX_PATH: Final = 200
_FILES: Final = CONTAINER.count or 0
_OUT: Final = CONTAINER.out or 0


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files by path -> the container's bytes."""
    rows = sorted((head(TEXT, len(path.encode())) + path.encode(), raw) for path, raw in files.items())
    body = head(MAP, len(rows)) + b"".join(path + head(BYTES, len(raw)) + raw for path, raw in rows)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def unpack(container: bytes) -> Mapping[str, bytes]:
    """The files of a container; `bundle_refused` beyond 4 MiB packed, 24 MiB inflated or 512 files, or malformed."""
    if len(container) > CONTAINER.size:
        raise refused("the container is larger than its bound")
    inflate = zlib.decompressobj(wbits=31)
    try:
        body = inflate.decompress(container, _OUT + 1)
    except zlib.error as fault:
        raise refused("the container is not gzip") from fault
    if len(body) > _OUT:
        raise refused("the container inflates beyond its bound")
    if not inflate.eof or inflate.unused_data:
        raise refused("the container's gzip is cut short or goes on")
    cursor = Cursor(body)
    found = {plain(path): cursor.string(BYTES) for path in cursor.keys(_FILES)}
    cursor.end()
    return found


def plain(path: bytes) -> str:
    """A path below `metadata/` or `targets/`, of plain characters, that no file system can read otherwise."""
    text = path.decode("ascii", "replace")
    parts = text.split("/")
    odd = len(path) > MAX_PATH or any(not part or part.startswith(".") for part in parts)
    if odd or parts[0] not in ("metadata", "targets") or not set(text) <= _PLAIN:
        raise refused("the container has a path that is not plain")
    return text


_PLAIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/")
