"""The rows that the second pair of eyes compares: of the whole file, the same again to the same person, hers alone."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.db import open_engine
from issuer.batches import sampling, sources
from issuer.cohort_file import COLUMNS
from issuer.marks import START
from kernel.access import Principal
from schemas.counter import SampleRow
from schemas.issuance import FormChoices
from tests.databases import SqliteFiles
from tests.fakes import SeededRandom
from tests.issuer.books import SHEET, book, spoiled
from tests.issuer.test_forms import AS_OF, as_csv, established, header, line
from tests.issuer.world import MARTA, OSCAR, House

ROWS = 24_000


def cells(row: int) -> list[str]:
    """Every fifth is not competent yet, and every thousandth repeats the one before."""
    person = row - 1 if row % 1_000 == 0 else row
    judged = "2" if person % 5 == 0 else "3"
    return ["000202541701", "290801106", "01", f"{person:012d}", "Rincón", f"Persona {person}", judged, "28/09/2025"]


def cohort() -> bytes:
    return "\n".join(",".join(each) for each in (COLUMNS, *map(cells, range(1, ROWS + 1)))).encode()


def workbook() -> bytes:
    begin, between, end = (
        '<row><c t="inlineStr"><is><t>',
        '</t></is></c><c t="inlineStr"><is><t>',
        "</t></is></c></row>",
    )
    rows = "".join(f"{begin}{between.join(cells(row))}{end}" for row in range(1, ROWS + 1))
    return spoiled(book([COLUMNS]), SHEET, lambda sheet: sheet.replace(b"</sheetData>", f"{rows}</sheetData>".encode()))


@pytest.fixture(scope="module")
def house(sqlite_files: SqliteFiles) -> Iterator[House]:
    """With nothing issued: files are checked and looked at."""
    with sqlite_files.empty() as url:
        engine = open_engine(url)
        yield established(House(engine))
        engine.dispose()


@pytest.fixture(scope="module")
def batch(house: House) -> str:
    return house.check(cohort())


def sample(house: House, batch: str, by: Principal) -> list[SampleRow]:
    with house.batches() as batches:
        return batches.sample(batch, by=by).rows


def approvers(count: int) -> list[Principal]:
    return [replace(MARTA, person=f"marta{n}") for n in range(count)]


def drawn_late(house: House, batch: str, by: Principal) -> bool:
    """Whether one of her rows stands behind the first 20,000."""
    with house.batches() as batches:
        row = batches.store.batch(batch, issuer=None, centre=None)
        chance = sampling.chance(batches.issuer.secrets("norma"), row.digest, by.person)
        _, issuing = sources.marks_of(row)
    issue = [each for each in range(1, ROWS + 1) if cells(each)[6] == "3"]
    assert len(issue) == issuing
    return issue[max(sampling.places(issuing, random=chance))] > 20_000


@pytest.mark.parametrize(("make", "looks"), [(cohort, 20), (workbook, 1)])
def test_any_row_that_issues_may_be_drawn(house: House, make: Callable[[], bytes], looks: int) -> None:
    batch = house.check(make())
    late = next(by for by in approvers(100) if drawn_late(house, batch, by))
    drawn = [sample(house, batch, by) for by in [late, *approvers(looks - 1)]]
    for rows in drawn:
        assert [row.row for row in rows] == sorted({row.row for row in rows})
        assert len(rows) == sampling.MOST
        for row in rows:
            assert row.claims["name"] == f"{cells(row.row - 1)[5]} Rincón"  # the header is row 1
            assert cells(row.row - 1)[6] == "3"
            assert row.achieved is None  # of a batch without full credentials no day is signed
    numbers = [row.row for rows in drawn for row in rows]
    assert any(row > 20_000 for row in numbers)
    assert looks == 1 or any(row < 4_000 for row in numbers)


def test_who_looks_again_sees_the_same_and_nobody_elses(house: House, batch: str) -> None:
    other = house.check(cohort() + b"\n")
    first = sample(house, batch, MARTA)
    assert sample(house, batch, MARTA) == first
    assert sample(house, batch, OSCAR) != first
    assert sample(house, other, MARTA) != first
    with house.batches() as batches:
        row = batches.store.batch(batch, issuer=None, centre=None)
        chance = sampling.chance(batches.issuer.secrets("norma"), row.digest, MARTA.person)
        marks, issuing = sources.marks_of(row)
    places = sorted(sampling.places(issuing, random=chance))
    issue = [row for row in range(1, ROWS + 1) if cells(row)[6] == "3"]
    assert len(issue) == issuing
    assert len(marks) > 10
    assert [each.row for each in first] == [issue[place] + 1 for place in places]


def test_read_from_marks_or_from_the_start_the_same_rows_are_drawn(house: House, batch: str) -> None:
    """Also what was checked before files were marked."""
    with house.batches() as batches:
        row = batches.store.batch(batch, issuer=None, centre=None)
        marks, issuing = sources.marks_of(row)
        for seed in range(2):
            told = [
                sampling.drawn(
                    lambda start: sources.rows_of(row, io.BytesIO(cohort()), start),
                    of,
                    issuing=issuing,
                    random=SeededRandom(str(seed)),
                )
                for of in (marks, (START,))
            ]
            assert told[0] == told[1]


def test_a_form_is_drawn_from_its_end_too(house: House) -> None:
    rows = [line("C01", documentNumber=f"{n:012d}", name=f"Persona {n}") for n in range(1, 8_001)]
    raw = as_csv([header("C01"), *rows])
    with house.batches() as batches:
        choices = FormChoices(type="C01", as_of=AS_OF, reason="prueba")
        batch = batches.check_form(io.BytesIO(raw), choices, by=OSCAR, form=None)
    drawn = [row for by in approvers(10) for row in sample(house, batch, by)]
    assert all(row.claims["name"] == f"Persona {row.row - 1}" for row in drawn)
    assert any(row.row > 7_000 for row in drawn)


def test_a_short_file_is_shown_whole_and_an_erased_one_not_at_all(database: Engine) -> None:
    own = House(database).open()
    batch = own.check("\n".join([",".join(COLUMNS), *(",".join(cells(row)) for row in range(1, 8))]).encode())
    assert [row.row for row in sample(own, batch, MARTA)] == [2, 3, 4, 5, 7, 8]
    own.release(batch)
    own.desk.run(batch)
    own.clock.tick(31 * 86_400)
    with own.batches() as batches:
        assert batches.forget_old() == 1
    assert sample(own, batch, MARTA) == []


def test_a_long_file_is_read_from_parts_on_either_database(database: Engine) -> None:
    own = House(database).open()
    batch = own.check(cohort())
    with own.batches() as batches, batches.store.open_source(batch) as source:
        assert source.read() == cohort()
        assert source.seek(-100, io.SEEK_END) == len(cohort()) - 100
        assert source.read() == cohort()[-100:]
        assert source.seek((1 << 20) - 3) == (1 << 20) - 3
        assert source.read(6) == cohort()[(1 << 20) - 3 : (1 << 20) + 3]
    assert len(sample(own, batch, MARTA)) == sampling.MOST
