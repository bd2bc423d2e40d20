"""The rows of a SECCL cohort judged one by one: issue, skip or error, with code and column. Pure; nothing is issued.

The file around the rows is `issuer/cohort_reading.py`'s, the sentences are `issuer/cohort_words.py`'s. Norm versions,
the document type and the date of reference are not in the export: they are chosen with the batch. (DOMAIN section 11)
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, Final, Literal, NamedTuple

from issuer.cohort_file import COLUMNS, PLAIN, UPLOAD, Detected, FileBound, Form, Remark, no_rows
from issuer.cohort_reading import detect, lines
from issuer.cohort_signs import document_fault, is_no_name, is_odd, lost, name_warnings, odd_cell
from issuer.marks import START, Mark, Marks
from issuer.repeats import Repeats, print_of
from schemas.bounds import COHORT_NORMS

Outcome = Literal["issue", "skip", "error"]
LEVELS: Final[Mapping[str, str]] = {"4": "basico", "3": "intermedio", "1": "avanzado"}
"""Judgement -> level; the numbers are not the order (FORMAT 4.1, DOMAIN S2.5)."""
_SKIPS: Final = {"0": "not_evaluated", "2": "not_yet_competent"}
NAME_BYTES: Final = 80
TIDIED: Final = ("TRIMMED", "NORMALISED")
"""Warnings that say what was done, and ask nobody to look."""
_BLOCK: Final = 4096
_REMEMBERED: Final = 4096
_RADICADO, _NORM, _GROUP, _DOCUMENT, _SURNAMES, _NAMES, _JUDGEMENT, _DATE = range(8)

_NORM_CODE: Final = re.compile(r"2[0-9]{8}")
_DAY: Final = re.compile(r"([0-9]{1,2})/([0-9]{2})/([0-9]{4})")


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortSetUp:
    """What the officer chooses once for a batch, because the export carries none of it (DOMAIN P1.2)."""

    as_of: date
    norm_versions: Mapping[str, int]
    document_type: str = "PPT"
    document_system: str = "urn:puente:cs:doc-type"
    document_pattern: str = "[0-9]{1,15}"
    """Configuration; a mismatch warns and never stops a row (S4.1)."""


class Row(NamedTuple):
    """One data row with its outcome. `row` counts data rows from 1. `line` is the number that a spreadsheet shows
    beside it, the header's being 1: the only one that people are told. `first` is a line too."""

    row: int
    line: int
    outcome: Outcome
    code: str | None = None
    column: str | None = None
    first: int | None = None
    warnings: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    """The eight cells in the order of COLUMNS, normalised; empty where the row is in error."""

    @property
    def is_to_look_at(self) -> bool:
        """Whether it issues with more than was tidied: a person compares it."""
        return self.outcome == "issue" and any(word not in TIDIED for word in self.warnings)


@dataclass(kw_only=True, slots=True)
class Totals:
    """The counts of a file, the same every time it is read (rule 10)."""

    issue: int = 0
    skip: int = 0
    error: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    warned: int = 0
    """Rows that issue and that a person should look at."""

    @property
    def rows(self) -> int:
        """All of them."""
        return self.issue + self.skip + self.error

    def add(self, row: Row) -> None:
        match row.outcome:
            case "issue":
                self.issue += 1
            case "skip":
                self.skip += 1
            case "error":
                self.error += 1
        if row.warnings:
            self.warnings.update(row.warnings)
            self.warned += row.is_to_look_at
        if row.cells:
            self.lengths[len(row.cells[_DOCUMENT])] += 1

    def file_warnings(self) -> tuple[str, ...]:
        """LOST_ZEROS where over 30 % of the documents are shorter than the usual length (rule 3)."""
        if not self.lengths:
            return ()
        usual = max(self.lengths, key=lambda length: (self.lengths[length], length))
        short = sum(count for length, count in self.lengths.items() if length < usual)
        return ("LOST_ZEROS",) if short * 10 > self.lengths.total() * 3 else ()


