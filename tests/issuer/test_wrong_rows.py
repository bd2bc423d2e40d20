"""The rows in error of a batch come back as a file to mend: at any later time, in the form and encoding it had."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # has no types of its own
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from issuer.cohort_file import COLUMNS
from issuer.cohort_words import ERRORS, SKIPS, WARNINGS
from issuer.tables import AuditRow
from issuer.wrong_rows import NOTES
from kernel.errors import Conflict, NotFound
from schemas.bounds import TABLE_COLUMNS
from tests.issuer.books import book
from tests.issuer.test_mending import COHORT, LINES, RIGHT, mended
from tests.issuer.world import MARTA, OSCAR, YULEISY, House

WRONG = (18, 38, 77, 106, 132, 148, 189)
"""Data rows of the demo's cohort that are in error."""
GOOD = dict(
    zip(COLUMNS, ("000145", "290801106", "G1", "000123456", "Rojas", "Yuleisy", "4", "28/09/2025"), strict=True)
)


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def taken(house: House, batch: str, *, is_english: bool = False) -> bytes:
    file, _ = house.desk.wrong_rows(batch, by=OSCAR, is_english=is_english)
    with file:
        return file.read()


def errors(house: House, batch: str) -> list[int]:
    with house.batches() as batches:
        found = batches.findings(batch, by=OSCAR, outcome="error", after=0, limit=100, is_english=False)
        return [each.row for each in found.items]


def line(separator: str = ";", **other: str) -> str:
    return separator.join({**GOOD, **other}.values())


def test_each_row_in_error_comes_with_its_cells_and_what_is_wrong(house: House) -> None:
    batch = house.check(COHORT)
    raw = taken(house, batch)
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert tuple(head) == (*NOTES["es"], *LINES[0].split(","))
    assert [int(row[0]) for row in rows] == errors(house, batch)
    by_row = {int(row[0]): row for row in rows}
    assert by_row[19][1:] == [
        f"Código Norma: {ERRORS['NORM_CODE_FORMAT'].es}",
        ERRORS["NORM_CODE_FORMAT"].mend_es,
        *LINES[18].split(","),
    ]
    assert taken(house, batch, is_english=True).decode("utf-8-sig").startswith(NOTES["en"][0])
    with house.batches() as batches:
        told = batches.store.session.exec(select(AuditRow).where(AuditRow.act == "batch_rows_taken")).all()
    assert [(line.actor, line.object) for line in told] == [("oscar", batch)] * 2


def test_what_is_brought_back_unmended_is_as_wrong_and_mended_it_issues(house: House) -> None:
    batch = house.check(COHORT)
    raw = taken(house, batch)
    again = house.desk.correct(batch, io.BytesIO(raw), by=OSCAR, form=None)
    assert (again.issue, again.error) == (0, len(errors(house, batch)) - 1)  # the repeat of a good row is passed over
    third = taken(house, again.id).decode("utf-8-sig").splitlines()
    assert third[0].count("Puente: fila") == 1
    text = raw.decode("utf-8-sig").splitlines()
    right = [
        next((each.replace(LINES[row], mended(LINES[row], row)) for row in RIGHT if each.endswith(LINES[row])), each)
        for each in text
    ]
    child = house.desk.correct(batch, io.BytesIO("\n".join(right).encode()), by=OSCAR, form=None)
    assert child.issue == len(RIGHT)


