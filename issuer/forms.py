"""Files of rows of one type, CSV or workbook, judged one by one by the table of types: issue or error. Pure.

One reader for every type of `schemas/row_types.py`: the header names the columns, in Spanish or English, in any order;
what a cell must look like goes by its field's kind. A cohort of SECCL has a reader of its own (`issuer/cohort.py`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from itertools import islice
from operator import itemgetter
from typing import Any, BinaryIO, Final, NamedTuple

import orjson

from issuer import kinds
from issuer.cohort import NAME_BYTES, Row, read_day
from issuer.cohort_file import PLAIN, Columns, Detected, FileBound, Remark
from issuer.cohort_reading import lines
from issuer.cohort_signs import document_fault, is_no_name, is_odd, lost, name_warnings, odd_cell
from issuer.marks import START, Mark, Marks
from issuer.repeats import Repeats, print_of
from schemas import row_types
from schemas.row_types import Field, RowType

_BLOCK: Final = 4096
_MOST_SKILLS: Final = 8
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_COUNTRY: Final = re.compile(r"[A-Z]{3}")
_CERTIFICATE: Final = re.compile(r"[0-9A-Za-z./-]{1,32}")
_YES_NO: Final[Mapping[str, bool]] = {"si": True, "sí": True, "yes": True, "no": False}
_STATES: Final = frozenset(("vigente", "en-tramite", "vencido", "cancelado"))


_REMEMBERED: Final = 4096


class Fault(Exception):
    """Inner: a cell that is not what its column holds."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class Judged(NamedTuple):
    """A row that was looked at: its numbers (`Row`), what it says where it issues, and its outcome; None for `told`
    where it issues and there is nothing else to say of it, as of nearly all of millions."""

    number: int
    line: int
    payload: bytes | None
    told: Row | None = None

    @property
    def row(self) -> Row:
        """Its outcome in any case."""
        return Row(self.number, self.line, "issue") if self.told is None else self.told


@lru_cache(maxsize=64)
def columns_of(type_id: str) -> Columns:
    """The columns of a type's file. Raises KeyError for a type that comes in no such file."""
    kind = row_types.TYPES[type_id]
    named = {field.name: place for place, field in enumerate(kind.fields)}
    return Columns(
        names=tuple((field.es, field.en) for field in kind.fields),
        document=named["documentNumber"],
        dates=frozenset(place for place, field in enumerate(kind.fields) if field.kind in {"day", "pastDay"}),
        optional=frozenset(range(len(kind.must), len(kind.fields))),
    )


def rows(
    source: BinaryIO, detected: Detected, type_id: str, *, as_of: date, bound: FileBound, marks: Marks
) -> Iterator[Judged]:
    """Judge every row, streaming; a row that says what another said is an error. Raises what `lines` raises."""
    judged, repeats = candidates(source, detected, type_id, as_of=as_of, bound=bound, marks=marks), Repeats()
    while block := list(islice(judged, _BLOCK)):
        prints = {line: print_of(payload) for _, line, payload, _ in block if payload is not None}
        again = repeats.first_rows(prints)
        if not again:
            yield from block
            continue
        for each in block:
            first = again.get(each.line)
            if first is not None:
                marks.repeated(each.number)
            yield each if first is None else _error(each.number, each.line, "DUPLICATE_ROW", first=first)


def candidates(
    source: BinaryIO,
    detected: Detected,
    type_id: str,
    *,
    as_of: date,
    bound: FileBound,
    marks: Marks | None = None,
    start: Mark = START,
) -> Iterator[Judged]:
    """As `rows`, but blind to repeats inside the file: for a reader whose own store knows them."""
    judge = _Judge(detected, type_id, as_of, bound.cell)
    read = lines(source, detected, bound=bound, columns=columns_of(type_id), marks=marks, start=start)
    for number, (line, raw, remark) in enumerate(read, start.row + 1):
        payload = judge.quick(raw) if remark is PLAIN else None
        judged = judge.row(number, line, raw, remark) if payload is None else Judged(number, line, payload)
        if marks is not None:
            marks.passed(issues=judged.payload is not None)
        yield judged


