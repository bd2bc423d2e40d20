"""The bundle in one file, `*.puente`: gzip of one deterministic CBOR map {path: bytes}. It has no trust of its own.

Written with no time in it, so equal files give equal bytes. Read with a reader for just this shape, since the limits of
`kernel/cborld/cbor.py` are those of a QR. Bounds: TRUST section 11.
"""

import zlib
from collections.abc import Mapping
from typing import Final

from kernel.bundle.refusal import refused
from schemas.bounds import CONTAINER

MAX_PATH: Final = 200
_BYTES, _TEXT, _MAP = 2, 3, 5
_FILES: Final = CONTAINER.count or 0
_OUT: Final = CONTAINER.out or 0


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files by path -> the container's bytes."""
    rows = sorted((_head(_TEXT, len(path.encode())) + path.encode(), raw) for path, raw in files.items())
    body = _head(_MAP, len(rows)) + b"".join(path + _head(_BYTES, len(raw)) + raw for path, raw in rows)
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
    return _Reader(body).files()


def _head(major: int, count: int) -> bytes:
    """Major type and shortest count (RFC 8949 section 4.2.1)."""
    if count < 24:
        return bytes((major << 5 | count,))
    width = 1 if count < 1 << 8 else 2 if count < 1 << 16 else 4
    return bytes((major << 5 | (23 + width.bit_length()),)) + count.to_bytes(width)


class _Reader:
    """A cursor over one CBOR map of text to bytes."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def files(self) -> dict[str, bytes]:
        count = self._count(_MAP)
        if count > _FILES:
            raise refused("the container has too many files")
        found: dict[str, bytes] = {}
        former = b""
        for _ in range(count):
            start = self._at
            path = self._take(self._count(_TEXT))
            key = self._body[start : self._at]
            if key <= former:
                raise refused("the container's paths are not in order, or one stands twice")
            former = key
            found[_plain(path)] = self._take(self._count(_BYTES))
        if self._at != len(self._body):
            raise refused("the container goes on after its map")
        return found

    def _take(self, size: int) -> bytes:
        if size > len(self._body) - self._at:
            raise refused("the container is cut short")
        self._at += size
        return self._body[self._at - size : self._at]

    def _count(self, major: int) -> int:
        first = self._take(1)[0]
        small = first & 31
        if first >> 5 != major or small > 26:
            raise refused("the container is not a map of text to bytes")
        if small < 24:
            return small
        count = int.from_bytes(self._take(1 << (small - 24)))
        if count < (24, 1 << 8, 1 << 16)[small - 24]:
            raise refused("the container is not deterministic CBOR")
        return count


def _plain(path: bytes) -> str:
    """A path below `metadata/` or `targets/`, of plain characters, that no file system can read otherwise."""
    text = path.decode("ascii", "replace")
    parts = text.split("/")
    odd = len(path) > MAX_PATH or any(not part or part.startswith(".") for part in parts)
    if odd or parts[0] not in ("metadata", "targets") or not set(text) <= _PLAIN:
        raise refused("the container has a path that is not plain")
    return text


_PLAIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/")
