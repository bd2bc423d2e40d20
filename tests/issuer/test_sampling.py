"""The rows that the second pair of eyes compares: of the whole file, the same again to the same person, hers alone."""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import orjson
import pytest
from sqlalchemy import Engine

from app.db import open_engine
from issuer.batches import drawing, sampling
from issuer.cohort_file import COLUMNS
from issuer.marks import START
from kernel.access import Principal
from schemas.counter import SampleRow
from schemas.issuance import FormChoices
from schemas.rows import PermitRows
from tests.databases import SqliteFiles
from tests.fakes import SeededRandom
from tests.issuer.books import SHEET, book, spoiled
from tests.issuer.test_forms import AS_OF, as_csv, established, header, line
from tests.issuer.world import MARTA, OSCAR, YULEISY, House

ROWS = 24_000


def cells(row: int) -> list[str]:
    """Every fifth is not competent yet, and every thousandth repeats the one before."""
    person = row - 1 if row % 1_000 == 0 else row
    judged = "2" if person % 5 == 0 else "3"
    return ["000202541701", "290801106", "01", f"{person:012d}", "Rincón", f"Persona {person}", judged, "28/09/2025"]


def signed() -> list[int]:
    """The rows of that file that will be signed."""
    return [row for row in range(1, ROWS + 1) if cells(row)[6] == "3" and row % 1_000]


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
    """Files are checked and looked at; nothing of the long ones is issued."""
    with sqlite_files.empty() as url:
        engine = open_engine(url)
        yield established(House(engine))
        engine.dispose()


@pytest.fixture(scope="module")
def batch(house: House) -> str:
    return house.check(cohort())


def sample(house: House, batch: str, by: Principal) -> list[SampleRow]:
    with house.batches() as batches:
        return batches.drawn(batch, by=by).rows


def approvers(count: int) -> list[Principal]:
    return [replace(MARTA, person=f"marta{n}") for n in range(count)]


def drawn_late(house: House, batch: str, by: Principal) -> bool:
    """Whether one of her rows stands behind the first 20,000."""
    with house.batches() as batches:
        row = batches.store.batch(batch, issuer=None, centre=None)
        chance = sampling.chance(batches.issuer.secrets("norma"), row.digest, by.person)
        _, issuing = drawing.marks_of(row)
    issue = signed()
    assert len(issue) == issuing
    return issue[max(sampling.places(issuing, random=chance))] > 20_000


@pytest.mark.parametrize(("make", "looks"), [(cohort, 20), (workbook, 1)])
def test_any_row_that_issues_may_be_drawn(house: House, make: Callable[[], bytes], looks: int) -> None:
    batch = house.check(make())
    late = next(by for by in approvers(100) if drawn_late(house, batch, by))
    drawn = [sample(house, batch, by) for by in [late, *approvers(looks - 1)]]
    shown = set(signed())
    for rows in drawn:
        assert [row.row for row in rows] == sorted({row.row for row in rows})
        assert len(rows) == sampling.MOST
        for row in rows:
            assert row.claims["name"] == f"{cells(row.row - 1)[5]} Rincón"  # the header is row 1
            assert row.row - 1 in shown
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
        marks, issuing = drawing.marks_of(row)
    places = sorted(sampling.places(issuing, random=chance))
    issue = signed()
    assert len(issue) == issuing
    assert len(marks) > 10
    assert [each.row for each in first] == [issue[place] + 1 for place in places]


