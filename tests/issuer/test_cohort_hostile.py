"""Hostile cohorts: every field of both forms, and each bound of TRUST 11 at it and one over; good rows unharmed.

`PUENTE_LONG=1` goes to the real bound of rows. What is done to the workbook itself: `test_workbook_bombs.py`.
"""

import codecs
import csv
import io
import os
from collections.abc import Callable, Sequence
from typing import Final

import openpyxl  # type: ignore[import-untyped]  # has no types of its own
import pytest

from issuer.cohort import Row
from issuer.cohort_file import COLUMNS, UPLOAD, FileBound
from issuer.cohort_words import ERRORS
from kernel.errors import Invalid
from tests.issuer.books import book
from tests.issuer.test_cohort import GOOD, read

CELLS: Final = GOOD.split(",")
AGAIN: Final = [*CELLS[:3], "000000100443", *CELLS[4:]]
MANY: Final = UPLOAD.rows if os.environ.get("PUENTE_LONG") else 50


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogateescape")


def as_book(rows: Sequence[Sequence[str]]) -> bytes:
    """Cells of text, whatever they begin with; what XML cannot hold is written as a workbook writes it."""

    def told(cell: str) -> str:
        return "".join(f"_x{ord(c):04X}_" if c < " " or "\ud800" <= c <= "\udfff" else c for c in cell)

    def change(made: openpyxl.Workbook) -> None:
        for cell in (cell for row in made.active for cell in row):
            cell.data_type = "s"

    return book([[told(cell) for cell in row] for row in rows], change)


