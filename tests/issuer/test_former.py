"""A file that was issued before: what is told of it, and that nothing is promised of it twice where that is told."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from migrations.apply import downgrade, upgrade
from schemas.issuance import EarlierBatch
from schemas.rows import PermitRows
from tests.issuer.test_batches import count
from tests.issuer.world import CHOICES, DEMO, NORMS, OSCAR, YULEISY, House

COHORT = (DEMO / "cohort-demo.csv").read_bytes()
ROW = b"000202541799,290801106,01,000000999999,Nueva,Persona,3,28/09/2025\n"
DAY_BEFORE = CHOICES.model_copy(update={"as_of": CHOICES.as_of - timedelta(days=1)})
OTHER_VERSIONS = CHOICES.model_copy(update={"norm_versions": {code: n + 1 for code, n in NORMS.items()}})


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def before(house: House, batch: str) -> EarlierBatch | None:
    with house.batches() as batches:
        return batches.look(batch, by=OSCAR).issued_before


def told(house: House, batch: str) -> tuple[str, int] | None:
    found = before(house, batch)
    return None if found is None else (found.id, found.again)


def test_a_file_that_was_issued_is_told_as_such_with_what_changes_nothing_that_is_signed(house: House) -> None:
    first, again = house.check(COHORT), house.check(COHORT, choices=DAY_BEFORE)
    assert again != first
    assert told(house, again) is None
    house.release(first)
    house.desk.run(first)
    assert (told(house, again), told(house, first)) == ((first, 0), None)
    centre = replace(OSCAR, centre="D9")
    with house.batches() as batches:
        row = batches.store.batch(again, issuer="norma", centre=None)
        row.centre = "D9"
        batches.store.session.add(row)
    with house.batches() as batches:
        assert batches.look(again, by=centre).issued_before is None, "what another centre issued is not hers to see"
    assert told(house, house.check(COHORT + b"\n")) is None
    house.release(again)
    assert house.desk.run(again) == 0


def test_nobody_is_told_that_nothing_is_issued_twice_where_another_version_would_be(house: House) -> None:
    first = house.issue(COHORT)
    other = house.check(COHORT, choices=OTHER_VERSIONS)
    assert told(house, other) == (first, 162)
    house.release(other)
    assert house.desk.run(other) == 162
    assert told(house, house.check(COHORT, choices=DAY_BEFORE)) == (first, 0)
    later = OTHER_VERSIONS.model_copy(update={"as_of": DAY_BEFORE.as_of})
    again = house.check(COHORT, choices=later)
    assert told(house, again) == (other, 0), "the batch that signed the same is named, not the first of the file"
    house.release(again)
    assert house.desk.run(again) == 0
    assert count(house, "issuer_sealed") == 2 * 162


def test_a_norm_that_had_no_version_then_issues_nothing_twice(house: House) -> None:
    some = CHOICES.model_copy(update={"norm_versions": {"290801106": 1}})
    first = house.issue(COHORT, choices=some)
    sealed = count(house, "issuer_sealed")
    rest = house.check(COHORT)
    assert told(house, rest) == (first, 0)
    house.release(rest)
    assert (house.desk.run(rest), count(house, "issuer_sealed")) == (162 - sealed, 162)


def test_a_file_that_is_read_otherwise_may_say_other_things(house: House) -> None:
    """Without a letter that tells them apart it says the same in both; `again` is how many at most."""
    plain = COHORT.splitlines()[0].decode("utf-8-sig").replace("ó", "o").encode() + b"\n" + ROW
    first = house.issue(plain)
    assert told(house, house.check(plain, choices=CHOICES.model_copy(update={"encoding": "utf-8"}))) == (first, 0)
    otherwise = CHOICES.model_copy(update={"encoding": "windows-1252"})
    assert told(house, house.check(plain, choices=otherwise)) == (first, 1)


def test_rows_as_json_are_no_file_and_files_are_found_by_their_hash_alone(house: House) -> None:
    batch = house.issue(COHORT)
    with house.batches() as batches:
        rows = PermitRows(reason="prueba", rows=[YULEISY])
        as_json = batches.check_rows(rows, io.BytesIO(), by=OSCAR)
    asked: list[str] = []
    event.listen(house.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    again = house.check(COHORT, choices=DAY_BEFORE)
    asked.clear()
    assert told(house, as_json) is None
    assert not [sql for sql in asked if "sha256 =" in sql]
    assert told(house, again) == (batch, 0)


def test_what_was_issued_before_there_was_a_column_for_it_is_found_too(house: House) -> None:
    batch, again = house.issue(COHORT), house.check(COHORT, choices=DAY_BEFORE)
    downgrade(house.engine, "0031")
    upgrade(house.engine)
    assert told(house, again) == (batch, 0)