def norms_in(source: BinaryIO, *, form: Form | None, bound: FileBound = UPLOAD) -> list[str]:
    """The norm codes that a file names, each once, in order, as many as a batch takes; no row is judged.

    Raises what `detect` and `lines` raise, and WrongShape `file_no_rows`.
    """
    found = detect(source, bound=bound, form=form)
    at, has_rows = found.order[_NORM], False
    codes: dict[str, None] = {}
    for _, cells, _ in lines(source, found, bound=bound):
        has_rows = True
        if _NORM_CODE.fullmatch(code := "".join(cells[at : at + 1]).strip()):
            codes[code] = None
        if len(codes) == COHORT_NORMS:
            break
    if not has_rows:
        raise no_rows()
    return list(codes)


def rows(
    source: BinaryIO,
    detected: Detected,
    setup: CohortSetUp,
    *,
    bound: FileBound = UPLOAD,
    marks: Marks | None = None,
) -> Iterator[Row]:
    """Judge every row, streaming. Raises what `cohort_reading.lines` raises."""
    judged, repeats = candidates(source, detected, setup, bound=bound, marks=marks), Repeats()
    while block := list(islice(judged, _BLOCK)):
        again = repeats.first_rows({row.line: print_of_cells(row.cells) for row in block if row.outcome != "error"})
        for row in block:
            first = again.get(row.line)
            if first is None:
                yield row
            else:
                if marks is not None and row.outcome == "issue":
                    marks.repeated(row.row)
                yield Row(row=row.row, line=row.line, outcome="error", code="DUPLICATE_ROW", first=first)


def candidates(
    source: BinaryIO, detected: Detected, setup: CohortSetUp, *,
    bound: FileBound = UPLOAD, marks: Marks | None = None, start: Mark = START,
) -> Iterator[Row]:  # fmt: skip
    """As `rows`, but blind to repeats inside the file: for a reader whose own store knows them."""
    judge = _Judge(detected, setup, bound)
    read = lines(source, detected, bound=bound, marks=marks, start=start)
    for number, (line, cells, remark) in enumerate(read, start.row + 1):
        if remark is None or remark is PLAIN:
            row = judge.row(number, line, cells, is_plain=remark is PLAIN)
        else:
            row = judge.remarked(number, line, cells, remark)
        if marks is not None:
            marks.passed(issues=row.outcome == "issue")
        yield row


def same_cells(cells: tuple[str, ...]) -> tuple[str, ...]:
    """What a row is known again by: without the unsigned zeros that spreadsheets drop before numbers (decision 91)."""
    project, norm, group, *person, day = cells
    return project.lstrip("0"), norm, group.lstrip("0"), *person, day.lstrip("0")


def print_of_cells(cells: tuple[str, ...]) -> bytes:
    """Of the eight normalised cells; they hold no control character, so the joint is unambiguous."""
    return print_of("\x1f".join(same_cells(cells)).encode())