FORMS: Final[dict[str, Callable[[Sequence[Sequence[str]]], bytes]]] = {"csv": as_csv, "xlsx": as_book}
HOSTILE: Final = {
    "formula": ('=HYPERLINK("http://x.example")', "FORMULA_INJECTION"),
    "command": ("=cmd|'/c calc'!A1", "FORMULA_INJECTION"),
    "plus": ("+1", "FORMULA_INJECTION"),
    "minus": ("-1", "FORMULA_INJECTION"),
    "at": ("@SUM(A1)", "FORMULA_INJECTION"),
    "tab": ("\tx", "FORMULA_INJECTION"),
    "return": ("\rx", "FORMULA_INJECTION"),
    "behind a blank": ("  =1", "FORMULA_INJECTION"),
    "as it was written back": ("'=1", "FORMULA_INJECTION"),
    "right to left": ("a\u202eb", "CONTROL_CHARACTER"),
    "isolate": ("a\u2066b", "CONTROL_CHARACTER"),
    "zero width": ("a\u200bb", "CONTROL_CHARACTER"),
    "zero": ("a\x00b", "CONTROL_CHARACTER"),
    "bell": ("a\x07b", "CONTROL_CHARACTER"),
    "two lines": ("a\nb", "CONTROL_CHARACTER"),
    "not a letter": ("a\udc81b", "ENCODING_MIXED"),
    "over the bound": ("x" * 1025, "CELL_TOO_LONG"),
    "over by its bytes": ("ñ" * 513, "CELL_TOO_LONG"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_cell_of_any_column_ends_its_row_alone(form: str, name: str) -> None:
    value, code = HOSTILE[name]
    bad = [[*CELLS[:column], value, *CELLS[column + 1 :]] for column in range(len(COLUMNS))]
    judged = read(FORMS[form]([COLUMNS, CELLS, *bad, AGAIN]))[1]
    assert [(row.code, row.column) for row in judged[1:-1]] == [(code, column) for column in COLUMNS]
    assert [row.cells for row in (judged[0], judged[-1])] == [tuple(CELLS), tuple(AGAIN)]
    assert ERRORS[code].mend_es


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("value", "length"), [("x", 1024), ("ñ", 512), ('"', 1024)])
def test_a_cell_at_its_bound_is_read(form: str, value: str, length: int) -> None:
    cells = [value * length, *CELLS[1:]]
    assert read(FORMS[form]([COLUMNS, cells]))[1][0].cells == tuple(cells)


@pytest.mark.parametrize("form", FORMS)
def test_columns_at_their_bound_and_one_over(form: str) -> None:
    write = FORMS[form]
    wide = [*COLUMNS, *(f"c{n}" for n in range(56))]
    full = ["x" * 1024 for _ in range(56)]
    judged = read(write([wide, [*CELLS, *full], [*AGAIN, *full, "x"]]))[1]
    assert [(row.outcome, row.code) for row in judged] == [("issue", None), ("error", "COLUMN_COUNT")]
    with pytest.raises(Invalid) as caught:
        read(write([[*wide, "c56"], CELLS]))
    assert caught.value.code == "file_too_wide"


@pytest.mark.parametrize("form", FORMS)
def test_bytes_at_their_bound_and_one_over(form: str) -> None:
    raw = FORMS[form]([COLUMNS, CELLS, AGAIN])
    size = len(raw)
    assert outcomes(read(raw, bound=FileBound(bytes=size, book=size))[1]) == ["issue", "issue"]
    with pytest.raises(Invalid) as caught:
        read(raw, bound=FileBound(bytes=size - 1, book=size - 1))
    assert caught.value.code == "file_too_large"


@pytest.mark.parametrize("form", FORMS)
def test_rows_at_their_bound_and_one_over(form: str) -> None:
    rows = [COLUMNS, *([*CELLS[:3], f"{n:012d}", *CELLS[4:]] for n in range(1, MANY + 1))]
    bound = FileBound(rows=MANY)
    assert len(read(FORMS[form](rows), bound=bound)[1]) == MANY
    with pytest.raises(Invalid) as caught:
        read(FORMS[form]([*rows, CELLS]), bound=bound)
    assert (caught.value.code, caught.value.pointer) == ("file_too_many_rows", f"/{MANY}")


def outcomes(judged: list[Row]) -> list[str]:
    return [row.code or row.outcome for row in judged]


LINES: Final = {
    "open quote": ('"abierta', ["QUOTES_OPEN"]),
    "quote in the middle of a quoted cell": ('"a"b,c', ["QUOTES_OPEN"]),
    "every line opens": ("\n".join(['b","'] * 40), ["QUOTES_OPEN"] * 40),
    "nothing but quotes": ('"' * 50_001, ["QUOTES_OPEN"]),
    "a megabyte in a cell": (",".join([*CELLS[:5], "x" * 1_000_000, *CELLS[6:]]), ["CELL_TOO_LONG"]),
    "a megabyte, quoted and open": ('"' + "x" * 1_000_000, ["CELL_TOO_LONG"]),
    "a megabyte of quotes": ('"' * 1_000_000, ["CELL_TOO_LONG"]),
    "a million columns": (",x" * 1_000_000, ["COLUMN_COUNT"]),
    "a million blanks": (" " * 1_000_000, ["CELL_TOO_LONG"]),
    "zeros": ("\0" * 1000, ["COLUMN_COUNT"]),
    "other bytes": (GOOD.encode("cp1252").decode("utf-8", "surrogateescape"), ["ENCODING_MIXED"]),
}


@pytest.mark.parametrize("name", LINES)
def test_a_hostile_line_of_a_csv_ends_alone(name: str) -> None:
    line, codes = LINES[name]
    raw = b"\n".join([",".join(COLUMNS).encode(), line.encode("utf-8", "surrogateescape"), ",".join(AGAIN).encode()])
    judged = read(raw)[1]
    assert (outcomes(judged[:-1]), judged[-1].cells) == (codes, tuple(AGAIN))


def test_an_open_quote_at_the_end_of_the_file_harms_no_row_before_it() -> None:
    assert outcomes(read(as_csv([COLUMNS, CELLS]) + b'"abierta')[1]) == ["issue", "QUOTES_OPEN"]


def test_utf_16_is_read_and_half_a_letter_of_it_ends_its_row() -> None:
    raw = as_csv([COLUMNS, CELLS, [*AGAIN[:5], "a#b", *AGAIN[6:]]]).decode().encode("utf-16")
    assert outcomes(read(raw)[1]) == ["issue", "issue"]
    half = raw.replace("#".encode("utf-16-le"), b"\x00\xd8")
    judged = read(half)[1]
    assert (outcomes(judged), judged[1].column) == (["issue", "ENCODING_MIXED"], "Nombre")


OTHER: Final = {"utf-8": "cp1252", "cp1252": "utf-8"}
PEOPLE: Final = [[*CELLS[:3], f"{n:012d}", "Peña", f"José {n}", *CELLS[6:]] for n in range(1, 8)]


def in_two(
    encoding: str, head: Sequence[str], rows: Sequence[Sequence[str]], others: set[int], *, quoted: bool
) -> bytes:
    """These rows in an encoding, some in the other one."""

    def line(row: Sequence[str]) -> str:
        return ";".join(f'"{cell}"' if quoted else cell for cell in row)

    told = [line(row).encode(OTHER[encoding] if place in others else encoding) for place, row in enumerate(rows)]
    return b"\r\n".join([line(head).encode(encoding), *told, b""])


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_row_in_another_encoding_is_told_and_the_good_ones_go_on(encoding: str, quoted: bool) -> None:
    """SECCL's own header says which one it is, though most rows are in the other."""
    others = {1, 2, 4, 5, 6}
    found, judged = read(in_two(encoding, COLUMNS, PEOPLE, others, quoted=quoted))
    assert found.encoding == {"cp1252": "windows-1252"}.get(encoding, encoding)
    assert outcomes(judged) == ["ENCODING_MIXED" if place in others else "issue" for place in range(7)]
    assert {row.column for row in judged if row.outcome == "error"} == {"Apellidos"}
    assert [row.cells for row in judged if row.outcome == "issue"] == [tuple(PEOPLE[0]), tuple(PEOPLE[3])]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_where_the_header_may_be_either_the_most_rows_say(encoding: str) -> None:
    head = [name.replace("ó", "o") for name in COLUMNS]
    found, judged = read(in_two(encoding, head, PEOPLE, {0, 6}, quoted=False))
    assert found.encoding == {"cp1252": "windows-1252"}.get(encoding, encoding)
    assert outcomes(judged) == ["ENCODING_MIXED", *["issue"] * 5, "ENCODING_MIXED"]


def test_a_mark_of_utf_8_is_believed_and_an_encoding_that_was_said_too() -> None:
    head = [name.replace("ó", "o") for name in COLUMNS]
    raw = in_two("cp1252", head, PEOPLE, {0}, quoted=False)
    found, judged = read(codecs.BOM_UTF8 + raw)
    assert (found.encoding, outcomes(judged)) == ("utf-8", ["issue", *["ENCODING_MIXED"] * 6])
    assert outcomes(read(raw, encoding="utf-8")[1]) == ["issue", *["ENCODING_MIXED"] * 6]
    assert (
        outcomes(read(in_two("utf-8", head, PEOPLE, set(), quoted=False), encoding="windows-1252")[1])
        == ["ENCODING_MIXED"] * 7
    )


def test_letters_of_one_encoding_are_none_of_the_other() -> None:
    """Capitals with tildes at the end of a word, quotes after them, and what a name of Brazil has."""
    names = ["JOSÉ", "“PEÑA”", "MUÑOZ’", "João Conceição", "IRMÃ ÃO", "Ñáñez º", "Zoë–Ü"]
    rows = [[*row[:5], name, *row[6:]] for row, name in zip(PEOPLE, names, strict=True)]
    judged = read(in_two("cp1252", COLUMNS, rows, set(), quoted=False))[1]
    assert [row.cells[5] for row in judged] == names
