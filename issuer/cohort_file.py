"""A cohort file as it came: what form it has, where our columns stand, and its rows as text; bounded and streamed.

The two forms are read by `issuer/cohort_csv.py` and `issuer/cohort_xlsx.py`; what cells mean is `issuer/cohort.py`'s.
The source is a seekable file object and is read twice: once whole, for its hash and its form, and once as rows.
(DOMAIN section 11, rules 1-3; TRUST 11.)
"""

import hashlib
import unicodedata
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal

from kernel.errors import Malformed, WrongShape
from schemas import bounds

Encoding = Literal["utf-8", "windows-1252", "utf-16"]
Separator = Literal[",", ";", "\t"]
Ending = Literal["LF", "CRLF", "CR"]
Form = Literal["csv", "xlsx"]

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
DOCUMENT: Final = 3
DATE: Final = 7
TOO_WIDE: Final = "more columns than a cohort may have"


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """The columns of a kind of file: by what names each goes, and what a sheet may have done to which."""

    names: tuple[tuple[str, ...], ...]
    document: int
    dates: frozenset[int]
    optional: frozenset[int] = frozenset()

    def find(self, cells: Sequence[str]) -> int:
        """How many of them the cells name."""
        folded = {_fold(cell) for cell in cells}
        return sum(any(_fold(name) in folded for name in names) for names in self.names)


_BLOCK: Final = 1 << 18
ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"  # .xls, and an .xlsx behind a password


@dataclass(frozen=True, kw_only=True, slots=True)
class FileBound:
    """What a file may be: bytes, data rows, columns, bytes a cell (TRUST section 11)."""

    bytes: int = bounds.CSV.size
    rows: int = bounds.CSV_ROWS
    columns: int = bounds.TABLE_COLUMNS
    cell: int = bounds.TABLE_CELL.size
    book: int = bounds.XLSX.size
    """Bytes of a workbook."""
    inflated: int = bounds.XLSX.out or 0
    ratio: int = bounds.XLSX_RATIO

    @property
    def line(self) -> int:
        """Characters of one physical line: every cell full, quoted, separated."""
        return self.columns * (self.cell + 3)


UPLOAD: Final = FileBound()
OPERATOR: Final = FileBound(bytes=bounds.CSV_OPERATOR.size, rows=bounds.CSV_OPERATOR_ROWS)
"""By the operator's command line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What the form itself says about a row: the fault that keeps it from being read, or warnings. Rare."""

    code: str | None = None
    column: str | None = None
    warnings: tuple[str, ...] = ()


PLAIN: Final = Remark()
"""Of a row that was seen from afar: no cell of it is odd or too long (`cohort_signs.is_plain`). None: not looked at."""

Line = tuple[int, list[str], Remark | None]
"""Its row number as a spreadsheet shows it (the header is row 1, a blank line is a row, a cell of several lines is none
more), its cells as text, and a remark or none."""

Lines = Generator[Line, None, None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Detected:
    """What the file is, as found or as the officer said: stated before a row is judged (rule 1)."""

    form: Form
    sha256: bytes
    size: int
    order: tuple[int, ...]
    """Position in the file of each of COLUMNS."""
    width: int
    notes: tuple[str, ...] = ()
    """Warnings about the file as a whole (`cohort_words.WARNINGS`)."""
    encoding: Encoding | None = None
    bom: bool = False
    separator: Separator | None = None
    line_ending: Ending | None = None


def survey(source: BinaryIO, *, bound: FileBound) -> tuple[bytes, int, bytes]:
    """Hash, size and first bytes of the whole file. Raises `file_too_large`, `file_empty`, `cohort_not_workbook`."""
    source.seek(0)
    digest, size, first = hashlib.sha256(), 0, b""
    while block := source.read(_BLOCK):
        first = first or block[:16]
        size += len(block)
        if size > (bound.book if first.startswith(ZIP) else bound.bytes):
            raise Malformed("file_too_large", detail="the file is larger than a cohort may be")
        digest.update(block)
    if size == 0:
        raise Malformed("file_empty", detail="the file has no byte")
    if first.startswith(_OLD_OFFICE):
        raise Malformed("cohort_not_workbook", detail="the workbook is of an old form, or behind a password")
    return digest.digest(), size, first


def match(cells: Sequence[str], *, bound: FileBound, columns: Columns) -> tuple[int, ...]:
    """Where each column stands in a header, -1 for one that may be left out; a missing or repeated one stops the file.

    Raises Malformed `file_too_wide`, WrongShape `cohort_columns`, `column_repeated` (rule 2).
    """
    if len(cells) > bound.columns:
        raise Malformed("file_too_wide", detail=TOO_WIDE)
    folded = [_fold(cell) for cell in cells]
    found: list[int] = []
    for place, names in enumerate(columns.names):
        at = [i for i, cell in enumerate(folded) if cell in {_fold(name) for name in names}]
        if len(at) != 1 and not (not at and place in columns.optional):
            code, fault = ("column_repeated", "repeated") if at else ("cohort_columns", "missing")
            raise WrongShape(code, detail=f"the column is {fault}: {names[0]}", pointer=f"/{names[0]}")
        found.append(at[0] if at else -1)
    return tuple(found)


def counted(lines: Lines, *, bound: FileBound) -> Lines:
    """The same rows, as many as a cohort may have; raises Malformed `file_too_many_rows` at the next."""
    with closing(lines):
        for count, line in enumerate(lines):
            if count >= bound.rows:
                told = {"detail": "more rows than a cohort may have", "pointer": f"/{bound.rows}"}
                raise Malformed("file_too_many_rows", **told)
            yield line


def fitted(cells: list[str], width: int) -> list[str]:
    """A row without the cells after the header's last column, where they hold nothing: separators too many."""
    return cells if any(cells[width:]) else cells[:width]


def no_rows() -> WrongShape:
    """What a file is refused with that has a header alone."""
    return WrongShape("file_no_rows", detail="there is no row below the header")


def _fold(name: str) -> str:
    """Trimmed, case folded, without accents, inner runs collapsed."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


SECCL: Final = Columns(names=tuple((name,) for name in COLUMNS), document=DOCUMENT, dates=frozenset({DATE}))
"""The columns of a cohort."""
