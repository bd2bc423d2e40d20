"""A cohort as a workbook reads like the CSV it could have been, and what a sheet does to data is told by row."""

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # has no types of its own
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904  # type: ignore[import-untyped]  # nor this

from issuer.cohort import Row, Totals
from issuer.cohort_file import COLUMNS
from issuer.cohort_words import ERRORS, WARNINGS
from kernel.errors import Invalid
from tests.issuer.books import SHEET, book, replaced
from tests.issuer.test_cohort import DEMO, EXPECTED, GOOD, outcome, read

CELLS = GOOD.split(",")


def judged(raw: bytes) -> list[Row]:
    return read(raw)[1]


def one(column: int, value: Any) -> list[Any]:
    cells: list[Any] = list(CELLS)
    cells[column] = value
    return cells


@pytest.mark.parametrize("name", ["cohort-demo.csv", "cohort-demo-excel.csv"])
def test_the_demo_files_as_workbooks_end_as_the_csv_does(name: str) -> None:
    raw, wanted = (DEMO / name).read_bytes(), EXPECTED["files"][name]
    text = raw.decode("utf-8" if name == "cohort-demo.csv" else "cp1252")
    rows = list(csv.reader(io.StringIO(text), delimiter=wanted["delimiter"]))

    def as_text(made: openpyxl.Workbook) -> None:
        for cell in (cell for row in made.active for cell in row if str(cell.value).startswith("=")):
            cell.data_type = "s"

    found, rows_judged = read(book(rows, as_text))
    assert (found.form, found.encoding, found.separator, found.notes) == ("xlsx", None, None, ())
    assert {str(row.row): outcome(row) for row in rows_judged} == wanted["rows"]
    assert {str(row.row): list(row.warnings) for row in rows_judged if row.warnings} == wanted["warnings"]
    assert [row.cells for row in rows_judged] == [row.cells for row in read(raw)[1]]


@pytest.mark.parametrize("is_1904", [False, True])
@pytest.mark.parametrize("day", [date(2025, 9, 28), datetime(2025, 9, 28), datetime(2025, 9, 28, 17, 30)])
def test_a_date_of_the_sheet_is_read_in_both_systems(day: date, *, is_1904: bool) -> None:
    def change(made: openpyxl.Workbook) -> None:
        if is_1904:
            made.epoch = CALENDAR_MAC_1904

    (row,) = judged(book([COLUMNS, one(7, day)], change))
    assert (row.outcome, row.cells[7]) == ("issue", "28/09/2025")


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("dd/mm/yyyy", "28/09/2025"), ('[$-es-CO]d" de "mmmm;@', "28/09/2025"), ("yyyy", "28/09/2025"),
        ("General", None), ("0.00", None), ("h:mm", None), ('"day"0', None), ("[Red]0", None),
    ],
)  # fmt: skip
def test_a_number_is_a_date_only_where_the_sheet_shows_one(shown: str, told: str | None) -> None:
    def change(made: openpyxl.Workbook) -> None:
        made.active["H2"].number_format = shown

    (row,) = judged(book([COLUMNS, one(7, 45928)], change))
    assert (row.cells[7] if row.cells else row.code) == (told or "DATE_FORMAT")


def test_a_document_that_became_a_number_is_told_and_shown_zeros_stay() -> None:
    def change(made: openpyxl.Workbook) -> None:
        made.active["D3"].number_format = "000000000000"

    plain, padded = judged(book([COLUMNS, one(3, 100442), one(3, 100443)], change))
    assert (plain.cells[3], plain.warnings) == ("100442", ("DOCUMENT_WAS_NUMBER",))
    assert (padded.cells[3], padded.warnings) == ("000000100443", ())
    totals = Totals()
    for row in judged(book([COLUMNS, *(one(3, 10**11 + n if n < 6 else n + 1) for n in range(10))])):
        totals.add(row)
    assert totals.file_warnings() == ("LOST_ZEROS",)


