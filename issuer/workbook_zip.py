"""The zip around a workbook: its parts as blocks of bytes, counted while they inflate. What they say is not read here.

Refused before anything is inflated: directories larger than a workbook's, the 64-bit form, passwords, methods other
than deflate, two parts of one name, parts that overlap, and sizes that are told over the bound. (TRUST section 11)
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, Final

from issuer.cohort_file import FileBound
from kernel.errors import Malformed
from schemas.bounds import XLSX_DIRECTORY

_END: Final = struct.Struct("<4s4H2LH")
_LOCAL: Final = 30
"""Bytes of a part's own header, its name apart."""
_END_MARK: Final = b"PK\x05\x06"
_LOCATOR_64: Final = b"PK\x06\x07"
_BLOCK: Final = 1 << 15
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error),
    *(ValueError, OverflowError, OSError),
)
"""What the standard library raises at a damaged zip."""


class Parts:
    """The parts of one workbook by name; all that is inflated of it counts towards one bound."""

    def __init__(self, source: BinaryIO, *, bound: FileBound) -> None:
        """Raises Malformed `cohort_not_workbook`, `book_too_big`."""
        size = _require_plain_end(source)
        try:
            self._zip = zipfile.ZipFile(source)
        except _DAMAGE as fault:
            raise damaged() from fault
        self._left = min(bound.inflated, bound.ratio * size)
        infos = self._zip.infolist()
        if len({info.filename for info in infos}) != len(infos) or _overlap(infos):
            raise damaged()
        if any(info.flag_bits & 1 or info.compress_type not in _METHODS for info in infos):
            raise Malformed("cohort_not_workbook", detail="a part is behind a password or packed in a foreign way")
        if sum(info.file_size for info in infos) > self._left:
            raise _too_much()
        self._infos = {info.filename: info for info in infos}

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def blocks(self, name: str) -> Iterator[bytes]:
        """One part. Raises Malformed `cohort_not_workbook` where it is missing or damaged, `book_too_big`."""
        info = self._infos.get(name)
        if info is None:
            raise damaged()
        try:
            with self._zip.open(info) as part:
                while block := part.read(_BLOCK):
                    self._left -= len(block)
                    if self._left < 0:
                        raise _too_much()
                    yield block
        except Malformed:
            raise
        except _DAMAGE as fault:
            raise damaged() from fault


def _overlap(infos: list[zipfile.ZipInfo]) -> bool:
    """Whether one part's bytes are another's too: what lets a small zip inflate to much, without a high ratio."""
    ends = sorted((info.header_offset, info.header_offset + _LOCAL + info.compress_size) for info in infos)
    return any(end > start for (_, end), (start, _) in pairwise(ends))


def _require_plain_end(source: BinaryIO) -> int:
    """The zip's end as Excel writes it, and the file's size; looked at before the library reads the directory."""
    size = source.seek(0, 2)
    source.seek(max(0, size - _END.size - 0xFFFF))
    tail = source.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or at + _END.size > len(tail):
        raise damaged()
    _, _, _, _, count, directory, _, _ = _END.unpack_from(tail, at)
    if tail[max(0, at - 20) : at].startswith(_LOCATOR_64) or count == 0xFFFF:
        raise Malformed("cohort_not_workbook", detail="the workbook is in the 64-bit form of zip")
    if directory > XLSX_DIRECTORY.size or count > (XLSX_DIRECTORY.count or 0):
        raise _too_much()
    return size


def damaged() -> Malformed:
    """What a file is refused with that is none."""
    return Malformed("cohort_not_workbook", detail="the file is no workbook, or is damaged")


def _too_much() -> Malformed:
    return Malformed("book_too_big", detail="the workbook holds or inflates to more than a cohort may")