class _Judge:
    """The rules of one type over one row: the close look, and a quick one at a row whose words all came before."""

    def __init__(self, detected: Detected, type_id: str, as_of: date, most: int) -> None:
        self._type_id, self._kind = type_id, row_types.TYPES[type_id]
        self._as_of, self._most = as_of, most
        self._order, self._width = detected.order, detected.width
        self._in_order = detected.order == tuple(range(detected.width))
        self._fields, self._must = self._kind.fields, len(self._kind.must)
        order = kinds.order(type_id)
        self._own = [
            (place, order.index(field.name), _ITS_OWN[field.kind])
            for place, field in enumerate(self._fields)
            if field.kind in _ITS_OWN
        ]
        self._shared = itemgetter(*(place for place, field in enumerate(self._fields) if field.kind not in _ITS_OWN))
        self._known: dict[tuple[int, str], Any] = {}
        """(column, cell) -> what it says."""
        self._alike: dict[Any, list[Any]] = {}
        """The cells that rows share -> the payload of one of them."""

    def quick(self, raw: list[str]) -> bytes | None:
        """The payload of a row without anything odd that is surely right; None where it wants the close look."""
        if len(raw) != self._width:
            return None
        cells = self._cells(raw)
        alike = self._alike.get(self._shared(cells))
        if alike is None:
            return None
        payload = alike.copy()
        for place, at, read in self._own:
            cell = cells[place]
            if not cell and place < self._must:
                return None
            try:
                payload[at] = read(cell) if cell else None
            except Fault:
                return None
        return orjson.dumps(payload)

    def row(self, number: int, line: int, raw: list[str], remark: Remark | None) -> Judged:
        """Each cell by its rule."""
        if remark is not None and remark.code is not None:
            code = "COLUMN_COUNT" if remark.code == "ROW_TOO_LONG" and len(raw) != self._width else remark.code
            return _error(number, line, code, column=remark.column)
        if len(raw) != self._width:
            return _error(number, line, "COLUMN_COUNT")
        cells = self._cells(raw)
        tidy = cells
        if remark is not PLAIN and is_odd(cells, self._most):
            odd = odd_cell(cells, self._most)
            if odd is not None:
                return _error(number, line, odd[0], column=self._fields[odd[1]].es)
            tidy = [unicodedata.normalize("NFC", " ".join(cell.split())) for cell in cells]
        said: dict[str, Any] = {}
        for place, (field, cell) in enumerate(zip(self._fields, tidy, strict=True)):
            try:
                if cell:
                    said[field.name] = self._value(place, field, cell)
                elif place < self._must:
                    raise Fault(_MISSING.get(field.kind, "VALUE_MISSING"))
            except Fault as fault:
                return _error(number, line, fault.code, column=field.es)
        payload = kinds.payload(self._type_id, said)
        if remark is PLAIN and len(self._alike) < _REMEMBERED:
            self._alike[self._shared(cells)] = payload
        warnings, trimmed = () if remark is None else remark.warnings, ("TRIMMED",) if tidy != cells else ()
        words = (*warnings, *trimmed, *name_warnings(str(said["name"])))
        told = Row(number, line, "issue", warnings=words) if words else None
        return Judged(number, line, orjson.dumps(payload), told)

    def _cells(self, raw: list[str]) -> list[str]:
        """In the order of our columns; what the file leaves out is empty."""
        return raw if self._in_order else [raw[at] if at >= 0 else "" for at in self._order]

    def _value(self, place: int, field: Field, cell: str) -> Any:
        """What a cell says; of a column that has few different ones it is read once. Raises Fault."""
        if (own := _ITS_OWN.get(field.kind)) is not None:
            return own(cell)
        found = self._known.get((place, cell))
        if found is None:
            found = _READ[field.kind](cell, self._kind, self._as_of)
            if len(self._known) < _REMEMBERED:
                self._known[place, cell] = found
        return found


def _error(number: int, line: int, code: str, *, column: str | None = None, first: int | None = None) -> Judged:
    return Judged(number, line, None, Row(number, line, "error", code, column, first))


_MISSING: Final = {"name": "NAME_MISSING", "document": "DOCUMENT_MISSING"}


def _name(cell: str) -> str:
    if len(cell.encode()) > NAME_BYTES:
        raise Fault("NAME_TOO_LONG")
    if fault := lost(cell):
        raise Fault(fault)
    if is_no_name(cell):
        raise Fault("NAME_MISSING")
    return cell


def _document(cell: str) -> str:
    if _NUMBER.fullmatch(cell) and cell.strip("0"):
        return cell
    raise Fault(document_fault(cell) or "VALUE_UNKNOWN")


def _like(pattern: re.Pattern[str], cell: str) -> str:
    if not pattern.fullmatch(cell):
        raise Fault("VALUE_UNKNOWN")
    return cell


def _in(table: Mapping[str, Any], cell: str) -> Any:
    """A word of a table, as it stands there or in small letters."""
    for said in (cell, cell.lower(), cell.upper()):
        if said in table:
            return table[said]
    raise Fault("VALUE_UNKNOWN")


def _integer(cell: str, most: int) -> int:
    if not (cell.isascii() and cell.isdecimal()) or len(cell) > len(str(most)) or not 1 <= int(cell) <= most:
        raise Fault("NUMBER_FORMAT")
    return int(cell)


def _day(cell: str, latest: date | None) -> date:
    found = read_day(cell)
    if found is None:
        raise Fault("DATE_FORMAT")
    if latest is not None and found > latest:
        raise Fault("DATE_IN_FUTURE")
    return found


def _skills(cell: str, kind: RowType) -> list[int]:
    codes = cell.replace(",", " ").replace(";", " ").split()
    if len(codes) > _MOST_SKILLS:
        raise Fault("VALUE_UNKNOWN")
    if kind.codes is None:
        return [_integer(code, 999_999_999) for code in codes]
    return [_in(kind.codes, code) for code in codes]


_ITS_OWN: Final[Mapping[str, Callable[[str], str]]] = {
    "name": _name,
    "document": _document,
    "certificate": partial(_like, _CERTIFICATE),
}
"""How a cell is read of the kinds of field that hardly two rows have alike."""
_READ: Final[Mapping[str, Callable[[str, RowType, date], Any]]] = {
    "country": lambda cell, _kind, _as_of: _like(_COUNTRY, cell),
    "permitStatus": lambda cell, _kind, _as_of: _in({state: state for state in _STATES}, cell),
    "yesNo": lambda cell, _kind, _as_of: _in(_YES_NO, cell),
    "day": lambda cell, _kind, _as_of: _day(cell, None),
    "pastDay": lambda cell, _kind, as_of: _day(cell, as_of),
    "hours": lambda cell, _kind, _as_of: _integer(cell, 9_999),
    "occupation": lambda cell, _kind, _as_of: _integer(cell, 99_999),
    "skills": lambda cell, kind, _as_of: _skills(cell, kind),
    "level": lambda cell, kind, _as_of: _in(kind.levels, cell),
}
"""How a cell of each other kind of field is read."""
