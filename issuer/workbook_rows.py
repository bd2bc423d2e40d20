"""The rows of a sheet as typed cells: text, number, date, formula. A block is read at a time, a row is kept at a time.

A cell's form is told and never guessed at: what a number or a date means here is `issuer/cohort_xlsx.py`'s.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from issuer.cohort_file import FileBound
from issuer.workbook import Workbook, unescaped
from issuer.workbook_xml import Attributes, Handler, feed
from kernel.errors import Malformed
from schemas.bounds import XLSX_ROWS

Kind = Literal["text", "number", "padded", "rounded", "date", "formula", "other"]
"""`padded`: a number that the sheet shows with zeros in front. `rounded`: more digits than a sheet keeps."""

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_DIGITS: Final = "0123456789"
_EXACT: Final = 10**15
"""A sheet keeps 15 digits of a number (IEEE 754 double)."""
_TAGS_OF_A_CELL: Final = 3
"""Itself with a value and its formula, or with a text in its own element."""
_LAST_DAY: Final = 2_958_465  # 9999-12-31


class Cell(NamedTuple):
    """One cell as the sheet has it; of a formula what it came to when the book was kept."""

    kind: Kind
    text: str


BLANK: Final = Cell("text", "")


@dataclass(kw_only=True, slots=True)
class SheetRow:
    """One row. `number` is the sheet's own; `is_wide`: something stands beyond the columns that a cohort may have."""

    number: int
    is_hidden: bool
    cells: list[Cell] = field(default_factory=list)
    is_wide: bool = False


def sheet_rows(book: Workbook, *, bound: FileBound) -> Iterator[SheetRow]:
    """Every row that holds something. Raises Malformed `cohort_not_workbook`, `book_too_big`."""
    sheet = _Sheet(book, bound)
    for _ in feed(book.parts.blocks(book.sheet), sheet):
        yield from sheet.ready
        sheet.ready.clear()


class _Sheet(Handler):
    """The elements of one sheet; rows that are whole wait in `ready`."""

    def __init__(self, book: Workbook, bound: FileBound) -> None:
        super().__init__()
        self.most = bound.cell
        self.ready: list[SheetRow] = []
        self._book = book
        self._columns = bound.columns
        self._places: dict[str, int] = {}
        self._row = SheetRow(number=0, is_hidden=False)
        self._rows = self._at = 0
        self._type = self._style = ""
        self._is_formula = self._is_said = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in {"v", "t"}:
            self.gathers = not self._is_said
        elif name == "f":
            self._is_formula = True
        elif name == "rPh":
            self._is_said = True
        elif name == "row":
            self._begin(attributes)

    def end(self, name: str) -> None:
        if name == "c":
            self._put(self._read())
        elif name in {"v", "t"}:
            self.gathers = False
        elif name == "rPh":
            self._is_said = False
        elif name == "row" and (self._row.is_wide or any(cell != BLANK for cell in self._row.cells)):
            self.ready.append(self._row)

    def _begin(self, attributes: Attributes) -> None:
        self._rows += 1
        self.granted += 1
        if self._rows > XLSX_ROWS:
            raise Malformed("book_too_big", detail="more rows than a sheet may have")
        said = attributes.get("r", "")
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else self._row.number + 1
        if number <= self._row.number:
            raise Malformed("cohort_not_workbook", detail="the rows of the sheet are not in order")
        self._row = SheetRow(number=number, is_hidden=attributes.get("hidden", "0") in ("1", "true"))
        self._at = 0

    def _cell(self, attributes: Attributes) -> None:
        said = attributes.get("r")
        at = self._at + 1 if said is None else self._place(said)
        if at <= self._at:
            raise Malformed("cohort_not_workbook", detail="the cells of a row are not in order")
        self._at = at
        if at <= self._columns:
            self.granted += _TAGS_OF_A_CELL
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._is_formula = False
        self.gathered()

    def _place(self, said: str) -> int:
        """`AB12` stands in column 28."""
        letters = said.rstrip(_DIGITS)
        known = self._places.get(letters)
        if known is None:
            if not (letters.isascii() and letters.isupper() and letters.isalpha() and len(letters) <= 3):
                raise Malformed("cohort_not_workbook", detail="a cell's name is none")
            known = 0
            for letter in letters:
                known = known * 26 + ord(letter) - 64
            self._places[letters] = known
        return known

    def _put(self, cell: Cell) -> None:
        if cell == BLANK:
            return
        if self._at > self._columns:
            self._row.is_wide = True
            return
        cells = self._row.cells
        cells.extend([BLANK] * (self._at - 1 - len(cells)))
        cells.append(cell)

    def _read(self) -> Cell:
        text = self.gathered()
        if self._is_formula:
            return Cell("formula", text)
        match self._type:
            case "s":
                shared = self._book.strings.get(text)
                return Cell("other", "") if shared is None else Cell("text", shared)
            case "inlineStr" | "str":
                return Cell("text", unescaped(text))
            case "n":
                return self._number(text.strip())
            case "d":
                return _iso(text)
            case _:
                return Cell("other", "")

    def _number(self, text: str) -> Cell:
        if not text:
            return BLANK
        if len(text) > 32 or not _NUMBER.fullmatch(text):
            return Cell("other", "")
        style = int(self._style) if self._style.isascii() and self._style.isdigit() and len(self._style) < 6 else 0
        if style in self._book.styles.dates:
            return _serial(float(text), is_1904=self._book.is_1904)
        value = float(text)
        if abs(value) >= _EXACT:
            return Cell("rounded", text)
        if not value.is_integer():
            return Cell("number", text)
        whole = int(value)
        digits = self._book.styles.zeros.get(style)
        return Cell("number", str(whole)) if digits is None else Cell("padded", str(whole).zfill(digits))


def _serial(days: float, *, is_1904: bool) -> Cell:
    """A day by its number. In the 1900 system day 60 is a 29th of February that never was (ECMA-376 18.17.4.1)."""
    whole = int(days)
    if not 0 <= days < _LAST_DAY or (not is_1904 and whole in (0, 60)):
        return Cell("other", "")
    first = date(1904, 1, 1) if is_1904 else date(1899, 12, 31) if whole < 60 else date(1899, 12, 30)
    return _day(first + timedelta(days=whole))


def _iso(text: str) -> Cell:
    """The strict form of a workbook writes days as ISO 8601."""
    try:
        return _day(date.fromisoformat(text[:10]))
    except ValueError:
        return Cell("other", "")


def _day(day: date) -> Cell:
    return Cell("date", f"{day.day:02}/{day.month:02}/{day.year:04}")
