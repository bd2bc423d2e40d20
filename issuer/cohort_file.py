"""A cohort file as it came: bytes -> encoding, separator, header, cells; bounded, streamed, nothing guessed twice.

What the cells mean is `issuer/cohort.py`'s. The source is a seekable file object and is read twice: once whole, for its
hash and its encoding, and once as rows; memory holds one block or one line. (DOMAIN section 11, rules 1-3; TRUST 11.)
"""

import codecs
import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Final, Literal, get_args

from kernel.errors import Malformed, WrongShape
from schemas import bounds

Encoding = Literal["utf-8", "windows-1252"]
Separator = Literal[",", ";", "\t"]

COLUMNS: Final = (
    "Radicado Proyecto",
    "Código Norma",
    "Grupo",
    "Documento",
    "Apellidos",
    "Nombre",
    "Juicio Emitido",
    "Fecha de Juicio",
)
"""The SECCL export as far as known (DOMAIN 16.1): matched after trimming, case and accent folding, in any order."""

_BLOCK: Final = 1 << 18
_BINARY: Final = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"SQLite")
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Two bytes that are one letter in UTF-8; in a file that is not UTF-8 as a whole they mean two mixed encodings.
_UTF8_LETTER: Final = re.compile(rb"[\xc3\xc4][\x80-\xbf]")
_NOT_1252: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, kw_only=True, slots=True)
class FileBound:
    """What a file may be: bytes, data rows, columns, bytes a cell (TRUST section 11)."""

    bytes: int = bounds.CSV.size
    rows: int = bounds.CSV_ROWS
    columns: int = bounds.TABLE_COLUMNS
    cell: int = bounds.TABLE_CELL.size

    @property
    def line(self) -> int:
        """Characters of one physical line: every cell full, quoted, separated."""
        return self.columns * (self.cell + 3)


