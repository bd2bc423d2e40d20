"""A paused batch promises nothing more, also after a restart, and goes on; its progress is the ledger's."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from kernel.errors import Conflict
from schemas.issuance import BatchProgress, BatchView
from tests.issuer.test_disputes import code_of
from tests.issuer.world import DEMO, MARTA, House

COHORT = (DEMO / "cohort-demo.csv").read_bytes()


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def progress(house: House, batch: str) -> BatchProgress:
    with house.batches() as batches:
        found = batches.look(batch, by=MARTA).progress
    assert found is not None
    return found


def listed(house: House, batch: str) -> BatchView:
    with house.batches() as batches:
        return next(each for each in batches.list(by=MARTA, after="", limit=100).items if each.id == batch)


def pause(house: House, batch: str) -> None:
    with house.batches() as batches:
        batches.pause(batch, by=MARTA)


def test_it_stops_at_the_next_chunk_and_goes_on_from_there(house: House) -> None:
    batch = house.check(COHORT)
    with house.batches() as batches:
        assert batches.look(batch, by=MARTA).progress is None
    assert code_of(Conflict, pause, house, batch) == "not_possible_now"
    house.release(batch)
    chunks = house.desk.plan(batch)
    house.desk.seal(next(chunks))
    promised = next(chunks)
    pause(house, batch)
    assert list(chunks) == []
    assert listed(house, batch).paused
    told = progress(house, batch)
    assert (told.rows, told.paused, [each.state for each in told.chunks]) == (
        162, True, ["sealed", "promised", "waiting"]
    )  # fmt: skip
    assert sum(each.size for each in told.chunks) == 162
    assert [each.first for each in told.chunks] == [1, 1 + told.chunks[0].size, 1 + told.promised]
    assert told.sealed == told.chunks[0].size
    assert house.desk.run(batch) == 0  # a job that came late
    assert house.desk.resume() == told.chunks[1].size  # a restart: what was promised is sealed, and no more
    house.clock.at += timedelta(minutes=2)
    late = progress(house, batch)
    assert (late.paused, late.promised, late.sealed, late.rate, late.seconds_left) == (
        True, told.promised, told.promised, 0.0, None
    )  # fmt: skip
    assert promised
    with house.batches() as batches:
        batches.resume(batch, by=MARTA)
    assert not listed(house, batch).paused
    assert house.desk.run(batch) == 162 - told.promised
    done = progress(house, batch)
    assert (done.paused, done.sealed, done.faults, done.seconds_left) == (False, 162, 0, 0)
    assert {each.state for each in done.chunks} == {"sealed"}
    assert len(set(house.numbers(batch))) == 162
    assert code_of(Conflict, pause, house, batch) == "not_possible_now"


def test_the_rate_is_of_the_time_that_it_has_gone_on(house: House) -> None:
    batch = house.check(COHORT)
    house.release(batch)
    assert progress(house, batch).rate == 0
    house.clock.at += timedelta(seconds=5)
    chunks = house.desk.plan(batch)
    first = house.desk.seal(next(chunks))
    begun = progress(house, batch)
    assert (begun.rate, begun.seconds_left) == (round(first / 5, 1), -(-(162 - first) * 5 // first))
    pause(house, batch)
    house.clock.at += timedelta(seconds=58)
    assert progress(house, batch).rate == round(first / 60, 1)
    with house.batches() as batches:
        batches.resume(batch, by=MARTA)
    house.clock.at += timedelta(seconds=10)
    assert progress(house, batch).rate == 0
    assert house.desk.run(batch) == 162 - first
    assert progress(house, batch).rate == round((162 - first) / 10, 1)


def test_a_pause_that_comes_after_the_last_row_holds_nothing_up(house: House) -> None:
    batch = house.check(COHORT)
    house.release(batch)
    *_, last = house.desk.plan(batch)
    pause(house, batch)
    assert house.desk.resume() == 162
    with house.batches() as batches:
        assert batches.look(batch, by=MARTA).state == "released"
    assert house.desk.seal_chunk(last) == 0  # a job that came late finds it whole
    assert house.desk.end(batch) is False  # and says so once
    with house.batches() as batches:
        assert batches.look(batch, by=MARTA).state == "done"