@lru_cache(maxsize=4096)
def read_day(text: str) -> date | None:
    """D/MM/AAAA or DD/MM/AAAA as a real calendar date, else None."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*map(int, reversed(found.groups())))
    except ValueError:
        return None


class _Judge:
    """The rules of DOMAIN section 11 over one row, in one order: form, signs, codes, judgement, date."""

    def __init__(self, detected: Detected, setup: CohortSetUp, bound: FileBound) -> None:
        self._order = detected.order
        self._width = detected.width
        self._in_order = detected.order == tuple(range(len(COLUMNS))) and detected.width == len(COLUMNS)
        self._setup = setup
        self._pattern = re.compile(setup.document_pattern)
        self._cell = bound.cell
        self._sound: set[tuple[str, str, str]] = set()

    def row(self, number: int, line: int, raw: list[str], *, is_plain: bool = False) -> Row:
        def error(code: str, column: int | None = None) -> Row:
            return Row(number, line, "error", code, None if column is None else COLUMNS[column])

        if len(raw) != self._width:
            return error("COLUMN_COUNT")
        cells = tuple(raw) if self._in_order else tuple(raw[at] for at in self._order)
        warnings: tuple[str, ...] = ()
        if not is_plain and is_odd(cells, self._cell):
            fault = odd_cell(cells, self._cell)
            if fault is not None:
                return error(*fault)
            cells, warnings = _tidy(cells)
        fault = self._fault(cells)
        if fault is not None:
            return error(*fault)
        if not self._pattern.fullmatch(cells[_DOCUMENT]):
            warnings = (*warnings, "DOCUMENT_PATTERN")
        skip = _SKIPS.get(cells[_JUDGEMENT])
        return Row(number, line, "issue" if skip is None else "skip", code=skip, warnings=warnings, cells=cells)

    def remarked(self, number: int, line: int, raw: list[str], remark: Remark) -> Row:
        """A row of which its form has something to say: a fault that ends it, or warnings beside ours."""
        if remark.code is None:
            row = self.row(number, line, raw)
            return row if row.outcome == "error" else row._replace(warnings=(*remark.warnings, *row.warnings))
        code, column = remark.code, remark.column
        if code == "ROW_TOO_LONG" and len(raw) != self._width:
            code = "COLUMN_COUNT"
        elif code == "ROW_TOO_LONG":
            fault = odd_cell(tuple(raw[at] for at in self._order), self._cell)
            code, column = (fault[0], COLUMNS[fault[1]]) if fault is not None else (code, None)
        return Row(row=number, line=line, outcome="error", code=code, column=column)

    def _fault(self, cells: tuple[str, ...]) -> tuple[str, int] | None:
        """The first rule that the normalised cells break, with its column.

        What norm, judgement and date say together comes again and again, so what was sound is remembered.
        """
        told = (cells[_NORM], cells[_JUDGEMENT], cells[_DATE])
        is_known, name = told in self._sound, full_name(cells)
        if not is_known and not _NORM_CODE.fullmatch(cells[_NORM]):
            is_anybodys = cells[_NORM] or cells[_DOCUMENT] or name
            return ("NORM_CODE_FORMAT", _NORM) if is_anybodys else ("NOBODYS_ROW", _DOCUMENT)
        fault = _person_fault(cells, name)
        if fault is not None or is_known:
            return fault
        fault = self._told_fault(*told)
        if fault is None and len(self._sound) < _REMEMBERED:
            self._sound.add(told)
        return fault

    def _told_fault(self, norm: str, judgement: str, day: str) -> tuple[str, int] | None:
        if judgement not in LEVELS and judgement not in _SKIPS:
            return "JUDGEMENT_UNKNOWN", _JUDGEMENT
        return self._date_fault(day, judgement) or self._version_fault(norm, judgement)

    def _date_fault(self, text: str, judgement: str) -> tuple[str, int] | None:
        """An empty date is accepted only where nothing was judged (rule 7)."""
        if not text and judgement == "0":
            return None
        day = read_day(text)
        if day is None:
            return "DATE_FORMAT", _DATE
        return ("DATE_IN_FUTURE", _DATE) if day > self._setup.as_of else None

    def _version_fault(self, norm: str, judgement: str) -> tuple[str, int] | None:
        """A norm is code and version, and the version is the set-up's: none chosen stops the row (rule 5, A29)."""
        known = judgement in _SKIPS or norm in self._setup.norm_versions
        return None if known else ("NORM_VERSION_UNKNOWN", _NORM)


def _person_fault(cells: tuple[str, ...], name: str) -> tuple[str, int] | None:
    """The first rule that document and name break, with its column; and what a spreadsheet lost beside them."""
    if code := document_fault(cells[_DOCUMENT]):
        return code, _DOCUMENT
    for at in (_RADICADO, _GROUP, _SURNAMES, _NAMES):
        if code := lost(cells[at]):
            return code, at
    if is_no_name(name) or cells[_SURNAMES].isdecimal() or cells[_NAMES].isdecimal():
        return "NAME_MISSING", _NAMES
    if len(name) > NAME_BYTES // 4 and len(name.encode()) > NAME_BYTES:
        return "NAME_TOO_LONG", _NAMES
    return None


def _tidy(cells: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Trimmed, inner runs collapsed, NFC; and what was done as warnings (rule 4). Case stays."""
    tidy = tuple(" ".join(cell.split()) for cell in cells)
    joined = tuple(unicodedata.normalize("NFC", cell) for cell in tidy)
    done = zip(TIDIED, (tidy != cells, joined != tidy), strict=True)
    return joined, (*(word for word, was in done if was), *name_warnings(full_name(joined)))


def full_name(cells: tuple[str, ...]) -> str:
    """Given names and surnames as the pass shows them (FORMAT 4.1)."""
    return f"{cells[_NAMES]} {cells[_SURNAMES]}".strip()