HOSTILE = {
    "windows-1252 with letters of UTF-8": (line(Nombre="Mar\u00c3\u00ada"), "cp1252"),
    "UTF-8 with a byte that is no letter": (line(Nombre="Mar\udced\u0061"), "utf-8"),
    "a quote that does not close": (line(Nombre='"Yuleisy'), "utf-8"),
    "a formula": (line(Nombre="=1+1"), "utf-8"),
    "more cells": (line() + ";x", "utf-8"),
    "fewer cells": (line().rpartition(";")[0], "utf-8"),
    "a zero byte": (line(Nombre="Yu\0leisy"), "utf-8"),
    "a long cell": (line(Nombre="Y" * 1025), "utf-8"),
    "a long row": (line(Nombre="Y" * 70_000), "utf-8"),
    "UTF-16": (line(Documento=""), "utf-16"),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_row_comes_back_as_wrong_as_it_was(house: House, hostile: tuple[str, str]) -> None:
    wrong, encoding = hostile
    text = "\r\n".join([";".join(COLUMNS), line(), wrong, line(Documento="000999"), ""])
    batch = house.check(text.encode(encoding, "surrogateescape"))
    before = errors(house, batch)
    assert before == [3]
    raw = taken(house, batch)
    again = house.desk.correct(batch, io.BytesIO(raw), by=OSCAR, form=None)
    assert (again.issue, errors(house, again.id)) == (0, [2])
    assert not any(
        cell.startswith(("=", "+", "-", "@"))
        for row in csv.reader(io.StringIO(raw.decode("cp1252", "replace")), delimiter=";")
        for cell in row
    )


def test_a_workbook_comes_back_as_one_of_text_and_keeps_its_zeros(house: House) -> None:
    cells: list[Any] = list(GOOD.values())

    def spoiled(at: int, value: Any) -> list[Any]:
        return [*cells[:at], value, *cells[at + 1 :]]

    rows = [
        list(COLUMNS),
        cells,
        spoiled(2, date(2025, 3, 1)),
        spoiled(3, "=1+1"),
        spoiled(3, 12345678901234567),
        spoiled(3, True),
        spoiled(6, "7"),
        spoiled(5, "Yu\u0301_x0041_<&>"),
        spoiled(1, ""),
    ]
    batch = house.check(book(rows))
    before = errors(house, batch)
    assert before == [3, 4, 5, 6, 7, 9]
    raw = taken(house, batch)
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    back = [[cell.value for cell in row] for row in sheet]
    assert [row[0] for row in back] == ["Puente: fila", "3", "4", "5", "6", "7", "9"]
    assert back[1][5] == "'=01/03/2025"
    assert back[5][6] == "000123456"
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "inlineStr", "n"}
    again = house.desk.correct(batch, io.BytesIO(raw), by=OSCAR, form=None)
    assert (again.issue, errors(house, again.id)) == (0, [2, 3, 4, 5, 6, 7])


def test_where_no_column_is_left_the_rows_come_without_notes(house: House) -> None:
    more = [f"C{n}" for n in range(TABLE_COLUMNS - len(COLUMNS) - 1)]
    text = "\n".join([";".join([*COLUMNS, *more]), line(Documento="") + ";" * len(more), ""])
    batch = house.check(text.encode())
    assert taken(house, batch).decode("utf-8-sig").splitlines() == text.splitlines()


def test_it_is_there_as_long_as_the_file_is_and_for_who_prepares_alone(house: House) -> None:
    batch = house.check(COHORT)
    with house.batches() as batches:
        assert batches.look(batch, by=OSCAR).to_mend == len(WRONG)
        batches.refuse(batch, by=MARTA)
    assert taken(house, batch)
    permits = house.permits(YULEISY)
    house.clock.tick(31 * 86_400)
    with house.batches() as batches:
        assert batches.forget_old() == 2
        assert batches.look(batch, by=OSCAR).to_mend == 0
    for gone in (batch, permits):
        with pytest.raises(Conflict) as refused:
            house.desk.wrong_rows(gone, by=OSCAR, is_english=False)
        assert refused.value.code == "source_gone"
    with pytest.raises(NotFound):
        house.desk.wrong_rows("x" * 22, by=OSCAR, is_english=False)


def test_what_is_told_can_be_written_in_every_encoding() -> None:
    for word in (*ERRORS.values(), *SKIPS.values(), *WARNINGS.values()):
        assert (word.es + word.en + word.mend_es + word.mend_en).encode("cp1252")