def test_numbers_are_read_as_they_are_meant() -> None:
    cells: list[Any] = one(1, 290801106)
    cells[6] = 3
    (row,) = judged(book([COLUMNS, cells]))
    assert (row.outcome, row.cells, row.warnings) == ("issue", tuple(CELLS), ())


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (5, "=A1", "FORMULA_CELL"),
        (3, "=1+1", "FORMULA_CELL"),
        (7, "=TODAY()", "FORMULA_CELL"),
        (5, "@SUM(A1)", "FORMULA_INJECTION"),
        (5, True, "CELL_KIND"),
        (4, "#REF!", "CELL_KIND"),
        (2, date(2026, 1, 1), "CELL_BECAME_DATE"),
        (3, 10**15, "NUMBER_ROUNDED"),
        (3, -5, "FORMULA_INJECTION"),
        (6, 3.5, "JUDGEMENT_UNKNOWN"),
        (5, "Ju\u202elián", "CONTROL_CHARACTER"),
        (5, "x" * 1025, "CELL_TOO_LONG"),
        (5, "Ju_x0000_lián", "CONTROL_CHARACTER"),
        (5, "Ju_xD800_lián", "ENCODING_MIXED"),
    ],
)
def test_what_a_sheet_did_is_told_by_row_and_column(column: int, value: Any, code: str) -> None:
    bad, good = judged(book([COLUMNS, one(column, value), CELLS]))
    assert (bad.row, bad.line, bad.code, bad.column, bad.cells) == (1, 2, code, COLUMNS[column], ())
    assert (good.outcome, good.cells) == ("issue", tuple(CELLS))
    assert ERRORS[code].mend_es


def test_hidden_merged_and_other_sheets_are_told() -> None:
    def change(made: openpyxl.Workbook) -> None:
        made.create_sheet("otra")
        made.create_sheet("oculta").sheet_state = "hidden"
        made.active.row_dimensions[3].hidden = True
        made.active.merge_cells("A2:A3")

    found, rows = read(book([COLUMNS, CELLS, one(3, "000000100443")], change))
    assert found.notes == ("OTHER_SHEETS", "HIDDEN_SHEETS", "MERGED_CELLS")
    assert [row.warnings for row in rows] == [(), ("HIDDEN_ROW",)]
    assert {*found.notes, "HIDDEN_ROW", "DOCUMENT_WAS_NUMBER"} <= set(WARNINGS)


def test_the_first_sheet_that_is_seen_is_read() -> None:
    def change(made: openpyxl.Workbook) -> None:
        made.create_sheet("portada", 0).sheet_state = "hidden"

    assert [row.outcome for row in judged(book([COLUMNS, CELLS], change))] == ["issue"]


def test_blank_rows_are_none_and_cells_may_stand_anywhere() -> None:
    shuffled = [*reversed(COLUMNS), None, "Extra"]
    raw = book([[], shuffled, [], [*reversed(CELLS), None, "=1+1"], [None], [*reversed(CELLS), 1, 2, 3]])
    good, wide = judged(raw)
    assert (good.row, good.line, good.cells) == (1, 4, tuple(CELLS))
    assert (wide.row, wide.line, wide.code) == (2, 6, "COLUMN_COUNT")


def test_rows_without_names_of_their_cells_and_foreign_prefixes_are_read() -> None:
    text = "".join(f'<x:c t="inlineStr"><x:is><x:t>{cell}</x:t></x:is></x:c>' for cell in CELLS).encode()
    raw = replaced(book([COLUMNS]), SHEET, b"</sheetData>", b"<x:row>" + text + b"</x:row></sheetData>")
    raw = replaced(raw, SHEET, b"<worksheet ", b'<worksheet xmlns:x="urn:x" ')
    assert judged(raw)[0].cells == tuple(CELLS)


def test_a_workbook_of_something_else_is_no_cohort() -> None:
    with pytest.raises(Invalid) as caught:
        read(book([["a", "b"]]))
    assert caught.value.code == "cohort_not_csv"
    with pytest.raises(Invalid) as caught:
        read(book([COLUMNS[1:]]))
    assert (caught.value.code, caught.value.pointer) == ("cohort_columns", "/Radicado Proyecto")
