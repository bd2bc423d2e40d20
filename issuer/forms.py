"""Files of rows of one type, CSV or workbook, judged one by one by the table of types: issue or error. Pure.

One reader for every type of `schemas/row_types.py`: the header names the columns, in Spanish or English, in any order;
what a cell must look like goes by its field's kind. A cohort of SECCL has a reader of its own (`issuer/cohort.py`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, BinaryIO, Final, NamedTuple

import orjson

from issuer import kinds
from issuer.cohort import NAME_BYTES, Row, is_mixed, is_odd, odd_cell, read_day, row_key
from issuer.cohort_file import Columns, Detected, FileBound, Remark
from issuer.cohort_reading import lines
from issuer.marks import START, Mark, Marks
from issuer.repeats import Repeats
from schemas import row_types
from schemas.row_types import Field, RowType

_BLOCK: Final = 4096
_MOST_SKILLS: Final = 8
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_COUNTRY: Final = re.compile(r"[A-Z]{3}")
_CERTIFICATE: Final = re.compile(r"[0-9A-Za-z./-]{1,32}")
_YES_NO: Final[Mapping[str, bool]] = {"si": True, "sí": True, "yes": True, "no": False}
_STATES: Final = frozenset(("vigente", "en-tramite", "vencido", "cancelado"))


_ITS_OWN: Final = frozenset(("name", "document", "certificate"))
"""What hardly two rows have alike."""
_REMEMBERED: Final = 4096
Known = dict[tuple[int, str], Any]
"""(column, cell) -> what it says."""


class Fault(Exception):
    """Inner: a cell that is not what its column holds."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class Judged(NamedTuple):
    """A row with its outcome, and what it says where it issues."""

    row: Row
    payload: bytes | None


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
    source: BinaryIO, detected: Detected, type_id: str, repeats: Repeats, *, as_of: date, bound: FileBound, marks: Marks
) -> Iterator[Judged]:
    """Judge every row, streaming; a row that says what another said is an error. Raises what `lines` raises."""
    judged = candidates(source, detected, type_id, as_of=as_of, bound=bound, marks=marks)
    while block := list(islice(judged, _BLOCK)):
        clean = [each for each in block if each.payload is not None]
        keys = [row_key((str(each.payload),)) for each in clean]
        again = repeats.first_rows(keys, [each.row.row for each in clean])
        for each in block:
            first = again.get(each.row.row)
            yield (
                each
                if first is None
                else Judged(_error(each.row.row, each.row.line, "DUPLICATE_ROW", first=first), None)
            )


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
    columns, kind = columns_of(type_id), row_types.TYPES[type_id]
    known: Known = {}
    read = lines(source, detected, bound=bound, columns=columns, marks=marks, start=start)
    for number, (line, raw, remark) in enumerate(read, start.row + 1):
        row, said = _judge(
            number, line, raw, remark, detected=detected, kind=kind, as_of=as_of, most=bound.cell, known=known
        )
        if marks is not None:
            marks.passed(issues=said is not None)
        yield Judged(row, None if said is None else orjson.dumps(kinds.payload(type_id, said)))


def _judge(
    number: int, line: int, raw: list[str], remark: Remark | None, *,
    detected: Detected, kind: RowType, as_of: date, most: int, known: Known,
) -> tuple[Row, dict[str, Any] | None]:  # fmt: skip
    if remark is not None and remark.code is not None:
        code = "COLUMN_COUNT" if remark.code == "ROW_TOO_LONG" and len(raw) != detected.width else remark.code
        return _error(number, line, code, column=remark.column), None
    if len(raw) != detected.width:
        return _error(number, line, "COLUMN_COUNT"), None
    cells = [raw[at] if at >= 0 else "" for at in detected.order]
    tidy, joined = cells, "\x1f".join(cells)
    if len(joined) * 4 > most or is_odd(joined, len(cells)):
        odd = odd_cell(cells, most)
        if odd is not None:
            return _error(number, line, odd[0], column=kind.fields[odd[1]].es), None
        tidy = [unicodedata.normalize("NFC", " ".join(cell.split())) for cell in cells]
    said: dict[str, Any] = {}
    for place, (field, cell) in enumerate(zip(kind.fields, tidy, strict=True)):
        try:
            if cell:
                said[field.name] = _value(place, field, cell, kind, as_of, known)
            elif place < len(kind.must):
                raise Fault(_MISSING.get(field.kind, "VALUE_MISSING"))
        except Fault as fault:
            return _error(number, line, fault.code, column=field.es), None
    warnings = () if remark is None else remark.warnings
    done = (("TRIMMED", tidy != cells), ("MIXED_SCRIPT", is_mixed(str(said["name"]))))
    told = (*warnings, *(word for word, was in done if was))
    return Row(row=number, line=line, outcome="issue", warnings=told, cells=()), said


def _value(place: int, field: Field, cell: str, kind: RowType, as_of: date, known: Known) -> Any:
    """What a cell says; of a column that has few different ones it is read once. Raises Fault."""
    found = known.get((place, cell))
    if found is None:
        found = _READ[field.kind](cell, kind, as_of)
        if field.kind not in _ITS_OWN and len(known) < _REMEMBERED:
            known[place, cell] = found
    return found


def _error(number: int, line: int, code: str, *, column: str | None = None, first: int | None = None) -> Row:
    return Row(row=number, line=line, outcome="error", code=code, column=column, first=first)


_MISSING: Final = {"name": "NAME_MISSING", "document": "DOCUMENT_MISSING"}


def _name(cell: str) -> str:
    if len(cell.encode()) > NAME_BYTES:
        raise Fault("NAME_TOO_LONG")
    return cell


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


_READ: Final[Mapping[str, Callable[[str, RowType, date], Any]]] = {
    "name": lambda cell, _kind, _as_of: _name(cell),
    "document": lambda cell, _kind, _as_of: _like(_NUMBER, cell),
    "country": lambda cell, _kind, _as_of: _like(_COUNTRY, cell),
    "permitStatus": lambda cell, _kind, _as_of: _in({state: state for state in _STATES}, cell),
    "yesNo": lambda cell, _kind, _as_of: _in(_YES_NO, cell),
    "day": lambda cell, _kind, _as_of: _day(cell, None),
    "pastDay": lambda cell, _kind, as_of: _day(cell, as_of),
    "hours": lambda cell, _kind, _as_of: _integer(cell, 9_999),
    "occupation": lambda cell, _kind, _as_of: _integer(cell, 99_999),
    "skills": lambda cell, kind, _as_of: _skills(cell, kind),
    "level": lambda cell, kind, _as_of: _in(kind.levels, cell),
    "certificate": lambda cell, _kind, _as_of: _like(_CERTIFICATE, cell),
}
"""How a cell of each kind of field is read."""