def test_read_from_marks_or_from_the_start_the_same_rows_are_drawn(house: House, batch: str) -> None:
    """Also what was checked before files were marked."""
    with house.batches() as batches:
        row = batches.store.batch(batch, issuer=None, centre=None)
        marks, issuing = drawing.marks_of(row)
        for seed in range(2):
            told = [
                sampling.drawn(
                    lambda start: drawing.signed_of(row, io.BytesIO(cohort()), start),
                    of,
                    issuing=issuing,
                    fresh=list,
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


def mixed(seed: int) -> tuple[list[list[str]], list[list[str]]]:
    """A short file with repeats before and between, errors and skips; and some of its rows, issued before."""
    dice = random.Random(seed)
    rows = [
        ["0002", "290801106", "01", f"{n:012d}", "Rincón", f"Persona {seed} {n}", "3", "28/09/2025"]
        for n in range(1, 41)
    ]
    rows[7:9] = [[*row[:6], "9", row[7]] for row in rows[7:9]]
    rows[20:22] = [[*row[:6], "2", row[7]] for row in rows[20:22]]
    again = [rows[0]] * dice.randrange(1, 30) + dice.sample(rows, dice.randrange(10))
    before = dice.sample([row for row in rows if row[6] == "3"], dice.choice([0, 6, 30]))
    for row in again:
        rows.insert(dice.randrange(1, 12), row)
    return rows, before


def told(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(each) for each in (COLUMNS, *rows)).encode()


def samples(house: House, batch: str) -> list[list[int]]:
    """The rows that each of forty is shown."""
    with house.batches() as batches:
        return [[row.row for row in batches.drawn(batch, by=by).rows] for by in approvers(40)]


@pytest.mark.parametrize("seed", range(4))
def test_each_row_that_will_be_signed_can_be_drawn_and_no_other(house: House, seed: int) -> None:
    """No repeat, none in error, none that was issued before: so repeats of one row neither shield others nor come
    instead of them."""
    rows, before = mixed(seed)
    if before:
        house.issue(told(before))
    batch = house.check(told(rows))
    shown = samples(house, batch)
    house.release(batch)
    house.desk.run(batch)
    with house.batches() as batches:
        signed = [each.row for each in batches.credentials(batch, by=OSCAR, after=0, limit=100).items]
    assert {row for drawn in shown for row in drawn} == set(signed)
    assert all(len(drawn) == min(sampling.MOST, len(signed)) for drawn in shown)
    assert samples(house, batch) == shown  # as she saw them then


@pytest.mark.parametrize("seed", range(2))
def test_of_another_type_too_from_a_file_or_from_rows(house: House, seed: int) -> None:
    dice = random.Random(seed)
    people = [{"documentNumber": f"{n:012d}", "name": f"Persona {seed} {n}"} for n in range(1, 31)]
    rows = [*[people[0]] * dice.randrange(1, 20), *people, *dice.sample(people, 5)]
    raw = as_csv([header("C01"), *(line("C01", **row) for row in rows)])
    choices = FormChoices(type="C01", as_of=AS_OF, reason="prueba")
    asked = [YULEISY.model_copy(update={"name": row["name"], "document_number": row["documentNumber"]}) for row in rows]
    with house.batches() as batches:
        form = batches.check_form(io.BytesIO(raw), choices, by=OSCAR, form=None)
        listed = batches.check_rows(PermitRows(reason="prueba", rows=asked), io.BytesIO(), by=OSCAR)
    for batch, above in ((form, 1), (listed, 0)):
        first = {rows.index(person) + 1 + above for person in people}
        assert {row for drawn in samples(house, batch) for row in drawn} == first


def test_a_file_of_which_the_most_was_issued_before_shows_the_rest(database: Engine) -> None:
    own = House(database).open()
    rows = [
        ["0002", "290801106", "01", f"{n:012d}", "Rincón", f"Persona {n}", "3", "28/09/2025"] for n in range(1, 301)
    ]
    own.issue(told(rows[:295]))
    batch = own.check(told(rows))
    assert [row.row for row in sample(own, batch, MARTA)] == [297, 298, 299, 300, 301]


def test_what_was_checked_before_its_repeats_were_kept_is_read_whole(house: House, batch: str) -> None:
    with house.batches() as batches:
        row = batches.store.batch(batch, issuer=None, centre=None)
        facts = orjson.loads(row.detected)
        old = {name: facts[name] for name in facts if name != "repeats"}
        late = row.model_copy(update={"detected": orjson.dumps(old)})
        marks, issuing = drawing.marks_of(late)
        assert (marks, issuing) == ((START,), len(signed()))
        drawn = [number for number, each in drawing.signed_of(late, io.BytesIO(cohort())) if each is not None]
    assert drawn == signed()
