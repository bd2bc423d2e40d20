"""In which encoding a CSV is written, and which of its cells are in another one. Pure; nothing is guessed at.

The header decides where it holds a letter that only one of the two can be; else the lines vote. A row with letters of
the other encoding is told, whichever way round. (DOMAIN section 11, rule 1; A26) Not here: how text is read
(`issuer/cohort_csv.py`).
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import BinaryIO, Final

from issuer.cohort_file import Columns, Detected, Encoding, Lines, Remark
from kernel.errors import Malformed

UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CUT: Final = "the file ends in the middle of a letter"
_BLOCK: Final = 1 << 18
_LONGEST: Final = 1 << 20
"""Bytes of a line that is looked at in one piece."""
_INSIDE: Final = bytes(range(0x80, 0xC0)).decode("cp1252", "surrogateescape")
_UTF8_LETTER: Final = re.compile(
    f"(?=[ÃÄÅÌÍÈâáðï])(?:(?:[ÃÄÅÌ]|â€|áº|á»|ðŸ|ï»|ï¿)[{re.escape(_INSIDE)}]|È[˜™š›]|Í[€‚ƒ„†‡ˆ‰‹•˜™¡¢£¤¥¦§©¬®¯°±¶¸])"
)
"""Bytes that are one letter in UTF-8, read as Windows-1252, where no name has such letters beside each other: U+00C0 to
U+017F, those of Romanian and Vietnamese, marks that are joined to the letter before (U+0300 to U+036F), signs of
writing (U+2000 to U+203F), pictures, and the marks of a file's start and of a lost letter. `Í` alone may stand before
a letter, a quote or a dash too: FÍŠER."""


def encoding_of(source: BinaryIO, first: bytes, size: int) -> Encoding:
    """Of the whole file, block by block. Raises Malformed `cohort_encoding`."""
    if first.startswith(UTF16):
        if size % 2:
            raise Malformed("cohort_encoding", detail=CUT)
        return "utf-16"
    if b"\0" in first:
        raise Malformed("cohort_encoding", detail="the file is UTF-16 without its mark, or no text")
    if first.startswith(codecs.BOM_UTF8) or _is_utf8_throughout(source):
        return "utf-8"
    lines = _lines(source)
    head = next(lines)
    if not head.isascii():
        return "utf-8" if _is_utf8(head) else "windows-1252"
    votes = [0, 0]
    for line in lines:
        if not line.isascii():
            votes[_is_utf8(line)] += 1
    return "windows-1252" if votes[False] > votes[True] else "utf-8"


def may_be_mixed(text: str, encoding: Encoding | None) -> bool:
    """Whether text of Windows-1252 holds letters of UTF-8. Those of Windows-1252 in UTF-8 are no letters there."""
    return encoding == "windows-1252" and _UTF8_LETTER.search(text) is not None


def told_mixed(rows: Lines, detected: Detected, columns: Columns) -> Lines:
    """The same rows of a file in Windows-1252, those with letters of UTF-8 in a column of ours as faults."""
    with closing(rows):
        for line, cells, remark in rows:
            at = _mixed(cells, detected) if remark is None and len(cells) == detected.width else None
            fault = remark if at is None else Remark(code="ENCODING_MIXED", column=columns.names[at][0])
            yield line, cells, fault


def _mixed(cells: Sequence[str], detected: Detected) -> int | None:
    """The first of our columns whose cell is."""
    if not may_be_mixed("\n".join(cells), detected.encoding):
        return None
    held = (place for place, at in enumerate(detected.order) if at >= 0 and _UTF8_LETTER.search(cells[at]))
    return next(held, None)


def _is_utf8_throughout(source: BinaryIO) -> bool:
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := source.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Of the whole file, with whichever ends; a line that is longer than any may be comes in pieces."""
    source.seek(0)
    rest = b""
    while block := source.read(_BLOCK):
        *whole, rest = (rest + block).splitlines(keepends=True)
        yield from whole
        if len(rest) > _LONGEST:
            yield rest
            rest = b""
    if rest:
        yield rest