UPLOAD: Final = FileBound()
OPERATOR: Final = FileBound(bytes=bounds.CSV_OPERATOR.size, rows=bounds.CSV_OPERATOR_ROWS)
"""By the operator's command line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Detected:
    """What the file is, as found or as the officer said: stated before a row is judged (rule 1)."""

    sha256: bytes
    size: int
    encoding: Encoding
    bom: bool
    separator: Separator
    line_ending: Literal["LF", "CRLF", "CR"]
    order: tuple[int, ...]
    """Position in the file of each of COLUMNS."""
    width: int


def detect(
    source: BinaryIO,
    *,
    bound: FileBound = UPLOAD,
    encoding: Encoding | None = None,
    separator: Separator | None = None,
) -> Detected:
    """Read the whole file once: its hash, its encoding, its separator and its header.

    Raises Malformed `too_large`, `cohort_not_csv`, `cohort_encoding`, `limits_exceeded`; WrongShape `cohort_columns`.
    """
    sha256, size, first, seems = _survey(source, bound=bound)
    if encoding is None:
        encoding = seems
    elif encoding == "utf-8" and seems != "utf-8":
        raise Malformed("cohort_encoding", detail="the file is not UTF-8")
    bom = first.startswith(codecs.BOM_UTF8)
    head = _first_line(source, encoding, bound=bound)
    found, cells = _separator(head, separator)
    if len(cells) > bound.columns:
        raise Malformed("limits_exceeded", detail="more columns than a cohort may have")
    ending: Literal["LF", "CRLF", "CR"] = "CRLF" if head.endswith("\r\n") else "CR" if head.endswith("\r") else "LF"
    return Detected(
        sha256=sha256,
        size=size,
        encoding=encoding,
        bom=bom,
        separator=found,
        line_ending=ending,
        order=_match(cells),
        width=len(cells),
    )


def lines(source: BinaryIO, detected: Detected, *, bound: FileBound = UPLOAD) -> Iterator[tuple[int, list[str]]]:
    """(physical line of its end, cells) of each data row, as text and untouched; blank lines are no rows.

    Raises Malformed `limits_exceeded` on a line or a count over the bound, `cohort_not_csv` where quotes do not close.
    """
    text = _text(source, detected.encoding)
    reader = csv.reader(_bounded(text, bound.line), delimiter=detected.separator, strict=True)
    try:
        next(reader)
        count = 0
        for cells in reader:
            if not cells:
                continue
            count += 1
            if count > bound.rows:
                raise Malformed("limits_exceeded", detail="more rows than a cohort may have", pointer=f"/{bound.rows}")
            yield reader.line_num, cells
    except csv.Error as fault:
        raise Malformed(
            "cohort_not_csv", detail="quotes or separators of a line do not close", pointer=f"/{reader.line_num}"
        ) from fault
    except UnicodeDecodeError as fault:
        raise Malformed("cohort_encoding", detail="the file is not in the encoding that was chosen") from fault
    finally:
        text.detach()


def _survey(source: BinaryIO, *, bound: FileBound) -> tuple[bytes, int, bytes, Encoding]:
    """Hash, size, first bytes and encoding of the whole file, block by block."""
    source.seek(0)
    digest, size, first, tail = hashlib.sha256(), 0, b"", b""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_utf8_letter, fits_1252 = True, False, True
    while block := source.read(_BLOCK):
        size += len(block)
        if size > bound.bytes:
            raise Malformed("too_large", detail="the file is larger than a cohort may be")
        if not first:
            first = block[:16]
            _require_text(first)
        if b"\x00" in block:
            raise Malformed("cohort_not_csv", detail="the file holds binary zeros: it is no CSV")
        digest.update(block)
        if is_utf8:
            is_utf8 = _decodes(utf8, block)
        if not block.isascii():
            has_utf8_letter = has_utf8_letter or _UTF8_LETTER.search(tail + block) is not None
            fits_1252 = fits_1252 and _NOT_1252.search(block) is None
        tail = block[-1:]
    if size == 0:
        raise Malformed("cohort_not_csv", detail="the file is empty")
    if is_utf8 and _decodes(utf8, b"", final=True):
        return digest.digest(), size, first, "utf-8"
    if has_utf8_letter:
        raise Malformed("cohort_encoding", detail="the file mixes UTF-8 and another encoding")
    if not fits_1252:
        raise Malformed("cohort_encoding", detail="the file is neither UTF-8 nor Windows-1252")
    return digest.digest(), size, first, "windows-1252"


def _require_text(first: bytes) -> None:
    if first.startswith(_UTF16):
        raise Malformed("cohort_encoding", detail="the file is UTF-16")
    if first.startswith(_BINARY):
        raise Malformed("cohort_not_csv", detail="the file is a workbook, a picture or an archive, no CSV")


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _text(source: BinaryIO, encoding: Encoding) -> io.TextIOWrapper:
    source.seek(0)
    name = "utf-8-sig" if encoding == "utf-8" else "cp1252"
    return io.TextIOWrapper(source, encoding=name, errors="strict", newline="")


def _bounded(text: io.TextIOWrapper, limit: int) -> Iterator[str]:
    for line in iter(partial(text.readline, limit), ""):
        if len(line) >= limit:
            raise Malformed("limits_exceeded", detail="a line is longer than a cohort's may be")
        yield line


def _first_line(source: BinaryIO, encoding: Encoding, *, bound: FileBound) -> str:
    text = _text(source, encoding)
    try:
        return next(_bounded(text, bound.line), "")
    except UnicodeDecodeError as fault:
        raise Malformed("cohort_encoding", detail="the file is not in the encoding that was chosen") from fault
    finally:
        text.detach()


def _separator(head: str, said: Separator | None) -> tuple[Separator, list[str]]:
    """The separator that makes most of our columns out of the header; none does: no CSV of SECCL."""
    best: tuple[int, Separator, list[str]] | None = None
    for candidate in (said,) if said is not None else get_args(Separator):
        try:
            cells = next(csv.reader([head], delimiter=candidate, strict=True), [])
        except csv.Error:
            continue
        known = len({_fold(cell) for cell in cells} & _FOLDED)
        if best is None or known > best[0]:
            best = known, candidate, cells
    if best is None or best[0] == 0:
        raise Malformed("cohort_not_csv", detail="the first line has none of the columns of a SECCL export")
    return best[1], best[2]


def _match(cells: list[str]) -> tuple[int, ...]:
    """Where each of COLUMNS stands; a missing or repeated one stops the file (rule 2)."""
    folded = [_fold(cell) for cell in cells]
    for name in COLUMNS:
        times = folded.count(_fold(name))
        if times != 1:
            fault = "missing" if times == 0 else "repeated"
            raise WrongShape("cohort_columns", detail=f"the column is {fault}: {name}", pointer=f"/{name}")
    return tuple(folded.index(_fold(name)) for name in COLUMNS)


def _fold(name: str) -> str:
    """Trimmed, case folded, without accents, inner runs collapsed."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


_FOLDED: Final = frozenset(_fold(name) for name in COLUMNS)
